// Dotted paths: `a.b.0` names element 0 of the list b of the map a. A backslash takes the meaning
// from the dot or the backslash behind it. The empty path names the whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace dam {

using PathParts = std::vector<std::string>;

// kInvalidArgument for a backslash before anything else, and for text that is not UTF-8.
Result<PathParts> split_path(std::string_view path);

// A part that is an index of a list: digits, without a zero in front.
std::optional<uint32_t> index_of_part(std::string_view part);

}  // namespace dam
