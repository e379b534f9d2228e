// The layout of tags is the one document.fbs describes: a vector for each kind, `kinds` only where
// the kinds differ or have no value of their own.
#include "document/tag_assembler.h"

#include <algorithm>
#include <cinttypes>

#include "document/base64.h"
#include "document/document_builder.h"
#include "document/json_number.h"
#include "document/tag_view.h"
#include "document/verify_document.h"
#include "document/verify_place.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;
using schema::TagKind;

// In the vectors of a table: key, kind and value.
constexpr uint64_t kMaxEntryBytes = 4 + 1 + 8;

bool has_own_value(TagKind kind) {
  return kind == TagKind::Int || kind == TagKind::Real || kind == TagKind::Text ||
         kind == TagKind::Bytes;
}

TagEntry plain(TagKind kind) { return {kind, 0, 0, 0, 0}; }

// The part of a key behind its dollars, if that makes it one with a meaning of its own.
std::string_view special_name(std::string_view key) {
  size_t dollars = key.find_first_not_of('$');
  if (dollars == 0 || dollars == std::string_view::npos) return {};
  std::string_view name = key.substr(dollars);
  return name == "bytes" || name == "double" ? name : std::string_view();
}

}  // namespace

void TagAssembler::reset() {
  entries_.clear();
  frames_.clear();
  active_ = false;
}

void TagAssembler::begin(uint32_t level) {
  level_ = level;
  active_ = true;
}

Status TagAssembler::take(const JsonEvent& event) {
  if (!frames_.empty() && frames_.back().special != Special::kNone) return take_special(event);
  switch (event.step) {
    case JsonStep::kNull:
      add(plain(TagKind::Null));
      return {};
    case JsonStep::kFalse:
      add(plain(TagKind::False));
      return {};
    case JsonStep::kTrue:
      add(plain(TagKind::True));
      return {};
    case JsonStep::kNumber:
      return take_number(event.text);
    case JsonStep::kString:
      add_part(TagKind::Text, builder_->CreateString(event.text.data(), event.text.size()).o);
      return {};
    case JsonStep::kKey:
      return take_key(event.text);
    case JsonStep::kStartObject:
      return open(true);
    case JsonStep::kStartArray:
      return open(false);
    default:
      return close();
  }
}

Status TagAssembler::take_key(std::string_view key) {
  Frame& frame = frames_.back();
  if (key.starts_with('$')) {
    std::string_view name = special_name(key);
    if (name.size() + 1 == key.size()) {
      if (entries_.size() != frame.first)
        return Status::error(Code::kInvalidArgument,
                             "\"%s\" must be the only member (a key of "
                             "this name is written with two dollars)",
                             printable(key).c_str());
      frame.special = name == "bytes" ? Special::kBytes : Special::kDouble;
      return {};
    }
    if (!name.empty()) key.remove_prefix(1);
  }
  frame.key = make_key(key);
  return {};
}

// Within {"$bytes": ...} or {"$double": ...}: its value, then its end.
Status TagAssembler::take_special(const JsonEvent& event) {
  Frame& frame = frames_.back();
  if (frame.special == Special::kDone) {
    if (event.step != JsonStep::kEndObject)
      return wrong_json(event.text, "the only member beside $bytes or $double", event);
    TagEntry value = entries_.back();
    entries_.pop_back();
    frames_.pop_back();
    add(value);
    return {};
  }
  bool is_bytes = frame.special == Special::kBytes;
  frame.special = Special::kDone;
  if (is_bytes) {
    if (event.step != JsonStep::kString || !decode_base64(event.text, &decoded_))
      return wrong_json("$bytes", "base64 in a string", event);
    auto bytes = builder_->CreateVector(decoded_.data(), decoded_.size());
    entries_.push_back({TagKind::Bytes, 0, schema::CreateBuffer(*builder_, bytes).o, 0, 0});
    return {};
  }
  auto real = event.step == JsonStep::kString ? parse_non_finite(event.text) : std::nullopt;
  if (!real) return wrong_json("$double", "\"NaN\", \"Infinity\" or \"-Infinity\"", event);
  entries_.push_back({TagKind::Real, 0, 0, 0, *real});
  return {};
}

Status TagAssembler::take_number(std::string_view number) {
  if (is_integer(number)) {
    auto integer = parse_int64(number);
    if (!integer) {
      return Status::error(Code::kInvalidArgument,
                           "integer %s is beyond 64 bits (write %s.0 for a "
                           "double)",
                           printable(number).c_str(), printable(number).c_str());
    }
    add({TagKind::Int, 0, 0, *integer, 0});
    return {};
  }
  auto real = parse_double(number);
  if (!real) {
    return Status::error(Code::kInvalidArgument, "number %s is beyond double",
                         printable(number).c_str());
  }
  add({TagKind::Real, 0, 0, 0, *real});
  return {};
}

Status TagAssembler::open(bool is_map) {
  if (level_ + frames_.size() >= kMaxDocumentLevels) {
    return Status::error(Code::kInvalidArgument, "tags are nested deeper than %" PRIu32 " levels",
                         kMaxDocumentLevels);
  }
  frames_.push_back({entries_.size(), 0, is_map, Special::kNone});
  return {};
}

Status TagAssembler::close() {
  Frame frame = frames_.back();
  frames_.pop_back();
  DAM_ASSIGN(uoffset_t table,
             build(entries_.data() + frame.first, entries_.size() - frame.first, frame.is_map));
  entries_.resize(frame.first);
  add_part(frame.is_map ? TagKind::Map : TagKind::List, table);
  return {};
}

