#include "document/draft_build.h"

namespace dam {

using enum field::Number;

Result<std::vector<uint8_t>> DraftBuild::run() {
  begin_document(&builder_);
  for (uint32_t field = 0; field < kCount; field++) {
    if (draft_.has(field)) DAM_TRY(add(field));
  }
  DAM_TRY(check_room(builder_, 0));
  const uoffset_t root = table_.build(&builder_);
  builder_.Finish(flatbuffers::Offset<schema::Document>(root), schema::DocumentIdentifier());
  const uint8_t* bytes = builder_.GetBufferPointer();
  return std::vector<uint8_t>(bytes, bytes + builder_.GetSize());
}

Status DraftBuild::add(uint32_t field) {
  if (const schema::Document* source = draft_.taken_from(field)) return add_taken(field, source);
  if (const auto* bits = std::get_if<uint32_t>(&draft_.values_[field])) {
    table_.set(field, *bits);
    return {};
  }
  DAM_ASSIGN(const uoffset_t part, build_part(field));
  table_.set(field, part);
  return {};
}

Status DraftBuild::add_taken(uint32_t field, const schema::Document* source) {
  const FieldReader reader(source);
  const FieldShape& shape = field_shape(field);
  if (shape.kind == FieldKind::kScalar) {
    table_.set(field, reader.bits(field));
    return {};
  }
  DAM_ASSIGN(const uoffset_t part, copy_.copy_field(reader.part<uint8_t>(field), shape));
  table_.set(field, part);
  return {};
}

Result<flatbuffers::uoffset_t> DraftBuild::build_part(uint32_t field) {
  const DocumentDraft::Value& value = draft_.values_[field];
  if (const auto* text = std::get_if<std::string>(&value)) return build_text(*text);
  if (const auto* bytes = std::get_if<std::vector<uint8_t>>(&value)) return build_bytes(*bytes);
  if (const auto* numbers = std::get_if<std::vector<float>>(&value)) return build_floats(*numbers);
  if (const auto* node = std::get_if<TagNode>(&value)) return build_tags(&builder_, &tags_, *node);
  if (const auto* nodes = std::get_if<ScoreNodes>(&value)) return build_scores(&builder_, *nodes);
  if (const auto* children = std::get_if<ChildrenDraft>(&value))
    return build_children(field, *children);
  TensorParts parts = std::get<TensorParts>(value);
  DAM_TRY(sort_coordinates(&parts, field_shape(field).name));
  return build_tensor(&builder_, parts);
}

Result<flatbuffers::uoffset_t> DraftBuild::build_text(std::string_view text) {
  DAM_TRY(check_room(builder_, text.size()));
  return builder_.add_text(text);
}

Result<flatbuffers::uoffset_t> DraftBuild::build_bytes(const std::vector<uint8_t>& bytes) {
  DAM_TRY(check_room(builder_, bytes.size()));
  return builder_.CreateVector(bytes.data(), bytes.size()).o;
}

Result<flatbuffers::uoffset_t> DraftBuild::build_floats(const std::vector<float>& numbers) {
  DAM_TRY(check_room(builder_, numbers.size() * sizeof(float)));
  return builder_.CreateVector(numbers.data(), numbers.size()).o;
}

uint32_t DraftBuild::bits_of(uint32_t field) const {
  if (const schema::Document* source = draft_.taken_from(field))
    return FieldReader(source).bits(field);
  const auto* bits = std::get_if<uint32_t>(&draft_.values_[field]);
  return bits ? *bits : 0;
}

std::string_view DraftBuild::id() const {
  if (const schema::Document* source = draft_.taken_from(kId)) return as_view(source->id());
  const auto* text = std::get_if<std::string>(&draft_.values_[kId]);
  return text ? std::string_view(*text) : std::string_view();
}

Result<flatbuffers::uoffset_t> DraftBuild::build_children(uint32_t field,
                                                          const ChildrenDraft& children) {
  const DocumentLevels own = {bits_of(kGranularity), bits_of(kAdjacency)};
  const DocumentLevels levels = field == kChunks ? own.of_chunk() : own.of_match();
  const std::string_view own_id = id();
  const std::string_view* parent_id = field == kChunks ? &own_id : nullptr;
  std::vector<uoffset_t> tables;
  for (const auto& [document, is_added] : children) {
    auto copied = is_added ? copy_document(document, levels, parent_id)
                           : copy_.copy(document, kDocumentShape);
    DAM_ASSIGN(const uoffset_t table, std::move(copied));
    tables.push_back(table);
  }
  return build_documents(tables);
}

Result<flatbuffers::uoffset_t> DraftBuild::build_documents(const std::vector<uoffset_t>& tables) {
  DAM_TRY(check_room(builder_, tables.size() * sizeof(uoffset_t)));
  builder_.StartVector(tables.size(), sizeof(uoffset_t));
  for (size_t i = tables.size(); i-- > 0;)
    builder_.PushElement(flatbuffers::Offset<void>(tables[i]));
  return builder_.EndVector(tables.size());
}

Result<flatbuffers::uoffset_t> DraftBuild::copy_document(const schema::Document* document,
                                                         const DocumentLevels& levels,
                                                         const std::string_view* parent_id) {
  const FieldReader reader(document);
  DocumentTable table;
  for (uint32_t field = 0; field < kCount; field++) {
    const FieldShape& shape = field_shape(field);
    if (!reader.has(field) || (field == kParentId && parent_id != nullptr)) continue;
    if (shape.kind == FieldKind::kScalar) {
      table.set(field, reader.bits(field));
    } else if (field == kChunks || field == kMatches) {
      DAM_ASSIGN(const uoffset_t below, copy_below(document, field, levels));
      table.set(field, below);
    } else {
      DAM_ASSIGN(const uoffset_t part, copy_.copy_field(reader.part<uint8_t>(field), shape));
      table.set(field, part);
    }
  }
  table.set(kGranularity, levels.granularity);
  table.set(kAdjacency, levels.adjacency);
  if (parent_id != nullptr && !parent_id->empty()) {
    DAM_ASSIGN(const uoffset_t text, build_text(*parent_id));
    table.set(kParentId, text);
  }
  DAM_TRY(check_room(builder_, 0));
  return table.build(&builder_);
}

Result<flatbuffers::uoffset_t> DraftBuild::copy_below(const schema::Document* document,
                                                      uint32_t field,
                                                      const DocumentLevels& levels) {
  std::vector<uoffset_t> tables;
  const DocumentLevels next = field == kChunks ? levels.of_chunk() : levels.of_match();
  for (const schema::Document* below : *FieldReader(document).part<Documents>(field)) {
    DAM_ASSIGN(const uoffset_t table, copy_document(below, next, nullptr));
    tables.push_back(table);
  }
  return build_documents(tables);
}

}  // namespace dam
