// The value that a dotted path leads to in a document, read where it lies.
//
// A path is parsed once and read from any number of documents: no allocation, no copy. It begins
// with the name of a field and goes on as far as the field has something below it: `text`,
// `tags.size.grams`, `chunks.0.tags.n`, `scores.cosine.value`, `embedding.shape.0`, `location.1`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_generated.h"

namespace dam {

enum class ValueKind : uint8_t {
  kMissing,
  kNull,
  kBoolean,
  kInteger,
  kReal,
  kText,
  kBytes,
  kList,  // of tags, as kMap
  kMap,
  kTensor,
  kNumbers,    // location
  kDocuments,  // chunks, matches
  kDocument,   // one of them
  kScores,
  kScore
};

// Points into the document; names of kinds point to constants. Nothing of it lies in the path.
struct FieldValue {
  using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;
  using Scores = flatbuffers::Vector<flatbuffers::Offset<schema::NamedScore>>;

  ValueKind kind = ValueKind::kMissing;
  int64_t integer = 0;         // kInteger; kBoolean as 0 or 1
  double real = 0;             // kReal
  std::string_view text;       // kText, and kBytes as they are
  const void* part = nullptr;  // the others: what the calls below give
  bool scores_by_name = true;  // of kScores: not operands, which are a list

  bool is_missing() const { return kind == ValueKind::kMissing; }
  const schema::Tags* tags() const { return static_cast<const schema::Tags*>(part); }
  const schema::Tensor* tensor() const { return static_cast<const schema::Tensor*>(part); }
  const flatbuffers::Vector<float>* numbers() const {
    return static_cast<const flatbuffers::Vector<float>*>(part);
  }
  const Documents* documents() const { return static_cast<const Documents*>(part); }
  const schema::Document* document() const { return static_cast<const schema::Document*>(part); }
  const Scores* scores() const { return static_cast<const Scores*>(part); }
  const schema::NamedScore* score() const { return static_cast<const schema::NamedScore*>(part); }
};

class FieldPath {
 public:
  // Where the keys of a path were in the map of an earlier document: those of the next are tried
  // there first. One for each path and thread, made by hints(); empty ones give none.
  using Hints = std::vector<uint32_t>;

  // kInvalidArgument, naming the part that is wrong, for a path that no document can have.
  static Result<FieldPath> parse(std::string_view text);

  Hints hints() const { return Hints(parts_.size()); }

  // Missing when the document has nothing there. Absent granularity and adjacency are 0.
  FieldValue read(const schema::Document* document, Hints* hints = nullptr) const;

  // As it was parsed.
  const std::string& text() const { return text_; }

 private:
  struct Part {
    std::string key;
    uint32_t index = UINT32_MAX;  // of a list, if the key can be one
    uint32_t number = 0;          // of a field of documents, scores or tensors
  };

  Status resolve_documents();
  Status resolve_below(size_t field_part);
  Status resolve_score(size_t name);
  Status resolve_tensor(size_t first);
  Status wrong_part(size_t part, const char* why) const;
  FieldValue read_field(const schema::Document* document, size_t part) const;
  FieldValue read_tags(const schema::Tags* tags, size_t part, Hints* hints) const;
  FieldValue read_scores(const FieldValue::Scores* scores, size_t part) const;
  FieldValue read_tensor(const schema::Tensor* tensor, size_t part) const;
  FieldValue read_location(const flatbuffers::Vector<float>* location, size_t part) const;

  std::string text_;
  std::vector<Part> parts_;
};

}  // namespace dam
