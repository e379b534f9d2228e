// Parsing of numbers and slices; see slice_text.h.
#include "slice_text.h"

#include <charconv>

namespace dam::tool {

std::optional<int64_t> parse_integer(std::string_view text) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return value;
}

std::optional<Slice> parse_slice(std::string_view text) {
  Slice slice;
  int64_t* const bounds[] = {&slice.start, &slice.stop, &slice.step};
  size_t parts = 0;
  for (bool more = true; more; ++parts) {
    if (parts == 3) return std::nullopt;
    size_t colon = text.find(':');
    more = colon != std::string_view::npos;
    std::string_view part = text.substr(0, colon);
    if (more) text.remove_prefix(colon + 1);
    if (part.empty()) continue;
    std::optional<int64_t> bound = parse_integer(part);
    if (!bound) return std::nullopt;
    *bounds[parts] = *bound;
  }
  if (parts < 2 || slice.step == 0) return std::nullopt;
  return slice;
}

}  // namespace dam::tool
