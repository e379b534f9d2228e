// The documents of a view in groups: by what a path leads to, or of a size.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "store/view.h"

namespace dam {

// Rows of both are the same document; groups ascend, and within a group the positions.
struct GroupedPositions {
  std::vector<int64_t> positions;
  std::vector<int64_t> groups;
};

// Groups of equal values, numbered in the order in which they first appear: numbers are equal by
// value whatever their type, NaN equals NaN, null equals null. A document without a value, or with
// more than one (a list, a map, a tensor), is left out.
Result<GroupedPositions> split_by_path(const View& view, std::string_view path);

// Portions of `size` documents, the last of which may be smaller, in order of position, or in the
// order of a shuffle by `seed`. kInvalidArgument for a size below 1.
Result<GroupedPositions> split_by_size(int64_t total, int64_t size, std::optional<uint64_t> seed);

}  // namespace dam
