#include "document/json_parse.h"

#include <algorithm>

namespace dam {

Status json_failure_at(std::string_view json, size_t offset, const char* what, Code code) {
  std::string_view before = json.substr(0, std::min(offset, json.size()));
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return Status::error(code, "JSON line %td, column %zu: %s", line, before.size() - line_start + 1,
                       what);
}

}  // namespace dam
