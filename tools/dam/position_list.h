// Positions given as words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "outcome.h"

namespace dam::tool {

// Tells the first word that is no position and answers kWrongUsage.
ExitStatus parse_positions(std::string_view what, const std::vector<std::string>& words,
                           std::vector<int64_t>& out_positions);

}  // namespace dam::tool
