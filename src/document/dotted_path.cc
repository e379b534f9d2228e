#include "document/dotted_path.h"

#include <charconv>

#include "document/utf8.h"
#include "document/verify_place.h"

namespace dam {

Result<PathParts> split_path(std::string_view path) {
  PathParts parts;
  if (path.empty()) return parts;
  if (find_invalid_utf8(path) != std::string_view::npos) {
    return Status::error(Code::kInvalidArgument, "path \"%s\" is not UTF-8",
                         printable(path).c_str());
  }
  parts.emplace_back();
  for (size_t i = 0; i < path.size(); i++) {
    if (path[i] == '.') {
      parts.emplace_back();
      continue;
    }
    if (path[i] == '\\') {
      i++;
      if (i == path.size() || (path[i] != '.' && path[i] != '\\')) {
        return Status::error(Code::kInvalidArgument,
                             "path \"%s\" has a backslash before neither a dot nor a backslash",
                             printable(path).c_str());
      }
    }
    parts.back() += path[i];
  }
  return parts;
}

std::optional<uint32_t> index_of_part(std::string_view part) {
  uint32_t index = 0;
  if (part.empty() || (part.size() > 1 && part[0] == '0')) return std::nullopt;
  auto [end, failure] = std::from_chars(part.data(), part.data() + part.size(), index);
  if (failure != std::errc() || end != part.data() + part.size()) return std::nullopt;
  return index;
}

}  // namespace dam
