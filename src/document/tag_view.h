// Tags read in place: a map by key, a list or map by element. No allocation, no copies.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "document/document_generated.h"

namespace dam {

// One value of tags; the member that belongs to `kind` is set.
struct TagValue {
  schema::TagKind kind = schema::TagKind::Null;
  int64_t integer = 0;                   // Int
  double real = 0;                       // Real
  std::string_view text;                 // Text
  Bytes bytes;                           // Bytes
  const schema::Tags* nested = nullptr;  // List and Map
};

uint32_t tag_count(const schema::Tags* tags);

// The element-th value. A walk over all of them is cheaper by TagWalk.
TagValue tag_at(const schema::Tags* tags, uint32_t element);

// The value of a key; nothing if there is none, or no map.
std::optional<TagValue> find_tag(const schema::Tags* map, std::string_view key);

// The same, trying first where the key was in another map; the hint learns where it was in this
// one. Maps of one shape have a key at one place.
std::optional<TagValue> find_tag(const schema::Tags* map, std::string_view key, uint32_t& hint);

// All values in order, each in constant time.
class TagWalk {
 public:
  explicit TagWalk(const schema::Tags* tags);

  bool done() const { return element_ == count_; }
  uint32_t element() const { return element_; }
  bool has_keys() const { return tags_->keys() != nullptr; }  // a map
  std::string_view key() const;                               // of a map
  TagValue next();

 private:
  const schema::Tags* tags_;
  uint32_t element_ = 0;
  uint32_t count_;
  uint32_t ranks_[5] = {};  // how many were passed, by the vector they are in
};

}  // namespace dam
