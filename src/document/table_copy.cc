// FlatBuffers are built from the leaves up: first all parts of a table, then the table itself,
// wide fields first so that none needs padding.
#include "document/table_copy.h"

#include <array>
#include <utility>

#include "base/bytes.h"
#include "document/document_builder.h"

namespace dam {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::uoffset_t;

const uint8_t* follow(const uint8_t* from) { return from + load<uint32_t>(from); }

void add_scalar(FlatBufferBuilder* builder, const FieldShape& field, const uint8_t* from) {
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

uoffset_t copy_scalars(FlatBufferBuilder* builder, const FieldShape& field, const uint8_t* vector) {
  size_t count = load<uint32_t>(vector), bytes = count * field.width;
  builder->ForceVectorAlignment(bytes, 1, field.alignment);
  builder->StartVector(count, field.width);
  builder->PushBytes(vector + 4, bytes);
  return builder->EndVector(count);
}

}  // namespace

Result<uoffset_t> TableCopy::copy(const void* table, const TableShape& shape) {
  const auto* source = static_cast<const uint8_t*>(table);
  const uint8_t* vtable = source - load<int32_t>(source);
  uint16_t vtable_size = load<uint16_t>(vtable);
  std::array<uoffset_t, kMaxFields> parts = {};  // copies, by field
  uint16_t replaced_entry = std::exchange(replaced_entry_, uint16_t{0});
  uoffset_t replaced_with = replaced_with_;
  auto distance_of = [&](const FieldShape& field) -> uint16_t {
    return field.entry < vtable_size ? load<uint16_t>(vtable + field.entry) : uint16_t{0};
  };
  for (size_t i = 0; i < shape.fields.size(); i++) {
    const FieldShape& field = shape.fields[i];
    uint16_t distance = distance_of(field);
    if (field.entry == replaced_entry) {
      parts[i] = replaced_with;
    } else if (distance != 0 && field.kind != FieldKind::kScalar) {
      DAM_TRY(copy_part(follow(source + distance), field, &parts[i]));
    }
  }
  DAM_TRY(check_room(*builder_, 0));
  uoffset_t start = builder_->StartTable();
  for (int width : {8, 4, 1}) {
    for (size_t i = 0; i < shape.fields.size(); i++) {
      const FieldShape& field = shape.fields[i];
      if (field.kind == FieldKind::kScalar) {
        uint16_t distance = distance_of(field);
        if (field.width == width && distance != 0) add_scalar(builder_, field, source + distance);
      } else if (width == 4 && parts[i] != 0) {
        builder_->AddOffset(field.entry, Offset<void>(parts[i]));
      }
    }
  }
  return builder_->EndTable(start);
}

Status TableCopy::copy_part(const uint8_t* part, const FieldShape& field, uoffset_t* copied) {
  uint64_t count = load<uint32_t>(part);
  switch (field.kind) {
    case FieldKind::kText:
      DAM_TRY(check_room(*builder_, count));
      *copied = builder_->CreateString(reinterpret_cast<const char*>(part + 4), count).o;
      return {};
    case FieldKind::kScalars:
      DAM_TRY(check_room(*builder_, count * field.width));
      *copied = copy_scalars(builder_, field, part);
      return {};
    case FieldKind::kTable: {
      DAM_ASSIGN(*copied, copy(part, *field.table));
      return {};
    }
    default:
      return copy_elements(part, field, copied);
  }
}

Status TableCopy::copy_elements(const uint8_t* vector, const FieldShape& field, uoffset_t* copied) {
  uint32_t count = load<uint32_t>(vector);
  size_t first = elements_.size();
  FieldShape element = field;
  element.kind = field.kind == FieldKind::kTexts ? FieldKind::kText : FieldKind::kTable;
  for (uint32_t i = 0; i < count; i++) {
    uoffset_t offset = 0;
    DAM_TRY(copy_part(follow(vector + 4 + size_t{4} * i), element, &offset));
    elements_.push_back(offset);
  }
  DAM_TRY(check_room(*builder_, uint64_t{4} * count));
  builder_->StartVector(count, 4);
  for (uint32_t i = count; i-- > 0;) builder_->PushElement(Offset<void>(elements_[first + i]));
  *copied = builder_->EndVector(count);
  elements_.resize(first);
  return {};
}

}  // namespace dam
