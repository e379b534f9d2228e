// The fields of a document by number: as the schema counts them, and one less than DAM_FIELD_*.
#pragma once

#include <cstdint>

#include "document/document_generated.h"
#include "document/table_shape.h"

namespace dam {

namespace field {
enum Number : uint32_t {
  kId,
  kText,
  kTags,
  kEmbedding,
  kUri,
  kMimeType,
  kBuffer,
  kBlob,
  kParentId,
  kGranularity,
  kAdjacency,
  kWeight,
  kChunks,
  kMatches,
  kScores,
  kEvaluations,
  kModality,
  kLocation,
  kOffset,
  kLevelName,
  kSiblings,
  kMetaInfo,
  kCount
};
}  // namespace field

static_assert(field::kCount == kMaxFields);

constexpr uint32_t field_bit(uint32_t field) { return 1u << field; }

// The content: at most one of them is present.
inline constexpr uint32_t kContentFields =
    field_bit(field::kText) | field_bit(field::kBuffer) | field_bit(field::kBlob);

inline const FieldShape& field_shape(uint32_t field) { return kDocumentShape.fields[field]; }

// Reads a field of a verified document by its number.
class FieldReader {
 public:
  explicit FieldReader(const schema::Document* document)
      : table_(reinterpret_cast<const flatbuffers::Table*>(document)) {}

  bool has(uint32_t field) const { return table_->CheckField(field_shape(field).entry); }

  // What the field points to, which is a T: nullptr if it is absent.
  template <typename T>
  const T* part(uint32_t field) const {
    return table_->GetPointer<const T*>(field_shape(field).entry);
  }

  // The 4 bytes of a scalar that is present.
  uint32_t bits(uint32_t field) const {
    return table_->GetField<uint32_t>(field_shape(field).entry, 0);
  }

 private:
  const flatbuffers::Table* table_;
};

}  // namespace dam
