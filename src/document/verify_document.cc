// One walk over the shapes of table_shape.h. Each table is taken in three steps, so that every step
// reads only what the steps before it have proven: its own bytes and vectors, then the rules of
// its kind (verify_rules.h), then the tables below it, then what concerns it and them together.
#include "document/verify_document.h"

#include <array>
#include <cinttypes>
#include <memory>

#include "document/document_generated.h"
#include "document/utf8.h"
#include "document/verify_place.h"
#include "document/verify_rules.h"

namespace dam {
namespace {

constexpr size_t kHeaderBytes = 8;      // offset of the root, file identifier
constexpr uint64_t kMaxVisits = 8;      // times the size
constexpr uint64_t kMinTableBytes = 8;  // a table without fields and the offset that leads to it

// Why not at the place of failure: texts under way there cost every call its stack protection.
[[gnu::cold, gnu::noinline]] Status invalid(const Place& place, const char* field, const char* what,
                                            int64_t element = -1) {
  std::string path = field ? place.path_to(field, element) : place.path();
  return Status::error(Code::kInvalidDocument, "%s %s", path.empty() ? "document" : path.c_str(),
                       what);
}

[[gnu::cold, gnu::noinline]] Status not_utf8(const Place& place, const char* field, int64_t element,
                                             std::string_view text) {
  size_t bad = find_invalid_utf8(text);
  return Status::error(Code::kInvalidDocument, "%s is not UTF-8: byte %02x at offset %zu",
                       place.path_to(field, element).c_str(), static_cast<uint8_t>(text[bad]), bad);
}

[[gnu::cold, gnu::noinline]] Status wrong_order(const Place& place, std::string_view key,
                                                bool is_repeated) {
  return Status::error(Code::kInvalidDocument, "%s: key \"%s\" %s", place.path().c_str(),
                       printable(key).c_str(),
                       is_repeated ? "is there twice" : "is not in ascending order");
}

[[gnu::cold, gnu::noinline]] Status too_deep(const Place& place, uint32_t levels) {
  return Status::error(Code::kInvalidDocument, "%s is nested deeper than %" PRIu32 " levels",
                       place.path().c_str(), levels);
}

class Walk {
 public:
  Walk(Bytes bytes, const DocumentLimits& limits)
      : base_(bytes.data()),
        size_(bytes.size()),
        budget_(static_cast<int64_t>(kMaxVisits * bytes.size())),
        tables_left_(bytes.size() / kMinTableBytes),
        levels_(limits.levels) {}

  Status root() {
    uint64_t at = 0;
    Place place = {nullptr, &kDocumentShape, nullptr, "", -1};
    DAM_TRY(follow(0, place, "", &at));
    return table(at, place, 1);
  }

 private:
  bool fits(uint64_t at, uint64_t size) const { return size <= size_ && at <= size_ - size; }

  Status charge(uint64_t visited) {
    budget_ -= static_cast<int64_t>(visited);
    return budget_ >= 0 ? Status() : shared_too_often();
  }

  [[gnu::cold, gnu::noinline]] Status shared_too_often() const {
    return Status::error(Code::kInvalidDocument,
                         "document shares its parts too often: unfolded it has more than "
                         "%" PRIu64 " times its %" PRIu64 " bytes, or more than %" PRIu64 " tables",
                         kMaxVisits, size_, size_ / kMinTableBytes);
  }

  // Where the offset stored at `from` leads.
  Status follow(uint64_t from, const Place& place, const char* field, uint64_t* to) const {
    if (!fits(from, 4) || from % 4 != 0) return invalid(place, field, "is out of bounds");
    uint32_t offset = load<uint32_t>(base_ + from);
    *to = from + offset;
    if (offset == 0 || offset > kMaxDocumentBytes || *to % 4 != 0 || !fits(*to, 4))
      return invalid(place, field, "points out of the document");
    return {};
  }

