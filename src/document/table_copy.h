// A deep copy of a table, whatever its kind, into a builder: each field that is present, and only
// those. Parts that the source shares are copied once for each place they are used in.
#pragma once

#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_generated.h"
#include "document/table_shape.h"

namespace dam {

// Starts a document in an empty builder so that its bytes end up a multiple of 8 long, with
// 8-byte values aligned.
void begin_document(flatbuffers::FlatBufferBuilder* builder);

class TableCopy {
 public:
  // The copy makes the builder at most `limit` bytes large.
  TableCopy(flatbuffers::FlatBufferBuilder* builder, uint64_t limit)
      : builder_(builder), limit_(limit) {}

  // A field of the outermost table that is not copied: the given offset takes its place, or
  // nothing if it is 0.
  void replace(uint16_t entry, flatbuffers::uoffset_t with) {
    replaced_entry_ = entry;
    replaced_with_ = with;
  }

  // `table` lies in a verified document. Answers its offset in the builder.
  Result<flatbuffers::uoffset_t> copy(const void* table, const TableShape& shape);

 private:
  Status reserve(uint64_t bytes);
  Status copy_part(const uint8_t* part, const FieldShape& field, flatbuffers::uoffset_t* copied);
  Status copy_elements(const uint8_t* vector, const FieldShape& field,
                       flatbuffers::uoffset_t* copied);

  flatbuffers::FlatBufferBuilder* builder_;
  uint64_t limit_;
  uint16_t replaced_entry_ = 0;
  flatbuffers::uoffset_t replaced_with_ = 0;
  std::vector<flatbuffers::uoffset_t> elements_;  // of the vectors being copied, innermost last
};

}  // namespace dam
