// Scores and evaluations on the wire, in both forms that releases gave them.
#pragma once

#include <string_view>

#include "document/score_draft.h"
#include "exchange/wire_fields.h"

namespace dam {

// Adds one field's worth of scores: an entry, or, of 2.0.0, a message that holds them all. Of a
// name that is there twice the last one counts. `level` is where the scores would be nested. May
// throw protozero::exception.
Status read_wire_scores(protozero::data_view wire, uint32_t level, ScoreNodes& out);

}  // namespace dam
