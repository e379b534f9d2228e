#include "document/document_draft.h"

#include "document/draft_build.h"
#include "document/utf8.h"
#include "document/verify_document.h"
#include "document/verify_place.h"

namespace dam {

using enum field::Number;

const schema::Document* DocumentDraft::taken_from(uint32_t field) const {
  const auto* source = std::get_if<const schema::Document*>(&values_[field]);
  return source ? *source : nullptr;
}

void DocumentDraft::keep(const DocumentSource& source) {
  if (pins_.empty() || pins_.back() != source.pin) pins_.push_back(source.pin);
}

void DocumentDraft::clear_other_contents(uint32_t field) {
  if ((kContentFields & field_bit(field)) == 0) return;
  for (uint32_t content : {kText, kBuffer, kBlob}) {
    if (content != field) clear(content);
  }
}

void DocumentDraft::take_all(const DocumentSource& source) {
  const FieldReader reader(source.document);
  for (uint32_t field = 0; field < kCount; field++) {
    clear(field);
    if (reader.has(field)) values_[field] = source.document;
  }
  pins_.clear();
  keep(source);
}

void DocumentDraft::take(uint32_t field, const DocumentSource& source) {
  if (!FieldReader(source.document).has(field)) return clear(field);
  clear_other_contents(field);
  values_[field] = source.document;
  keep(source);
}

Status DocumentDraft::set_text(uint32_t field, std::string_view text) {
  if (field == kId || field == kParentId) DAM_TRY(check_id(text));
  if (find_invalid_utf8(text) != std::string_view::npos)
    return Status::error(Code::kInvalidArgument, "%s is not UTF-8: \"%s\"", field_shape(field).name,
                         printable(text).c_str());
  clear_other_contents(field);
  values_[field] = std::string(text);
  return {};
}

void DocumentDraft::set_bytes(uint32_t field, Bytes bytes) {
  clear_other_contents(field);
  values_[field] = std::vector<uint8_t>(bytes.begin(), bytes.end());
}

void DocumentDraft::set_location(std::span<const float> numbers) {
  values_[kLocation] = std::vector<float>(numbers.begin(), numbers.end());
}

void DocumentDraft::set_tensor(uint32_t field, TensorParts tensor) {
  clear_other_contents(field);
  values_[field] = std::move(tensor);
}

TensorParts* DocumentDraft::tensor(uint32_t field) {
  if (const schema::Document* source = taken_from(field))
    values_[field] = parts_of(view_of(FieldReader(source).part<schema::Tensor>(field)));
  return std::get_if<TensorParts>(&values_[field]);
}

TagNode* DocumentDraft::tags() {
  if (const schema::Document* source = taken_from(kTags))
    values_[kTags] = tag_node_of(*find_tag_at(source->tags(), {}));
  if (!has(kTags)) {
    TagNode map;
    map.kind = schema::TagKind::Map;
    values_[kTags] = std::move(map);
  }
  return std::get_if<TagNode>(&values_[kTags]);
}

Status DocumentDraft::set_tag(const PathParts& path, TagNode value) {
  const bool was_there = has(kTags);
  Status status = put_tag(tags(), path, std::move(value));
  if (!status.ok() && !was_there) clear(kTags);
  return status;
}

Status DocumentDraft::clear_tag(const PathParts& path) {
  return has(kTags) ? remove_tag(tags(), path) : Status::absent();
}

void DocumentDraft::merge_tags_of(const DocumentSource& source) {
  if (source.document->tags() == nullptr) return;
  if (!has(kTags)) return take(kTags, source);
  merge_tags(tags(), tag_node_of(*find_tag_at(source.document->tags(), {})));
}

ScoreNodes* DocumentDraft::scores(uint32_t field) {
  if (const schema::Document* source = taken_from(field))
    values_[field] = score_nodes_of(FieldReader(source).part<ScoreVector>(field));
  if (!has(field)) values_[field] = ScoreNodes();
  return std::get_if<ScoreNodes>(&values_[field]);
}

ChildrenDraft* DocumentDraft::children(uint32_t field) {
  using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;
  if (const schema::Document* source = taken_from(field)) {
    ChildrenDraft kept;
    for (const schema::Document* document : *FieldReader(source).part<Documents>(field))
      kept.push_back({document, false});
    values_[field] = std::move(kept);
  }
  if (!has(field)) values_[field] = ChildrenDraft();
  return std::get_if<ChildrenDraft>(&values_[field]);
}

void DocumentDraft::add_child(uint32_t field, const DocumentSource& child) {
  children(field)->push_back({child.document, true});
  keep(child);
}

void DocumentDraft::keep_child(uint32_t field, const DocumentSource& child) {
  children(field)->push_back({child.document, false});
  keep(child);
}

Status DocumentDraft::remove_child(uint32_t field, int64_t position) {
  if (!has(field)) return Status::absent();
  ChildrenDraft& below = *children(field);
  const auto count = static_cast<int64_t>(below.size());
  const int64_t at = position < 0 ? position + count : position;
  if (at < 0 || at >= count)
    return Status::error(Code::kOutOfRange, "position %lld is not in %s, which has %lld",
                         static_cast<long long>(position), field_shape(field).name,
                         static_cast<long long>(count));
  below.erase(below.begin() + at);
  return {};
}

Result<std::vector<uint8_t>> DocumentDraft::build() const {
  DAM_ASSIGN(std::vector<uint8_t> document, DraftBuild(*this).run());
  DAM_TRY(verify_document(document));
  return document;
}

}  // namespace dam
