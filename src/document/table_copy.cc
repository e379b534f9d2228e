// FlatBuffers are built from the leaves up: first all parts of a table, then the table itself,
// wide fields first so that none needs padding.
#include "document/table_copy.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "document/document_builder.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;

const uint8_t* follow(const uint8_t* from) { return from + load<uint32_t>(from); }

void add_scalar(DocumentBuffer* builder, const FieldShape& field, const uint8_t* from) {
  switch (field.width) {
    case 1:
      builder->AddElement(field.entry, load<uint8_t>(from));
      break;
    case 4:
      builder->AddElement(field.entry, load<uint32_t>(from));
      break;
    default:
      builder->AddElement(field.entry, load<uint64_t>(from));
      break;
  }
}

uoffset_t copy_scalars(DocumentBuffer* builder, const FieldShape& field, const uint8_t* vector) {
  size_t count = load<uint32_t>(vector);
  uint8_t* to = builder->add_vector(count, field.width, field.alignment);
  std::copy_n(vector + 4, count * field.width, to);
  return builder->GetSize();
}

// A field that a table has.
struct PresentField {
  const FieldShape* shape;
  const uint8_t* from;
  uoffset_t part = 0;  // its copy, unless a scalar
};

int width_of(const FieldShape& shape) { return shape.kind == FieldKind::kScalar ? shape.width : 4; }

void write_fields(DocumentBuffer* builder, std::span<const PresentField> fields) {
  for (int width : {8, 4, 1}) {
    for (const PresentField& field : fields) {
      const FieldShape& shape = *field.shape;
      if (width_of(shape) != width) continue;
      if (shape.kind == FieldKind::kScalar)
        add_scalar(builder, shape, field.from);
      else
        builder->AddOffset(shape.entry, Offset<void>(field.part));
    }
  }
}

}  // namespace

Result<uoffset_t> TableCopy::copy(const void* table, const TableShape& shape) {
  const auto* source = static_cast<const uint8_t*>(table);
  const uint8_t* vtable = source - load<int32_t>(source);
  uint16_t vtable_size = load<uint16_t>(vtable);
  std::array<PresentField, kMaxFields> fields;
  size_t count = 0;
  uint16_t replaced_entry = std::exchange(replaced_entry_, uint16_t{0});
  for (const FieldShape& field : shape.fields) {
    bool is_replaced = field.entry == replaced_entry;
    if (field.entry >= vtable_size && !is_replaced) continue;
    uint16_t distance = is_replaced ? uint16_t{0} : load<uint16_t>(vtable + field.entry);
    if (distance == 0 && !(is_replaced && replaced_with_ != 0)) continue;
    PresentField& present = fields[count++];
    present = {&field, source + distance, replaced_with_};
    if (is_replaced || field.kind == FieldKind::kScalar) continue;
    DAM_TRY(copy_part(follow(present.from), field, &present.part));
  }
  DAM_TRY(check_room(*builder_, 0));
  uoffset_t start = builder_->StartTable();
  write_fields(builder_, {fields.data(), count});
  return builder_->EndTable(start);
}

Status TableCopy::copy_part(const uint8_t* part, const FieldShape& field, uoffset_t* copied) {
  uint64_t count = load<uint32_t>(part);
  switch (field.kind) {
    case FieldKind::kText:
      DAM_TRY(check_room(*builder_, count));
      *copied = builder_->add_text({reinterpret_cast<const char*>(part + 4), count});
      return {};
    case FieldKind::kScalars:
      DAM_TRY(check_room(*builder_, count * field.width));
      *copied = copy_scalars(builder_, field, part);
      return {};
    case FieldKind::kKeys:
      return copy_keys(part, copied);
    case FieldKind::kTable: {
      DAM_ASSIGN(*copied, copy(part, *field.table));
      return {};
    }
    default:
      return copy_elements(part, field, copied);
  }
}

Status TableCopy::copy_keys(const uint8_t* vector, uoffset_t* copied) {
  CopiedKeys& known = copied_keys_[reinterpret_cast<uintptr_t>(vector) / 4 % copied_keys_.size()];
  if (known.from == vector && shared_bytes_ + known.bytes <= builder_->GetSize()) {
    shared_bytes_ += known.bytes;
    *copied = known.to;
    return {};
  }
  uint64_t size = builder_->GetSize();
  FieldShape texts = {nullptr, 0, FieldKind::kTexts, 4, 4, nullptr};
  DAM_TRY(copy_elements(vector, texts, copied));
  known = {vector, *copied, builder_->GetSize() - size};
  return {};
}

Status TableCopy::copy_elements(const uint8_t* vector, const FieldShape& field, uoffset_t* copied) {
  uint32_t count = load<uint32_t>(vector);
  size_t first = elements_.size();
  bool is_text = field.kind == FieldKind::kTexts;
  FieldShape element = {field.name, 0, is_text ? FieldKind::kText : FieldKind::kTable,
                        4,          4, field.table};
  for (uint32_t i = 0; i < count; i++) {
    uoffset_t offset = 0;
    DAM_TRY(copy_part(follow(vector + 4 + size_t{4} * i), element, &offset));
    elements_.push_back(offset);
  }
  DAM_TRY(check_room(*builder_, uint64_t{4} * count));
  uint8_t* to = builder_->add_vector(count, 4);
  *copied = builder_->GetSize();
  for (uint32_t i = 0; i < count; i++)
    store(to + size_t{4} * i, *copied - 4 * (i + 1) - elements_[first + i]);
  elements_.resize(first);
  return {};
}

}  // namespace dam
