#include "api/matrix_argument.h"

#include <algorithm>

#include "api/arguments.h"

namespace dam {
namespace {

Status check_size(const Matrix& matrix, size_t size) {
  uint64_t wanted = 0;
  const bool overflows = __builtin_mul_overflow(matrix.rows, uint64_t{matrix.dim}, &wanted) ||
                         __builtin_mul_overflow(wanted, uint64_t{item_size(matrix.dtype)}, &wanted);
  if (!overflows && wanted == size) return {};
  return Status::error(Code::kInvalidArgument, "%llu x %u of %s are not %zu bytes",
                       static_cast<unsigned long long>(matrix.rows), matrix.dim,
                       dtype_name(matrix.dtype), size);
}

}  // namespace

Result<schema::Dtype> take_dtype(int32_t dtype) {
  if (dtype < 0 || dtype > static_cast<int32_t>(schema::Dtype::MAX))
    return Status::error(Code::kInvalidArgument, "dtype %d is not known", dtype);
  return static_cast<schema::Dtype>(dtype);
}

TensorView Matrix::row(uint64_t index) const {
  const size_t row_bytes = size_t{dim} * item_size(dtype);
  const Bytes bytes = data.subspan(index * row_bytes, row_bytes);
  return {dtype, schema::TensorFormat::Dense, {&dim, 1}, {}, bytes, dim, std::nullopt, 0};
}

Result<Matrix> take_matrix(const MatrixArgument& argument) {
  Matrix matrix;
  DAM_ASSIGN(matrix.dtype, take_dtype(argument.dtype));
  if (argument.shape_count != 1 && argument.shape_count != 2)
    return Status::error(Code::kInvalidArgument, "a matrix has 1 or 2 dimensions, not %lld",
                         static_cast<long long>(argument.shape_count));
  DAM_TRY(require(argument.shape, "shape"));
  if (argument.size > 0) DAM_TRY(require(argument.data, "data"));
  matrix.rows = argument.shape_count == 2 ? argument.shape[0] : 1;
  matrix.dim = argument.shape[argument.shape_count - 1];
  matrix.data = {static_cast<const uint8_t*>(argument.data), argument.size};
  DAM_TRY(check_size(matrix, argument.size));
  const auto is_bool = [](uint8_t byte) { return byte <= 1; };
  if (matrix.dtype == schema::Dtype::Bool && !std::ranges::all_of(matrix.data, is_bool))
    return Status::error(Code::kInvalidArgument, "a bool of the matrix is neither 0 nor 1");
  return matrix;
}

}  // namespace dam
