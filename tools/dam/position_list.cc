// Positions given as words; see position_list.h.
#include "position_list.h"

#include "slice_text.h"

namespace dam::tool {

ExitStatus parse_positions(std::string_view what, const std::vector<std::string>& words,
                           std::vector<int64_t>& out_positions) {
  for (const std::string& word : words) {
    std::optional<int64_t> position = parse_integer(word);
    if (!position) return wrong_usage(what, "\"" + word + "\" is no position");
    out_positions.push_back(*position);
  }
  return ExitStatus::kDone;
}

}  // namespace dam::tool