void TagAssembler::add(TagEntry entry) {
  if (frames_.empty()) {
    result_ = entry;
    active_ = false;
    return;
  }
  entry.key = frames_.back().key;
  entries_.push_back(entry);
}

void TagAssembler::add_part(TagKind kind, uoffset_t part) { add({kind, 0, part, 0, 0}); }

uoffset_t TagAssembler::make_key(std::string_view key) {
  return builder_->CreateString(key.data(), key.size()).o;
}

std::string_view TagAssembler::text_at(uoffset_t offset) const {
  const uint8_t* at = builder_->GetCurrentBufferPointer() + builder_->GetSize() - offset;
  return {reinterpret_cast<const char*>(at + 4), load<uint32_t>(at)};
}

uoffset_t TagAssembler::build_texts(const TagEntry* entries, size_t count) {
  builder_->StartVector(count, 4);
  for (size_t i = count; i-- > 0;) builder_->PushElement(Offset<void>(entries[i].key));
  return builder_->EndVector(count);
}

// The vector of one member of those entries whose kind is within kinds.
template <typename Member, typename Kinds>
uoffset_t TagAssembler::build_vector(const TagEntry* entries, size_t count, Kinds kinds,
                                     Member member) {
  size_t values = 0;
  for (size_t i = 0; i < count; i++) values += kinds(entries[i].kind);
  if (values == 0) return 0;
  using Element = decltype(member(entries[0]));
  builder_->StartVector(values, sizeof(Element));
  for (size_t i = count; i-- > 0;) {
    if (kinds(entries[i].kind)) builder_->PushElement(member(entries[i]));
  }
  return builder_->EndVector(values);
}

void TagAssembler::append_entries(uoffset_t map, std::vector<TagEntry>* out) const {
  const uint8_t* end = builder_->GetCurrentBufferPointer() + builder_->GetSize();
  auto offset_of = [end](const void* part) {
    return static_cast<uoffset_t>(end - static_cast<const uint8_t*>(part));
  };
  const auto* tags = reinterpret_cast<const schema::Tags*>(end - map);
  uoffset_t buffers = 0;
  for (TagWalk walk(tags); !walk.done();) {
    uoffset_t key = offset_of(tags->keys()->Get(walk.element()));
    TagValue value = walk.next();
    uoffset_t part = 0;
    if (value.kind == TagKind::Text) part = offset_of(value.text.data() - sizeof(uoffset_t));
    if (value.kind == TagKind::Bytes) part = offset_of(tags->buffers()->Get(buffers++));
    if (value.nested) part = offset_of(value.nested);
    out->push_back({value.kind, key, part, value.integer, value.real});
  }
}

Result<uoffset_t> TagAssembler::build(TagEntry* entries, size_t count, bool is_map) {
  auto before = [this](const TagEntry& a, const TagEntry& b) {
    return text_at(a.key) < text_at(b.key);
  };
  DAM_TRY(check_room(*builder_, count * kMaxEntryBytes));
  if (is_map) {
    if (!std::is_sorted(entries, entries + count, before))
      std::sort(entries, entries + count, before);
    for (size_t i = 1; i < count; i++) {
      if (!before(entries[i - 1], entries[i])) return repeated_member(text_at(entries[i].key));
    }
  }
  unsigned present = 0;
  for (size_t i = 0; i < count; i++) present |= 1u << static_cast<unsigned>(entries[i].kind);
  auto has = [present](TagKind kind) { return (present >> static_cast<unsigned>(kind) & 1) != 0; };
  bool uniform = count > 0 && (present & (present - 1)) == 0 && has_own_value(entries[0].kind);
  auto part = [](const TagEntry& entry) { return Offset<void>(entry.part); };
  auto is = [](TagKind kind) { return [kind](TagKind other) { return other == kind; }; };
  auto nests = [](TagKind kind) { return kind >= TagKind::List; };
  uoffset_t reals = 0, ints = 0, nested = 0, buffers = 0, texts = 0, kinds = 0;
  if (has(TagKind::Real))
    reals =
        build_vector(entries, count, is(TagKind::Real), [](const TagEntry& e) { return e.real; });
  if (has(TagKind::Int))
    ints =
        build_vector(entries, count, is(TagKind::Int), [](const TagEntry& e) { return e.integer; });
  if (has(TagKind::Bytes)) buffers = build_vector(entries, count, is(TagKind::Bytes), part);
  if (present >> static_cast<unsigned>(TagKind::List))
    nested = build_vector(entries, count, nests, part);
  if (has(TagKind::Text)) texts = build_vector(entries, count, is(TagKind::Text), part);
  if (!uniform && (count > 0)) {
    kinds = build_vector(
        entries, count, [](TagKind) { return true; },
        [](const TagEntry& e) { return static_cast<uint8_t>(e.kind); });
  }
  uoffset_t keys = is_map ? build_texts(entries, count) : 0;
  schema::TagsBuilder tags(*builder_);
  tags.add_keys(keys);
  tags.add_kinds(kinds);
  tags.add_texts(texts);
  tags.add_ints(ints);
  tags.add_nested(nested);
  tags.add_reals(reals);
  tags.add_buffers(buffers);
  return tags.Finish().o;
}

}  // namespace dam
