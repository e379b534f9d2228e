// Fields are numbered as in the schema and in kDocumentShape.
#include "document/document_assembler.h"

#include <bit>
#include <cinttypes>

#include "document/base64.h"
#include "document/document_builder.h"
#include "document/document_field.h"
#include "document/document_levels.h"
#include "document/json_number.h"
#include "document/verify_document.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;

using enum field::Number;

// Members that no field has, read with unknown_to_tags.
constexpr uint32_t kUnknown = kCount;

constexpr std::string_view kNames[] = {
    "id",     "text",       "tags",      "embedding",   "uri",       "mime_type",
    "buffer", "blob",       "parent_id", "granularity", "adjacency", "weight",
    "chunks", "matches",    "scores",    "evaluations", "modality",  "location",
    "offset", "level_name", "siblings",  "meta_info",   "tags"};

static_assert(std::size(kNames) == kUnknown + 1 && kUnknown == kMaxFields);

// Sharing an id with the documents below saves their bytes; a long one would make the document
// look as if it shared too much.
constexpr size_t kMaxSharedIdBytes = 64;

}  // namespace

void DocumentAssembler::reset() {
  tags_.reset();
  tensor_.reset();
  scores_.reset();
  records_.clear();
  open_.clear();
  pending_tags_.clear();
  needs_verification_ = false;
}

std::string_view DocumentAssembler::field_name() const { return kNames[open_.back().field]; }

void DocumentAssembler::set(uint32_t value) {
  Open& open = open_.back();
  Record& record = records_[open.record];
  record.table.set(open.field, value);
  open.state = State::kMembers;
}

Status DocumentAssembler::take(const JsonEvent& event) {
  DAM_TRY(check_room(*builder_, event.text.size()));
  if (tags_.active()) {
    DAM_TRY(tags_.take(event));
    return tags_.active() ? Status() : end_tag();
  }
  if (open_.empty()) {
    if (event.step != JsonStep::kStartObject) return wrong_json("a document", "an object", event);
    return start_document();
  }
  switch (open_.back().state) {
    case State::kMembers:
      return event.step == JsonStep::kKey ? take_key(event.text) : end_document();
    case State::kValue:
      return take_value(event);
    case State::kLocation:
      return take_location(event);
    default:
      return take_documents(event);
  }
}

Status DocumentAssembler::take_key(std::string_view key) {
  Open& open = open_.back();
  open.state = State::kValue;
  for (uint32_t field = 0; field < kUnknown; field++) {
    if (key != kNames[field]) continue;
    Record& record = records_[open.record];
    if (record.seen & field_bit(field)) return repeated_member(key);
    record.seen |= field_bit(field);
    open.field = field;
    return {};
  }
  if (!unknown_to_tags_) return unknown_member(key, "a document");
  open.field = kUnknown;
  unknown_key_ = key;
  needs_verification_ = true;
  return {};
}

// Members that a part assembler reads: the first event starts it, the last ends it.
Status DocumentAssembler::take_part(const JsonEvent& event) {
  const Open& open = open_.back();
  uint32_t level = records_[open.record].level;
  switch (open.field) {
    case kTags:
    case kUnknown:
      if (open.field == kTags && event.step != JsonStep::kStartObject)
        return wrong_json("tags", "an object", event);
      tags_.begin(open.field == kTags ? level : level + 1, open.field == kTags && unknown_to_tags_);
      DAM_TRY(tags_.take(event));
      return tags_.active() ? Status() : end_tag();
    case kEmbedding:
    case kBlob:
      if (!tensor_.active()) {
        needs_verification_ = true;
        tensor_.begin(field_name());
      }
      DAM_TRY(tensor_.take(event));
      if (!tensor_.active()) set(tensor_.result());
      return {};
    default:
      if (!scores_.active()) scores_.begin(field_name(), level);
      DAM_TRY(scores_.take(event));
      if (!scores_.active()) set(scores_.result());
      return {};
  }
}

