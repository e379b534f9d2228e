// A deep copy of a table, whatever its kind, into a builder: each field that is present, and only
// those. Parts that the source shares are copied once for each place they are used in; only keys
// are shared again, as far as TagTableBuilder would share them.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/status.h"
#include "document/document_builder.h"
#include "document/table_shape.h"

namespace dam {

class TableCopy {
 public:
  explicit TableCopy(DocumentBuffer* builder) : builder_(builder) {}

  // A field of the outermost table that is not copied: the given offset takes its place, or
  // nothing if it is 0.
  void replace(uint16_t entry, flatbuffers::uoffset_t with) {
    replaced_entry_ = entry;
    replaced_with_ = with;
  }

  // `table` lies in a verified document. Answers its offset in the builder, or kTooBig.
  Result<flatbuffers::uoffset_t> copy(const void* table, const TableShape& shape);
  // What a field other than a scalar points to.
  Result<flatbuffers::uoffset_t> copy_field(const uint8_t* part, const FieldShape& field) {
    flatbuffers::uoffset_t copied = 0;
    DAM_TRY(copy_part(part, field, &copied));
    return copied;
  }

 private:
  // The copy of the keys at an address of the source.
  struct CopiedKeys {
    const uint8_t* from = nullptr;
    flatbuffers::uoffset_t to = 0;
    uint64_t bytes = 0;
  };

  Status copy_part(const uint8_t* part, const FieldShape& field, flatbuffers::uoffset_t* copied);
  Status copy_keys(const uint8_t* vector, flatbuffers::uoffset_t* copied);
  Status copy_elements(const uint8_t* vector, const FieldShape& field,
                       flatbuffers::uoffset_t* copied);

  DocumentBuffer* builder_;
  uint16_t replaced_entry_ = 0;
  flatbuffers::uoffset_t replaced_with_ = 0;
  std::vector<flatbuffers::uoffset_t> elements_;  // of the vectors being copied, innermost last
  std::array<CopiedKeys, 8> copied_keys_ = {};
  uint64_t shared_bytes_ = 0;
};

}  // namespace dam
