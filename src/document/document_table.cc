#include "document/document_table.h"

#include <bit>

namespace dam {

flatbuffers::uoffset_t DocumentTable::build(DocumentBuffer* builder) const {
  flatbuffers::uoffset_t start = builder->StartTable();
  for (uint32_t left = present; left != 0; left &= left - 1) {
    auto field = static_cast<uint32_t>(std::countr_zero(left));
    const FieldShape& shape = field_shape(field);
    if (shape.kind == FieldKind::kScalar)
      builder->AddElement(shape.entry, values[field]);
    else
      builder->AddOffset(shape.entry, flatbuffers::Offset<void>(values[field]));
  }
  return builder->EndTable(start);
}

}  // namespace dam
