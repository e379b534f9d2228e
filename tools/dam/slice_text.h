// Numbers and slices as people type them: "-1", "10:20", "::-1".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dam.h"

namespace dam::tool {

// Bounds left out are DAM_OMITTED; the rules are Python's.
struct Slice {
  int64_t start = DAM_OMITTED;
  int64_t stop = DAM_OMITTED;
  int64_t step = DAM_OMITTED;
};

// Nothing when `text` is not one whole decimal int64.
std::optional<int64_t> parse_integer(std::string_view text);

// "A:B" or "A:B:C", each part optional; nothing when it is neither, or the step is 0.
std::optional<Slice> parse_slice(std::string_view text);

}  // namespace dam::tool
