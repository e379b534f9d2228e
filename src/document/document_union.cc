#include "document/document_union.h"

#include <string_view>
#include <unordered_map>

#include "document/content_hash.h"
#include "document/document_field.h"
#include "document/document_view.h"

namespace dam {
namespace {

using enum field::Number;
using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;

// A document of its own that keeps its bytes.
DocumentSource source_of_bytes(std::vector<uint8_t> bytes) {
  auto pin = std::make_shared<const std::vector<uint8_t>>(std::move(bytes));
  return {pin, document_root(*pin)};
}

// The chunks, or the matches, of two documents by id.
class ChildrenUnion {
 public:
  void start_with(const Documents& left) {
    for (const schema::Document* child : left) append(child);
  }

  Status add(const Documents& right) {
    for (const schema::Document* child : right) DAM_TRY(add_one(child));
    return {};
  }

  void put_into(DocumentDraft& draft, uint32_t field) const {
    draft.clear(field);
    for (const DocumentSource& child : children_) draft.keep_child(field, child);
  }

 private:
  void append(const schema::Document* child) {
    const std::string_view id = as_view(child->id());
    // Of repeated ids the first one is what others are united with.
    if (!id.empty()) by_id_.try_emplace(id, children_.size());
    if (id.empty()) nameless_.emplace(content_hash(child), child);
    children_.push_back({nullptr, child});
  }

  Status add_one(const schema::Document* child) {
    const std::string_view id = as_view(child->id());
    const auto found = id.empty() ? by_id_.end() : by_id_.find(id);
    if (found == by_id_.end()) {
      if (!id.empty() || !has_nameless(child)) append(child);
      return {};
    }
    DocumentSource& known = children_[found->second];
    DAM_ASSIGN(std::vector<uint8_t> united, united_document(known, {nullptr, child}));
    known = source_of_bytes(std::move(united));
    return {};
  }

  bool has_nameless(const schema::Document* child) const {
    const auto [first, last] = nameless_.equal_range(content_hash(child));
    for (auto known = first; known != last; ++known) {
      if (equal_documents(known->second, child)) return true;
    }
    return false;
  }

  std::vector<DocumentSource> children_;
  std::unordered_map<std::string_view, size_t> by_id_;
  std::unordered_multimap<uint64_t, const schema::Document*> nameless_;
};

Status unite_children(uint32_t field, const Documents& left, const Documents& right,
                      DocumentDraft& draft) {
  ChildrenUnion children;
  children.start_with(left);
  DAM_TRY(children.add(right));
  children.put_into(draft, field);
  return {};
}

}  // namespace

Result<std::vector<uint8_t>> united_document(const DocumentSource& left,
                                             const DocumentSource& right) {
  const FieldReader left_fields(left.document);
  const FieldReader right_fields(right.document);
  DocumentDraft draft;
  draft.take_all(right);
  for (const uint32_t level : {kId, kParentId, kGranularity, kAdjacency}) draft.take(level, left);
  for (uint32_t field = 0; field < kCount; field++) {
    const bool is_below = field == kChunks || field == kMatches;
    if (!left_fields.has(field) || field == kTags) continue;
    if (is_below && right_fields.has(field))
      DAM_TRY(unite_children(field, *left_fields.part<Documents>(field),
                             *right_fields.part<Documents>(field), draft));
    else
      draft.take(field, left);
  }
  draft.merge_tags_of(left);
  return draft.build();
}

}  // namespace dam
