// The table of one document while it is built: a number for each field that is present.
#pragma once

#include <array>
#include <cstdint>

#include "document/document_builder.h"
#include "document/document_field.h"

namespace dam {

// A value is the offset of a part that is in the builder already, or the bits of a scalar.
struct DocumentTable {
  std::array<uint32_t, kMaxFields> values = {};
  uint32_t present = 0;  // fields, by bit

  void set(uint32_t field, uint32_t value) {
    values[field] = value;
    present |= field_bit(field);
  }
  bool has(uint32_t field) const { return (present & field_bit(field)) != 0; }

  flatbuffers::uoffset_t build(DocumentBuffer* builder) const;
};

}  // namespace dam