  // A vector of `width` bytes an element at `at`.
  Status vector(uint64_t at, uint64_t width, const Place& place, const char* field) {
    uint64_t bytes = load<uint32_t>(base_ + at) * width;
    if (!fits(at + 4, bytes)) return invalid(place, field, "ends beyond the document");
    // Builders do not align what is empty.
    if (bytes > 0 && (at + 4) % width != 0) return invalid(place, field, "is not aligned");
    return charge(4 + bytes);
  }

  Status text(uint64_t at, const Place& place, const char* field, int64_t element) {
    DAM_TRY(vector(at, 1, place, field));
    uint64_t size = load<uint32_t>(base_ + at), end = at + 4 + size;
    if (!fits(end, 1) || base_[end] != 0)
      return invalid(place, field, "has no zero byte at its end", element);
    std::string_view found(reinterpret_cast<const char*>(base_ + at + 4), size);
    if (find_invalid_utf8(found) == std::string_view::npos) [[likely]]
      return {};
    return not_utf8(place, field, element, found);
  }

  Status texts(uint64_t at, const Place& place, const char* field) {
    DAM_TRY(vector(at, 4, place, field));
    uint32_t count = load<uint32_t>(base_ + at);
    for (uint32_t i = 0; i < count; i++) {
      uint64_t to = 0;
      DAM_TRY(follow(at + 4 + uint64_t{4} * i, place, field, &to));
      DAM_TRY(text(to, place, field, i));
    }
    return {};
  }

  std::string_view text_of(uint64_t from) const {
    const uint8_t* at = base_ + from + load<uint32_t>(base_ + from);
    return {reinterpret_cast<const char*>(at + 4), load<uint32_t>(at)};
  }

  // Like maps share their keys, so those proven last are known again; a visit costs the same.
  Status keys(uint64_t at, const Place& place, const char* field) {
    ProvenKeys& proven = proven_keys_[at / 4 % proven_keys_.size()];
    if (proven.at == at) return charge(proven.visited);
    int64_t budget = budget_;
    DAM_TRY(texts(at, place, field));
    uint32_t count = load<uint32_t>(base_ + at);
    for (uint64_t i = 1; i < count; i++) {
      std::string_view key = text_of(at + 4 + 4 * i);
      int order = text_of(at + 4 * i).compare(key);
      if (order >= 0) return wrong_order(place, key, order == 0);
    }
    proven = {at, static_cast<uint64_t>(budget - budget_)};
    return {};
  }

  // The vtable of the table at `at`, whose own bytes are charged.
  Status vtable_of(uint64_t at, const Place& place, uint64_t* vtable) {
    // The stored distance is signed; unsigned arithmetic wraps to the same place or out of bounds.
    uint64_t to = at - static_cast<uint64_t>(int64_t{load<int32_t>(base_ + at)});
    if (to % 2 != 0 || !fits(to, 4)) return invalid(place, nullptr, "has no valid table");
    uint64_t vtable_size = load<uint16_t>(base_ + to), table_size = load<uint16_t>(base_ + to + 2);
    if (vtable_size % 2 != 0 || vtable_size < 4 || !fits(to, vtable_size) || table_size < 4 ||
        !fits(at, table_size))
      return invalid(place, nullptr, "has no valid table");
    *vtable = to;
    return charge(table_size);
  }

  // Proves the field itself and, unless it holds tables, all that it leads to.
  Status field(uint64_t at, const FieldShape& shape, const Place& place) {
    if (shape.kind == FieldKind::kScalar) {
      if (!fits(at, shape.width) || at % shape.width != 0)
        return invalid(place, shape.name, "is out of bounds or not aligned");
      return {};
    }
    uint64_t to = 0;
    DAM_TRY(follow(at, place, shape.name, &to));
    switch (shape.kind) {
      case FieldKind::kText:
        return text(to, place, shape.name, -1);
      case FieldKind::kTexts:
        return texts(to, place, shape.name);
      case FieldKind::kKeys:
        return keys(to, place, shape.name);
      case FieldKind::kScalars:
        return vector(to, shape.width, place, shape.name);
      case FieldKind::kTables:
        return vector(to, 4, place, shape.name);
      default:
        return {};
    }
  }

