// A document that changes: some fields set anew, the others taken from stored documents.
//
// What is taken is not copied before the document is built: a field remembers the document it comes
// from, whose memory its `pin` keeps. Building does not end a draft; it may change and be built
// again. Threads: one at a time.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "document/document_field.h"
#include "document/score_draft.h"
#include "document/tag_draft.h"
#include "document/tensor_table.h"

namespace dam {

// A verified document, and what keeps its memory.
struct DocumentSource {
  std::shared_ptr<const void> pin;
  const schema::Document* document;
};

// A document below. One that was added takes its levels from the document that is built; one that
// a source had there is kept as it is.
struct ChildDraft {
  const schema::Document* document;
  bool is_added;
};

using ChildrenDraft = std::vector<ChildDraft>;

class DocumentDraft {
 public:
  // Every field of `source`, those here are dropped.
  void take_all(const DocumentSource& source);
  // One field of `source`; if it has none, this one has none either.
  void take(uint32_t field, const DocumentSource& source);
  void clear(uint32_t field) { values_[field] = std::monostate(); }
  bool has(uint32_t field) const { return values_[field].index() != 0; }

  // A content clears the others. kInvalidArgument for text that is not UTF-8, and for what cannot
  // be an id.
  Status set_text(uint32_t field, std::string_view text);
  void set_bytes(uint32_t field, Bytes bytes);
  void set_bits(uint32_t field, uint32_t bits) { values_[field] = bits; }
  void set_location(std::span<const float> numbers);
  void set_tensor(uint32_t field, TensorParts tensor);

  // As put_tag and remove_tag. A failure changes nothing.
  Status set_tag(const PathParts& path, TagNode value);
  Status clear_tag(const PathParts& path);
  void merge_tags_of(const DocumentSource& source);
  // As reach_score; `change` is called with the score.
  template <typename Change>
  Status change_score(uint32_t field, const PathParts& path, Change change) {
    const bool was_there = has(field);
    Result<ScoreNode*> score = reach_score(scores(field), path);
    if (score.ok()) change(*score.value());
    if (!score.ok() && !was_there) clear(field);
    return score.status();
  }
  // A tensor to be changed in place; nullptr if there is none.
  TensorParts* tensor(uint32_t field);
  void add_child(uint32_t field, const DocumentSource& child);
  // The same without giving it other levels.
  void keep_child(uint32_t field, const DocumentSource& child);
  // Negative positions count from the end. kNotFound without a text if the field is absent,
  // kOutOfRange for a position that is none.
  Status remove_child(uint32_t field, int64_t position);

  // The finished document, verified, a multiple of 8 bytes long.
  Result<std::vector<uint8_t>> build() const;

 private:
  friend class DraftBuild;

  using Value = std::variant<std::monostate, const schema::Document*, uint32_t, std::string,
                             std::vector<uint8_t>, std::vector<float>, TensorParts, TagNode,
                             ScoreNodes, ChildrenDraft>;

  const schema::Document* taken_from(uint32_t field) const;
  // To be changed: what is taken is loaded, what is absent made.
  TagNode* tags();
  ScoreNodes* scores(uint32_t field);
  ChildrenDraft* children(uint32_t field);
  void clear_other_contents(uint32_t field);
  void keep(const DocumentSource& source);

  std::array<Value, kMaxFields> values_;
  std::vector<std::shared_ptr<const void>> pins_;
};

}  // namespace dam
