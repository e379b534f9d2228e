// The tables of document.fbs as data: which fields they have, and what lies behind each.
//
// Verification and copying walk documents by these shapes, so that each of them is one loop and a
// new field is one line. Fields unknown here (of a newer schema) are not seen.
#pragma once

#include <cstdint>
#include <span>

namespace dam {

// kKeys are texts that ascend; tables of tags may share them.
enum class FieldKind : uint8_t { kScalar, kText, kScalars, kTexts, kKeys, kTable, kTables };

struct TableShape;

struct FieldShape {
  const char* name;
  uint16_t entry;  // offset of the field's entry in a vtable
  FieldKind kind;
  uint8_t width;            // bytes of a scalar, or of one of kScalars
  uint8_t alignment;        // of the first element, as libdam's builders lay it out
  const TableShape* table;  // of kTable and kTables
};

struct TableShape {
  const char* name;
  std::span<const FieldShape> fields;  // ascending by entry
};

extern const TableShape kDocumentShape;
extern const TableShape kTensorShape;
extern const TableShape kTagsShape;
extern const TableShape kBufferShape;
extern const TableShape kNamedScoreShape;

inline constexpr size_t kMaxFields = 22;  // of any shape

}  // namespace dam
