// Members in ascending order: data, dtype, format, indices, scale, shape, zero_point.
#include "document/json_tensor.h"

#include <algorithm>

#include "document/base64.h"
#include "document/json_number.h"

namespace dam {
namespace {

using schema::Dtype;

void append_value(const TensorView& tensor, uint64_t index, std::string* out) {
  const uint8_t* at = tensor.data.data() + index * item_size(tensor.dtype);
  switch (tensor.dtype) {
    case Dtype::F32:
      append_real(load<float>(at), out);
      break;
    case Dtype::F64:
      append_real(load<double>(at), out);
      break;
    case Dtype::F16:
      append_real(float_of_f16(load<uint16_t>(at)), out);
      break;
    case Dtype::BF16:
      append_real(float_of_bf16(load<uint16_t>(at)), out);
      break;
    case Dtype::I8:
      append_int(load<int8_t>(at), out);
      break;
    case Dtype::U8:
      append_int(load<uint8_t>(at), out);
      break;
    case Dtype::I16:
      append_int(load<int16_t>(at), out);
      break;
    case Dtype::U16:
      append_int(load<uint16_t>(at), out);
      break;
    case Dtype::I32:
      append_int(load<int32_t>(at), out);
      break;
    case Dtype::U32:
      append_int(load<uint32_t>(at), out);
      break;
    case Dtype::I64:
      append_int(load<int64_t>(at), out);
      break;
    case Dtype::U64:
      append_uint(load<uint64_t>(at), out);
      break;
    case Dtype::Bool:
      *out += *at ? "true" : "false";
      break;
  }
}

template <typename Append>
void append_list(uint64_t count, Append append, std::string* out) {
  *out += '[';
  for (uint64_t i = 0; i < count; i++) {
    if (i > 0) *out += ',';
    append(i);
  }
  *out += ']';
}

// Row by row: lists open and close where the index is a multiple of their size.
void append_nested(const TensorView& tensor, std::string* out) {
  size_t depth = tensor.shape.size();
  for (uint64_t i = 0; i < tensor.values; i++) {
    size_t opened = 0;
    for (uint64_t size = 1; opened < depth; opened++) {
      size *= tensor.shape[depth - 1 - opened];
      if (i % size != 0) break;
    }
    if (i > 0) {
      out->append(opened, ']');
      *out += ',';
    }
    out->append(opened, '[');
    append_value(tensor, i, out);
  }
  out->append(depth, ']');
}

// Whether bare lists read back as this very tensor.
bool has_bare_form(const TensorView& tensor) {
  constexpr size_t kMaxBareDimensions = 32;
  return tensor.dtype == Dtype::F32 && tensor.format == schema::TensorFormat::Dense &&
         !tensor.scale && tensor.values > 0 && !tensor.shape.empty() &&
         tensor.shape.size() <= kMaxBareDimensions;
}

}  // namespace

void append_tensor(const TensorView& tensor, bool plain_lists, std::string* out) {
  if (plain_lists && has_bare_form(tensor)) {
    append_nested(tensor, out);
    return;
  }
  *out += "{\"data\":";
  if (plain_lists) {
    append_list(tensor.values, [&](uint64_t i) { append_value(tensor, i, out); }, out);
  } else {
    *out += '"';
    append_base64(tensor.data, out);
    *out += '"';
  }
  *out += ",\"dtype\":\"";
  *out += dtype_name(tensor.dtype);
  *out += '"';
  if (tensor.format != schema::TensorFormat::Dense) {
    *out += ",\"format\":\"";
    *out += format_name(tensor.format);
    *out += "\",\"indices\":";
    append_list(
        tensor.indices.size(), [&](uint64_t i) { append_uint(tensor.indices[i], out); }, out);
  }
  if (tensor.scale) {
    *out += ",\"scale\":";
    append_real(*tensor.scale, out);
  }
  *out += ",\"shape\":";
  append_list(tensor.shape.size(), [&](uint64_t i) { append_uint(tensor.shape[i], out); }, out);
  if (tensor.zero_point != 0) {
    *out += ",\"zero_point\":";
    append_int(tensor.zero_point, out);
  }
  *out += '}';
}

}  // namespace dam
