// Tensors of a document: in place, as numbers, and the arithmetic of quantized ones.
#include <limits>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "api/field_argument.h"
#include "document/tensor_numbers.h"

using dam::FieldUse;
using dam::Status;
using dam::TensorView;

namespace dam {
namespace {

// Absent: NOT_FOUND without a text.
Result<TensorView> take_tensor(const dam_document* document, int32_t field) {
  DAM_TRY(require(document, "document"));
  DAM_ASSIGN(const uint32_t number, take_field(field, FieldUse::kTensor));
  const auto* tensor = FieldReader(document->root()).part<schema::Tensor>(number);
  if (tensor == nullptr) return Status::absent();
  return view_of(tensor);
}

// The location, seen as a tensor, or a tensor itself.
Result<TensorView> take_numbers(const dam_document* document, int32_t field) {
  DAM_TRY(require(document, "document"));
  DAM_ASSIGN(const uint32_t number, take_field(field, FieldUse::kNumbers));
  if (number != field::kLocation) return take_tensor(document, field);
  const flatbuffers::Vector<float>* location = document->root()->location();
  if (location == nullptr) return Status::absent();
  TensorView view = {};
  view.data = Bytes(location->Data(), location->size() * sizeof(float));
  view.values = location->size();
  return view;
}

template <typename Number>
struct NumberTarget {
  Number* buffer;
  int64_t capacity;
  int64_t* out_count;
};

template <typename Number>
Status copy_numbers_to(const dam_document* document, int32_t field,
                       const NumberTarget<Number>& target) {
  DAM_TRY(require(target.out_count, "out_count"));
  DAM_TRY(take_count(target.capacity));
  if (target.capacity > 0) DAM_TRY(require(target.buffer, "buffer"));
  DAM_ASSIGN(const TensorView numbers, take_numbers(document, field));
  *target.out_count = static_cast<int64_t>(numbers.values);
  if (*target.out_count > target.capacity)
    return Status::error(
        Code::kTooBig, "%lld numbers are to be copied, the buffer has room for %lld",
        static_cast<long long>(*target.out_count), static_cast<long long>(target.capacity));
  copy_numbers(numbers, std::span<Number>(target.buffer, numbers.values));
  return {};
}

static_assert(DAM_DTYPE_F32 == static_cast<int>(schema::Dtype::F32) &&
              DAM_DTYPE_F64 == static_cast<int>(schema::Dtype::F64) &&
              DAM_DTYPE_F16 == static_cast<int>(schema::Dtype::F16) &&
              DAM_DTYPE_BF16 == static_cast<int>(schema::Dtype::BF16) &&
              DAM_DTYPE_I8 == static_cast<int>(schema::Dtype::I8) &&
              DAM_DTYPE_U8 == static_cast<int>(schema::Dtype::U8) &&
              DAM_DTYPE_I16 == static_cast<int>(schema::Dtype::I16) &&
              DAM_DTYPE_U16 == static_cast<int>(schema::Dtype::U16) &&
              DAM_DTYPE_I32 == static_cast<int>(schema::Dtype::I32) &&
              DAM_DTYPE_U32 == static_cast<int>(schema::Dtype::U32) &&
              DAM_DTYPE_I64 == static_cast<int>(schema::Dtype::I64) &&
              DAM_DTYPE_U64 == static_cast<int>(schema::Dtype::U64) &&
              DAM_DTYPE_BOOL == static_cast<int>(schema::Dtype::Bool));
static_assert(DAM_FORMAT_DENSE == static_cast<int>(schema::TensorFormat::Dense) &&
              DAM_FORMAT_COO == static_cast<int>(schema::TensorFormat::Coo) &&
              DAM_FORMAT_CSR == static_cast<int>(schema::TensorFormat::Csr) &&
              DAM_FORMAT_CSC == static_cast<int>(schema::TensorFormat::Csc) &&
              DAM_FORMAT_BSR == static_cast<int>(schema::TensorFormat::Bsr));

}  // namespace
}  // namespace dam

dam_status dam_document_tensor(const dam_document* document, int32_t field, int32_t* out_dtype,
                               const uint32_t** out_shape, int64_t* out_shape_count,
                               const void** out_data, size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_dtype, "out_dtype"));
    DAM_TRY(dam::require(out_shape, "out_shape"));
    DAM_TRY(dam::require(out_shape_count, "out_shape_count"));
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    DAM_ASSIGN(const TensorView tensor, dam::take_tensor(document, field));
    *out_dtype = static_cast<int32_t>(tensor.dtype);
    *out_shape = tensor.shape.data();
    *out_shape_count = static_cast<int64_t>(tensor.shape.size());
    *out_data = tensor.data.data();
    *out_size = tensor.data.size();
    return {};
  });
}

dam_status dam_document_sparse(const dam_document* document, int32_t field, int32_t* out_format,
                               const uint32_t** out_indices, int64_t* out_indices_count) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_format, "out_format"));
    DAM_TRY(dam::require(out_indices, "out_indices"));
    DAM_TRY(dam::require(out_indices_count, "out_indices_count"));
    DAM_ASSIGN(const TensorView tensor, dam::take_tensor(document, field));
    if (tensor.format == dam::schema::TensorFormat::Dense) return Status::absent();
    *out_format = static_cast<int32_t>(tensor.format);
    *out_indices = tensor.indices.data();
    *out_indices_count = static_cast<int64_t>(tensor.indices.size());
    return {};
  });
}

dam_status dam_document_quantization(const dam_document* document, int32_t field, double* out_scale,
                                     int32_t* out_zero_point) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_scale, "out_scale"));
    DAM_TRY(dam::require(out_zero_point, "out_zero_point"));
    DAM_ASSIGN(const TensorView tensor, dam::take_tensor(document, field));
    if (!tensor.scale) return Status::absent();
    *out_scale = static_cast<double>(*tensor.scale);
    *out_zero_point = tensor.zero_point;
    return {};
  });
}

dam_status dam_document_floats(const dam_document* document, int32_t field, float* buffer,
                               int64_t capacity, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    return dam::copy_numbers_to<float>(document, field, {buffer, capacity, out_count});
  });
}

dam_status dam_document_doubles(const dam_document* document, int32_t field, double* buffer,
                                int64_t capacity, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    return dam::copy_numbers_to<double>(document, field, {buffer, capacity, out_count});
  });
}
