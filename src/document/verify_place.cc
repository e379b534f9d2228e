// Tags are named by their keys: the parent of a table is verified, but for its child tables,
// before the table is, so its keys can be read.
#include "document/verify_place.h"

#include "document/document_generated.h"
#include "document/utf8.h"

namespace dam {
namespace {

constexpr size_t kShownBytes = 40;
constexpr size_t kShownPathBytes = 100;  // at either end

// The key of the `rank`-th nested value or buffer of a map, or "[n]" within a list.
std::string element_name(const schema::Tags* tags, bool nested, int64_t rank) {
  const auto* kinds = tags->kinds();
  flatbuffers::uoffset_t element = static_cast<flatbuffers::uoffset_t>(rank);
  if (kinds) {
    for (element = 0; element < kinds->size(); element++) {
      auto kind = static_cast<schema::TagKind>(kinds->Get(element));
      bool is_nested = kind == schema::TagKind::List || kind == schema::TagKind::Map;
      bool counts = nested ? is_nested : kind == schema::TagKind::Bytes;
      if (counts && rank-- == 0) break;
    }
  }
  const auto* keys = tags->keys();
  if (!keys || element >= keys->size()) return "[" + std::to_string(element) + "]";
  const auto* key = keys->Get(element);
  return "." + printable({key->c_str(), key->size()});
}

// The nearest place at or before `at` where a character starts.
size_t character_start(std::string_view text, size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) at--;
  return at;
}

std::string joined(std::string path, const char* name, int64_t index) {
  if (!path.empty()) path += '.';
  path += name;
  if (index >= 0) path += "[" + std::to_string(index) + "]";
  return path;
}

}  // namespace

std::string Place::path() const {
  std::string path = whole_path();
  if (path.size() <= 2 * kShownPathBytes) return path;
  return path.substr(0, character_start(path, kShownPathBytes)) + "..." +
         path.substr(character_start(path, path.size() - kShownPathBytes));
}

std::string Place::whole_path() const {
  if (!parent) return "";
  std::string above = parent->whole_path();
  if (parent->shape == &kTagsShape) {
    const auto* tags = reinterpret_cast<const schema::Tags*>(parent->table);
    return above + element_name(tags, shape == &kTagsShape, index);
  }
  return joined(std::move(above), field, index);
}

std::string Place::path_to(const char* name, int64_t element) const {
  if (shape == &kTagsShape) {
    std::string above = path();
    return above.empty() ? name : above + " (" + joined("", name, element) + ")";
  }
  return joined(path(), name, element);
}

std::string printable(std::string_view text) {
  std::string shown;
  for (char c : text.substr(0, character_start(text, kShownBytes))) {
    bool plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
    shown += plain ? c : '?';
  }
  for (size_t bad; (bad = find_invalid_utf8(shown)) != std::string_view::npos;) shown[bad] = '?';
  if (text.size() > kShownBytes) shown += "...";
  return shown;
}

}  // namespace dam
