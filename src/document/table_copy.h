// A deep copy of a table, whatever its kind, into a builder: each field that is present, and only
// those. Parts that the source shares are copied once for each place they are used in.
#pragma once

#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_generated.h"
#include "document/table_shape.h"

namespace dam {

class TableCopy {
 public:
  explicit TableCopy(flatbuffers::FlatBufferBuilder* builder) : builder_(builder) {}

  // A field of the outermost table that is not copied: the given offset takes its place, or
  // nothing if it is 0.
  void replace(uint16_t entry, flatbuffers::uoffset_t with) {
    replaced_entry_ = entry;
    replaced_with_ = with;
  }

  // `table` lies in a verified document. Answers its offset in the builder, or kTooBig.
  Result<flatbuffers::uoffset_t> copy(const void* table, const TableShape& shape);

 private:
  Status copy_part(const uint8_t* part, const FieldShape& field, flatbuffers::uoffset_t* copied);
  Status copy_elements(const uint8_t* vector, const FieldShape& field,
                       flatbuffers::uoffset_t* copied);

  flatbuffers::FlatBufferBuilder* builder_;
  uint16_t replaced_entry_ = 0;
  flatbuffers::uoffset_t replaced_with_ = 0;
  std::vector<flatbuffers::uoffset_t> elements_;  // of the vectors being copied, innermost last
};

}  // namespace dam