  Status table(uint64_t at, Place& place, uint32_t level) {
    place.table = base_ + at;
    if (level > levels_) return too_deep(place, levels_);
    if (tables_left_-- == 0) return shared_too_often();
    uint64_t vtable = 0;
    DAM_TRY(vtable_of(at, place, &vtable));
    uint32_t end = load<uint16_t>(base_ + vtable);
    bool has_tables = false;
    for (const FieldShape& shape : place.shape->fields) {
      if (shape.entry >= end) break;
      uint16_t distance = load<uint16_t>(base_ + vtable + shape.entry);
      if (distance == 0) continue;
      has_tables |= shape.table != nullptr;
      DAM_TRY(field(at + distance, shape, place));
    }
    DAM_TRY(check_own_fields(place));
    if (!has_tables) return {};
    for (const FieldShape& shape : place.shape->fields) {
      if (shape.entry >= end) break;
      uint16_t distance = load<uint16_t>(base_ + vtable + shape.entry);
      if (shape.table && distance != 0) DAM_TRY(below(at + distance, shape, place, level));
    }
    return check_tables_below(place);
  }

  Status below(uint64_t at, const FieldShape& shape, const Place& place, uint32_t level) {
    Place child = {&place, shape.table, nullptr, shape.name, -1};
    uint64_t to = at + load<uint32_t>(base_ + at);
    if (shape.kind == FieldKind::kTable) return table(to, child, level + 1);
    uint32_t count = load<uint32_t>(base_ + to);
    for (uint32_t i = 0; i < count; i++) {
      uint64_t element = 0;
      child.index = i;
      DAM_TRY(follow(to + 4 + uint64_t{4} * i, place, shape.name, &element));
      DAM_TRY(table(element, child, level + 1));
    }
    return {};
  }

  const uint8_t* base_;
  uint64_t size_;
  int64_t budget_;  // bytes the walk may still visit
  uint64_t tables_left_;
  uint32_t levels_;

  // Keys of a map, by the place of their vector; no vector is at 0.
  struct ProvenKeys {
    uint64_t at = 0, visited = 0;
  };
  std::array<ProvenKeys, 8> proven_keys_ = {};
};

Status verify_aligned(Bytes bytes, const DocumentLimits& limits) {
  return Walk(bytes, limits).root();
}

Status verify_copy(Bytes bytes, const DocumentLimits& limits) {
  auto words = std::make_unique_for_overwrite<uint64_t[]>(bytes.size() / 8 + 1);
  std::memcpy(words.get(), bytes.data(), bytes.size());
  return verify_aligned({reinterpret_cast<const uint8_t*>(words.get()), bytes.size()}, limits);
}

}  // namespace

Status verify_document(Bytes bytes, const DocumentLimits& limits) {
  if (bytes.size() > limits.bytes) {
    return Status::error(Code::kTooBig, "document has %zu bytes, the limit is %" PRIu64,
                         bytes.size(), limits.bytes);
  }
  if (bytes.size() < kHeaderBytes) {
    return Status::error(Code::kInvalidDocument, "document has %zu bytes, less than its head",
                         bytes.size());
  }
  if (!schema::DocumentBufferHasIdentifier(bytes.data())) {
    return Status::error(
        Code::kInvalidDocument, "document has no identifier %s at offset 4 (found \"%s\")",
        schema::DocumentIdentifier(), printable(as_text(bytes.subspan(4, 4))).c_str());
  }
  // Why not read unaligned everywhere: only foreign callers ever pass such bytes.
  if (reinterpret_cast<uintptr_t>(bytes.data()) % 8 != 0) return verify_copy(bytes, limits);
  return verify_aligned(bytes, limits);
}

Status check_id(std::string_view id) {
  if (id.empty()) return Status::error(Code::kInvalidArgument, "id is empty");
  if (id.size() > kMaxIdBytes) {
    return Status::error(Code::kTooBig, "id has %zu bytes, the limit is %zu", id.size(),
                         kMaxIdBytes);
  }
  if (find_invalid_utf8(id) != std::string_view::npos) {
    return Status::error(Code::kInvalidArgument, "id is not UTF-8: \"%s\"", printable(id).c_str());
  }
  return {};
}

}  // namespace dam
