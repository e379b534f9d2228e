// Positions of a view in the order of what a path leads to.
//
// Booleans come first (false, true), then numbers by value, texts and bytes byte by byte; the
// direction turns this around. Behind it, in either direction, stand values that have no order
// (null, NaN, and all that is more than one value), then documents without a value. Equals stay in
// order of position.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "store/view.h"

namespace dam {

struct SortChoices {
  std::string_view path;  // empty: the position itself
  bool descending = false;
  int64_t limit = -1;  // how many of the first are wanted; negative: all
};

Result<std::vector<int64_t>> sort_positions(const View& view, const SortChoices& choices);

}  // namespace dam