Status DocumentAssembler::end_tag() {
  Open& open = open_.back();
  Record& record = records_[open.record];
  const TagEntry& result = tags_.result();
  if (open.field == kUnknown) {
    add_pending_tag(record, {result.kind, unknown_key_, result.value});
    open.state = State::kMembers;
    return {};
  }
  if (result.kind != schema::TagKind::Map) {
    return Status::error(Code::kInvalidArgument,
                         "tags must be a map, not the value that $bytes or $double spells");
  }
  if (unknown_to_tags_) {
    record.has_open_tags = true;
    for (const TagEntry& entry : tags_.open_map()) add_pending_tag(record, entry);
  }
  set(static_cast<uint32_t>(result.value));
  return {};
}

void DocumentAssembler::add_pending_tag(Record& record, const TagEntry& entry) {
  pending_tags_.push_back({entry, record.first_tag});
  record.first_tag = static_cast<uint32_t>(pending_tags_.size() - 1);
  record.has_open_tags = true;
}

Status DocumentAssembler::take_value(const JsonEvent& event) {
  Open& open = open_.back();
  bool in_part = tensor_.active() || scores_.active();
  if (event.step == JsonStep::kNull && !in_part && open.field != kUnknown) {
    open.state = State::kMembers;  // null says that the field is absent
    return {};
  }
  switch (open.field) {
    case kTags:
    case kUnknown:
    case kEmbedding:
    case kBlob:
    case kScores:
    case kEvaluations:
      return take_part(event);
    case kChunks:
    case kMatches:
      if (event.step != JsonStep::kStartArray)
        return wrong_json(field_name(), "a list of documents", event);
      open.state = State::kDocuments;
      return {};
    case kLocation:
      if (event.step != JsonStep::kStartArray)
        return wrong_json(field_name(), "a list of numbers", event);
      location_.clear();
      open.state = State::kLocation;
      return {};
    case kBuffer:
    case kMetaInfo:
      return take_bytes(event);
    case kWeight:
    case kGranularity:
    case kAdjacency:
    case kOffset:
    case kSiblings:
      return take_number(event);
    default:
      return take_text(event);
  }
}

Status DocumentAssembler::take_text(const JsonEvent& event) {
  if (event.step != JsonStep::kString) return wrong_json(field_name(), "a string", event);
  uint32_t field = open_.back().field;
  if (field == kId || field == kParentId) DAM_TRY(check_id(event.text));
  if (field == kId) records_[open_.back().record].id = event.text;
  set(builder_->add_text(event.text));
  return {};
}

Status DocumentAssembler::take_bytes(const JsonEvent& event) {
  if (event.step != JsonStep::kString || !decode_base64(event.text, &decoded_))
    return wrong_json(field_name(), "base64 in a string", event);
  set(builder_->CreateVector(decoded_.data(), decoded_.size()).o);
  return {};
}

Status DocumentAssembler::take_number(const JsonEvent& event) {
  bool is_number = event.step == JsonStep::kNumber;
  if (open_.back().field == kWeight) {
    auto special = event.step == JsonStep::kString ? parse_non_finite(event.text) : std::nullopt;
    std::optional<float> weight;
    if (special) weight = static_cast<float>(*special);
    if (is_number) weight = parse_float(event.text);
    if (!weight) return wrong_json("weight", "a number", event);
    set(std::bit_cast<uint32_t>(*weight));
    return {};
  }
  auto value = is_number ? parse_int64(event.text) : std::nullopt;
  if (!value || *value < 0 || *value > UINT32_MAX)
    return wrong_json(field_name(), "an integer from 0 to 4294967295", event);
  set(static_cast<uint32_t>(*value));
  return {};
}

Status DocumentAssembler::take_location(const JsonEvent& event) {
  if (event.step == JsonStep::kEndArray) {
    DAM_TRY(check_room(*builder_, location_.size() * sizeof(float)));
    set(builder_->CreateVector(location_.data(), location_.size()).o);
    return {};
  }
  std::optional<float> value;
  if (event.step == JsonStep::kNumber) value = parse_float(event.text);
  if (event.step == JsonStep::kString) {
    auto special = parse_non_finite(event.text);
    if (special) value = static_cast<float>(*special);
  }
  if (!value) return wrong_json("location", "a list of numbers", event);
  location_.push_back(*value);
  return {};
}

