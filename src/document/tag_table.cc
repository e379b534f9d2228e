// The layout is the one document.fbs describes: a vector for each kind, `kinds` only where the
// kinds differ or have no value of their own.
#include "document/tag_table.h"

#include <algorithm>
#include <bit>

#include "base/bytes.h"
#include "document/json_event.h"

namespace dam {
namespace {

using flatbuffers::soffset_t;
using flatbuffers::uoffset_t;
using schema::TagKind;

// Fields of the table, numbered as in the schema.
enum Field : size_t { kKeys, kKinds, kTexts, kInts, kNested, kReals, kBuffers };

static_assert(schema::Tags::VT_KEYS == 4 + 2 * kKeys && schema::Tags::VT_KINDS == 4 + 2 * kKinds &&
              schema::Tags::VT_TEXTS == 4 + 2 * kTexts && schema::Tags::VT_INTS == 4 + 2 * kInts &&
              schema::Tags::VT_NESTED == 4 + 2 * kNested &&
              schema::Tags::VT_REALS == 4 + 2 * kReals &&
              schema::Tags::VT_BUFFERS == 4 + 2 * kBuffers);

// In the vectors of a table: kind, value and the padding between them.
constexpr uint64_t kMaxEntryBytes = 1 + 8 + 4;
// Around a key: its place in the vector, its length and padding.
constexpr uint64_t kMaxKeyBytes = 4 + 4 + 4;

constexpr unsigned bit(TagKind kind) { return 1u << static_cast<unsigned>(kind); }

constexpr unsigned kNestedKinds = bit(TagKind::List) | bit(TagKind::Map);
constexpr unsigned kKindsWithValue =
    bit(TagKind::Int) | bit(TagKind::Real) | bit(TagKind::Text) | bit(TagKind::Bytes);

bool ascend(std::span<const TagEntry> entries) {
  for (size_t i = 1; i < entries.size(); i++) {
    if (entries[i - 1].key >= entries[i].key) return false;
  }
  return true;
}

}  // namespace

void TagTableBuilder::reset() {
  vtables_.fill(0);
  key_sets_.fill({});
  known_keys_.clear();
  shared_bytes_ = 0;
}

Status TagTableBuilder::sort(std::span<TagEntry> entries) {
  if (ascend(entries)) return {};
  auto before = [](const TagEntry& a, const TagEntry& b) { return a.key < b.key; };
  std::sort(entries.begin(), entries.end(), before);
  for (size_t i = 1; i < entries.size(); i++) {
    if (entries[i - 1].key == entries[i].key) return repeated_member(entries[i].key);
  }
  return {};
}

Result<uoffset_t> TagTableBuilder::build_list(std::span<const TagEntry> entries) {
  DAM_TRY(check_room(*buffer_, entries.size() * kMaxEntryBytes));
  Fields fields = {};
  write_values(entries, &fields);
  return write_table(fields);
}

Result<uoffset_t> TagTableBuilder::build_map(std::span<TagEntry> entries) {
  DAM_TRY(check_room(*buffer_, entries.size() * kMaxEntryBytes));
  Fields fields = {};
  if (!share_keys(entries, &fields[kKeys])) DAM_TRY(write_keys(entries, &fields[kKeys]));
  write_values(entries, &fields);
  return write_table(fields);
}

TagTableBuilder::KeySet& TagTableBuilder::place_of(std::span<const TagEntry> entries) {
  size_t hash = entries.size();
  if (!entries.empty()) hash += 3 * entries.front().key.size() + 5 * entries.back().key.size();
  return key_sets_[hash % key_sets_.size()];
}

// Keys in the order they were written in are sorted and all different: that was seen then.
bool TagTableBuilder::share_keys(std::span<const TagEntry> entries, uoffset_t* vector) {
  const KeySet& set = place_of(entries);
  if (set.vector == 0 || set.count != entries.size()) return false;
  if (shared_bytes_ + set.bytes > buffer_->GetSize()) return false;
  const std::string_view* known = known_keys_.data() + set.first;
  for (const TagEntry& entry : entries) {
    if (entry.key != *known++) return false;
  }
  shared_bytes_ += set.bytes;
  *vector = set.vector;
  return true;
}

Status TagTableBuilder::write_keys(std::span<TagEntry> entries, uoffset_t* vector) {
  if (!ascend(entries)) {
    DAM_TRY(sort(entries));
    if (share_keys(entries, vector)) return {};
  }
  uint64_t bytes = 4;
  for (const TagEntry& entry : entries) bytes += entry.key.size() + kMaxKeyBytes;
  DAM_TRY(check_room(*buffer_, bytes));
  KeySet& set = place_of(entries);
  set = {known_keys_.size(), entries.size(), bytes, 0};
  key_offsets_.clear();
  for (const TagEntry& entry : entries) {
    key_offsets_.push_back(buffer_->add_text(entry.key));
    known_keys_.push_back(entry.key);
  }
  uint8_t* to = buffer_->add_vector(entries.size(), 4);
  uoffset_t here = buffer_->GetSize();
  set.vector = *vector = here;
  for (uoffset_t key : key_offsets_) {
    here -= 4;
    store(to, here - key);
    to += 4;
  }
  return {};
}

void TagTableBuilder::write_values(std::span<const TagEntry> entries, Fields* fields) {
  std::array<size_t, static_cast<size_t>(TagKind::MAX) + 1> counts = {};
  for (const TagEntry& entry : entries) counts[static_cast<size_t>(entry.kind)]++;
  auto count = [&counts](TagKind kind) { return counts[static_cast<size_t>(kind)]; };
  auto parts = [&](TagKind kind) {
    return count(kind) ? write_parts(entries, bit(kind), count(kind)) : 0;
  };
  (*fields)[kReals] = write_numbers(entries, TagKind::Real, count(TagKind::Real));
  (*fields)[kInts] = write_numbers(entries, TagKind::Int, count(TagKind::Int));
  (*fields)[kBuffers] = parts(TagKind::Bytes);
  (*fields)[kTexts] = parts(TagKind::Text);
  size_t nested = count(TagKind::List) + count(TagKind::Map);
  if (nested) (*fields)[kNested] = write_parts(entries, kNestedKinds, nested);
  if (entries.empty()) return;
  TagKind first = entries.front().kind;
  bool uniform = count(first) == entries.size() && (bit(first) & kKindsWithValue) != 0;
  if (!uniform) (*fields)[kKinds] = write_kinds(entries);
}

uoffset_t TagTableBuilder::write_numbers(std::span<const TagEntry> entries, TagKind kind,
                                         size_t count) {
  if (count == 0) return 0;
  uint8_t* to = buffer_->add_vector(count, 8);
  for (const TagEntry& entry : entries) {
    if (entry.kind != kind) continue;
    store(to, entry.value);
    to += 8;
  }
  return buffer_->GetSize();
}

uoffset_t TagTableBuilder::write_parts(std::span<const TagEntry> entries, unsigned kinds,
                                       size_t count) {
  uint8_t* to = buffer_->add_vector(count, 4);
  uoffset_t here = buffer_->GetSize();
  for (const TagEntry& entry : entries) {
    if ((kinds & bit(entry.kind)) == 0) continue;
    here -= 4;
    store(to, here - static_cast<uoffset_t>(entry.value));
    to += 4;
  }
  return buffer_->GetSize();
}

uoffset_t TagTableBuilder::write_kinds(std::span<const TagEntry> entries) {
  uint8_t* to = buffer_->add_vector(entries.size(), 1);
  for (const TagEntry& entry : entries) *to++ = static_cast<uint8_t>(entry.kind);
  return buffer_->GetSize();
}

uoffset_t TagTableBuilder::write_table(const Fields& fields) {
  unsigned present = 0;
  size_t size = 4;
  for (size_t i = 0; i < kFields; i++) {
    if (fields[i] == 0) continue;
    present |= 1u << i;
    size += 4;
  }
  uoffset_t vtable = vtable_of(present);
  uint8_t* to = buffer_->add_part(size);
  uoffset_t table = buffer_->GetSize(), here = table;
  store(to, static_cast<soffset_t>(vtable) - static_cast<soffset_t>(table));
  for (uoffset_t part : fields) {
    if (part == 0) continue;
    to += 4;
    here -= 4;
    store(to, here - part);
  }
  return table;
}

// One for all tables of a document that have the same fields.
uoffset_t TagTableBuilder::vtable_of(unsigned present) {
  uoffset_t& known = vtables_[present];
  if (known != 0) return known;
  auto entries = static_cast<size_t>(std::bit_width(present));
  size_t size = 4 + 2 * entries;
  uint8_t* to = buffer_->add_part(size);
  uint16_t distance = 4;
  for (size_t i = 0; i < entries; i++) {
    bool has = (present >> i & 1) != 0;
    store(to + 4 + 2 * i, has ? distance : uint16_t{0});
    if (has) distance = static_cast<uint16_t>(distance + 4);
  }
  store(to, static_cast<uint16_t>(size));
  store(to + 2, distance);
  known = buffer_->GetSize();
  return known;
}

}  // namespace dam
