// The options of a match: which there are, and what values they take.
#pragma once

#include <cstdint>

#include "api/options_object.h"

namespace dam {

// INVALID_ARGUMENT for an option that is not known, and for a value out of its range.
Status set_match_option(MatchOptions& options, int32_t option, int64_t value);
Status set_match_number(MatchOptions& options, int32_t option, double number);

}  // namespace dam