Status DocumentAssembler::take_documents(const JsonEvent& event) {
  if (event.step == JsonStep::kStartObject) return start_document();
  if (event.step != JsonStep::kEndArray)
    return wrong_json(field_name(), "a list of documents", event);
  set(0);  // the vector is built at the end
  return {};
}

Status DocumentAssembler::start_document() {
  auto index = static_cast<uint32_t>(records_.size());
  Record& record = records_.emplace_back();
  if (!open_.empty()) {
    const Open& open = open_.back();
    Record& parent = records_[open.record];
    record.parent = open.record;
    record.is_match = open.field == kMatches;
    record.level = parent.level + 1;
    if (record.level > kMaxDocumentLevels) {
      return Status::error(Code::kInvalidArgument, "%s is nested deeper than %" PRIu32 " levels",
                           record.is_match ? "matches" : "chunks", kMaxDocumentLevels);
    }
    Children& children = record.is_match ? parent.matches : parent.chunks;
    if (children.last == kNone)
      children.first = index;
    else
      records_[children.last].next_sibling = index;
    children.last = index;
    parent.child_count++;
  }
  open_.push_back({index, 0, State::kMembers});
  return {};
}

Status DocumentAssembler::end_document() {
  const Record& record = records_[open_.back().record];
  if (std::popcount(record.table.present & kContentFields) > 1) {
    return Status::error(Code::kInvalidArgument,
                         "more than one of text, buffer and blob; a document has one content");
  }
  open_.pop_back();
  return {};
}

Result<uoffset_t> DocumentAssembler::finish() {
  tables_.resize(records_.size());
  for (size_t i = 1; i < records_.size(); i++) {
    DAM_TRY(check_room(*builder_, records_[records_[i].parent].id.size()));
    inherit(records_[i]);
  }
  for (size_t i = records_.size(); i-- > 0;) {
    Record& record = records_[i];
    DAM_TRY(check_room(*builder_, record.child_count * uint64_t{4}));
    if (record.has_open_tags) DAM_TRY(build_tags(record));
    if (record.table.has(kChunks)) build_children(record, kChunks, record.chunks);
    if (record.table.has(kMatches)) build_children(record, kMatches, record.matches);
    tables_[i] = record.table.build(builder_);
  }
  return tables_[0];
}

void DocumentAssembler::inherit(Record& record) {
  const Record& parent = records_[record.parent];
  const DocumentLevels above = {parent.table.values[kGranularity], parent.table.values[kAdjacency]};
  const DocumentLevels levels = record.is_match ? above.of_match() : above.of_chunk();
  if (!record.table.has(kGranularity)) record.table.set(kGranularity, levels.granularity);
  if (!record.table.has(kAdjacency)) record.table.set(kAdjacency, levels.adjacency);
  if (record.is_match || parent.id.empty() || record.table.has(kParentId)) return;
  const bool shared = parent.id.size() <= kMaxSharedIdBytes;
  record.table.set(kParentId, shared ? parent.table.values[kId] : builder_->add_text(parent.id));
}

// Of the members of tags and what the unknown members became.
Status DocumentAssembler::build_tags(Record& record) {
  merged_.clear();
  for (uint32_t i = record.first_tag; i != kNone; i = pending_tags_[i].next)
    merged_.push_back(pending_tags_[i].entry);
  DAM_ASSIGN(const uoffset_t tags, tags_.tables().build_map(merged_));
  record.table.set(kTags, tags);
  return {};
}

void DocumentAssembler::build_children(Record& record, uint32_t field, const Children& children) {
  children_.clear();
  for (uint32_t i = children.first; i != kNone; i = records_[i].next_sibling)
    children_.push_back(tables_[i]);
  builder_->StartVector(children_.size(), 4);
  for (size_t i = children_.size(); i-- > 0;) builder_->PushElement(Offset<void>(children_[i]));
  record.table.values[field] = builder_->EndVector(children_.size());
}

}  // namespace dam
