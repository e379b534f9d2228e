// A value is found by its rank: how many values before it lie in the same vector. Counting takes
// one pass over `kinds`, a byte for each element, so even large maps cost little more than the
// search for the key.
#include "document/tag_view.h"

#include "document/document_view.h"

namespace dam {
namespace {

using schema::TagKind;
using schema::Tags;

enum Store : uint8_t { kTexts, kInts, kReals, kBuffers, kNested, kNoStore };

constexpr Store kStores[] = {kNoStore, kNoStore, kNoStore, kInts,  kReals,
                             kTexts,   kBuffers, kNested,  kNested};

TagKind kind_of(const Tags* tags, uint32_t element) {
  if (const auto* kinds = tags->kinds()) return static_cast<TagKind>(kinds->Get(element));
  if (tags->texts() && tags->texts()->size() > 0) return TagKind::Text;
  if (tags->ints() && tags->ints()->size() > 0) return TagKind::Int;
  return tags->reals() && tags->reals()->size() > 0 ? TagKind::Real : TagKind::Bytes;
}

TagValue value_at(const Tags* tags, TagKind kind, uint32_t rank) {
  TagValue value;
  value.kind = kind;
  switch (kind) {
    case TagKind::Int:
      value.integer = tags->ints()->Get(rank);
      break;
    case TagKind::Real:
      value.real = tags->reals()->Get(rank);
      break;
    case TagKind::Text:
      value.text = as_view(tags->texts()->Get(rank));
      break;
    case TagKind::Bytes:
      if (const auto* bytes = tags->buffers()->Get(rank)->bytes())
        value.bytes = {bytes->data(), bytes->size()};
      break;
    case TagKind::List:
    case TagKind::Map:
      value.nested = tags->nested()->Get(rank);
      break;
    default:
      break;
  }
  return value;
}

uint32_t rank_of(const Tags* tags, TagKind kind, uint32_t element) {
  if (!tags->kinds()) return element;
  const uint8_t* kinds = tags->kinds()->Data();
  auto wanted = static_cast<uint8_t>(kind);
  // List and Map share a vector: 7 and 8 differ from all others by their value being above 6.
  bool nested = kind >= TagKind::List;
  uint32_t rank = 0;
  if (nested) {
    for (uint32_t i = 0; i < element; i++) rank += kinds[i] >= static_cast<uint8_t>(TagKind::List);
  } else {
    for (uint32_t i = 0; i < element; i++) rank += kinds[i] == wanted;
  }
  return rank;
}

template <typename T>
uint32_t size_of(const flatbuffers::Vector<T>* vector) {
  return vector ? vector->size() : 0;
}

}  // namespace

uint32_t tag_count(const Tags* tags) {
  if (!tags) return 0;
  if (tags->keys()) return tags->keys()->size();
  if (tags->kinds()) return tags->kinds()->size();
  return size_of(tags->texts()) + size_of(tags->ints()) + size_of(tags->reals()) +
         size_of(tags->buffers());
}

TagValue tag_at(const Tags* tags, uint32_t element) {
  TagKind kind = kind_of(tags, element);
  return value_at(tags, kind, rank_of(tags, kind, element));
}

std::optional<TagValue> find_tag(const Tags* map, std::string_view key) {
  uint32_t nowhere = 0;
  return find_tag(map, key, nowhere);
}

std::optional<TagValue> find_tag(const Tags* map, std::string_view key, uint32_t& hint) {
  if (!map || !map->keys()) return std::nullopt;
  const auto& keys = *map->keys();
  if (hint < keys.size() && as_view(keys.Get(hint)) == key) return tag_at(map, hint);
  uint32_t low = 0, high = keys.size();
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = as_view(keys.Get(middle)).compare(key);
    if (order == 0) {
      hint = middle;
      return tag_at(map, middle);
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return std::nullopt;
}

TagWalk::TagWalk(const Tags* tags) : tags_(tags), count_(tag_count(tags)) {}

std::string_view TagWalk::key() const { return as_view(tags_->keys()->Get(element_)); }

TagValue TagWalk::next() {
  TagKind kind = kind_of(tags_, element_++);
  Store store = kStores[static_cast<size_t>(kind)];
  return value_at(tags_, kind, store == kNoStore ? 0 : ranks_[store]++);
}

}  // namespace dam
