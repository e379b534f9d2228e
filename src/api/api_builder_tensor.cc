// Building tensors, and the arithmetic of quantized ones by itself.
#include <cmath>

#include "api/arguments.h"
#include "api/field_argument.h"
#include "api/matrix_argument.h"
#include "api/open_builder.h"
#include "document/quantize.h"

using dam::FieldUse;
using dam::OpenBuilder;
using dam::Status;
using dam::TensorParts;

namespace dam {
namespace {

template <typename T>
Status take_values(const T* values, int64_t count, std::span<const T>& out) {
  DAM_TRY(take_count(count));
  if (count > 0) DAM_TRY(require(values, "values"));
  out = std::span<const T>(values, static_cast<size_t>(count));
  return {};
}

template <typename T>
Status append_shape(const uint32_t* shape, int64_t count, const char* name, std::vector<T>* out) {
  DAM_TRY(take_count(count));
  if (count > 0) DAM_TRY(require(shape, name));
  out->assign(shape, shape + count);
  return {};
}

// A tensor of one dimension, as long as its data.
TensorParts vector_of(schema::Dtype dtype, Bytes data) {
  TensorParts parts;
  parts.dtype = dtype;
  parts.shape = {static_cast<uint32_t>(data.size() / item_size(dtype))};
  parts.data.assign(data.begin(), data.end());
  return parts;
}

template <typename T>
Bytes bytes_of_values(std::span<const T> values) {
  return {reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()};
}

Status check_length(size_t count) {
  constexpr size_t kMost = 0x7fffffff / sizeof(float);
  if (count <= kMost) return {};
  return Status::error(Code::kTooBig, "%zu numbers are more than a document can hold", count);
}

// The tensor that is already there, to be changed.
Result<TensorParts*> take_present(DocumentDraft& draft, int32_t field) {
  DAM_ASSIGN(const uint32_t number, take_field(field, FieldUse::kTensor));
  TensorParts* parts = draft.tensor(number);
  if (parts == nullptr) return Status::absent();
  return parts;
}

struct TensorArgument {
  int32_t dtype;
  const uint32_t* shape;
  int64_t shape_count;
  Bytes data;
};

Status set_tensor(DocumentDraft& draft, uint32_t number, const TensorArgument& argument) {
  TensorParts parts;
  DAM_ASSIGN(parts.dtype, take_dtype(argument.dtype));
  DAM_TRY(append_shape(argument.shape, argument.shape_count, "shape", &parts.shape));
  if (!argument.data.empty()) DAM_TRY(require(argument.data.data(), "data"));
  parts.data.assign(argument.data.begin(), argument.data.end());
  draft.set_tensor(number, std::move(parts));
  return {};
}

Result<Quantization> take_quantization(double scale, int32_t zero_point) {
  const Quantization by = {static_cast<float>(scale), zero_point};
  if (std::isfinite(by.scale) && by.scale >= 0) return by;
  return Status::error(Code::kInvalidArgument, "scale is to be an f32 from 0 on, not %g", scale);
}

}  // namespace
}  // namespace dam

dam_status dam_builder_set_tensor(dam_builder* builder, int32_t field, int32_t dtype,
                                  const uint32_t* shape, int64_t shape_count, const void* data,
                                  size_t size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kTensor));
    const dam::Bytes bytes(static_cast<const uint8_t*>(data), size);
    return dam::set_tensor(open.draft, number, {dtype, shape, shape_count, bytes});
  });
}

dam_status dam_builder_set_floats(dam_builder* builder, int32_t field, const float* values,
                                  int64_t count) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kNumbers));
    std::span<const float> numbers;
    DAM_TRY(dam::take_values(values, count, numbers));
    DAM_TRY(dam::check_length(numbers.size()));
    if (number == dam::field::kLocation) {
      open.draft.set_location(numbers);
    } else {
      const dam::Bytes data = dam::bytes_of_values(numbers);
      open.draft.set_tensor(number, dam::vector_of(dam::schema::Dtype::F32, data));
    }
    return {};
  });
}

dam_status dam_builder_set_quantized(dam_builder* builder, int32_t field, const float* values,
                                     int64_t count) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kTensor));
    std::span<const float> numbers;
    DAM_TRY(dam::take_values(values, count, numbers));
    DAM_TRY(dam::check_length(numbers.size()));
    std::vector<int8_t> quantized(numbers.size());
    DAM_ASSIGN(const dam::Quantization by, dam::quantize(numbers, quantized));
    const dam::Bytes data = dam::bytes_of_values(std::span<const int8_t>(quantized));
    TensorParts parts = dam::vector_of(dam::schema::Dtype::I8, data);
    parts.scale = by.scale;
    parts.zero_point = by.zero_point;
    open.draft.set_tensor(number, std::move(parts));
    return {};
  });
}

dam_status dam_builder_set_sparse(dam_builder* builder, int32_t field, int32_t format,
                                  const uint32_t* indices, int64_t indices_count) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    if (format <= DAM_FORMAT_DENSE || format > DAM_FORMAT_BSR)
      return Status::error(dam::Code::kInvalidArgument, "format %d is no sparse one", format);
    DAM_ASSIGN(TensorParts * parts, dam::take_present(open.draft, field));
    std::vector<uint32_t> coordinates;
    DAM_TRY(dam::append_shape(indices, indices_count, "indices", &coordinates));
    parts->indices = std::move(coordinates);
    parts->has_indices = true;
    parts->format = static_cast<dam::schema::TensorFormat>(format);
    return {};
  });
}

dam_status dam_builder_set_quantization(dam_builder* builder, int32_t field, double scale,
                                        int32_t zero_point) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const dam::Quantization by, dam::take_quantization(scale, zero_point));
    DAM_ASSIGN(TensorParts * parts, dam::take_present(open.draft, field));
    parts->scale = by.scale;
    parts->zero_point = by.zero_point;
    return {};
  });
}

dam_status dam_quantize(const float* values, int64_t count, int8_t* out_quantized,
                        double* out_scale, int32_t* out_zero_point) {
  return dam::boundary([&]() -> Status {
    std::span<const float> numbers;
    DAM_TRY(dam::take_values(values, count, numbers));
    if (count > 0) DAM_TRY(dam::require(out_quantized, "out_quantized"));
    DAM_TRY(dam::require(out_scale, "out_scale"));
    DAM_TRY(dam::require(out_zero_point, "out_zero_point"));
    DAM_ASSIGN(const dam::Quantization by,
               dam::quantize(numbers, std::span(out_quantized, numbers.size())));
    *out_scale = static_cast<double>(by.scale);
    *out_zero_point = by.zero_point;
    return {};
  });
}

dam_status dam_dequantize(const int8_t* quantized, int64_t count, double scale, int32_t zero_point,
                          float* out_values) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::take_count(count));
    if (count > 0) DAM_TRY(dam::require(quantized, "quantized"));
    if (count > 0) DAM_TRY(dam::require(out_values, "out_values"));
    DAM_ASSIGN(const dam::Quantization by, dam::take_quantization(scale, zero_point));
    for (int64_t i = 0; i < count; ++i) out_values[i] = dam::dequantized<float>(quantized[i], by);
    return {};
  });
}
