// Numbers that a caller passes as one matrix: dtype, shape and bytes.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"
#include "document/document_view.h"

namespace dam {

Result<schema::Dtype> take_dtype(int32_t dtype);

// As it comes.
struct MatrixArgument {
  int32_t dtype;
  const uint32_t* shape;
  int64_t shape_count;
  const void* data;
  size_t size;
};

// As it is used: the bytes are the caller's, at any address.
struct Matrix {
  schema::Dtype dtype = schema::Dtype::F32;
  uint64_t rows = 0;
  uint32_t dim = 0;
  Bytes data;

  // One row as a tensor; it shows the matrix, which must stay where it is.
  TensorView row(uint64_t index) const;
};

// One row of a shape of one number, as many as the first of two says. INVALID_ARGUMENT where data
// and shape do not fit, and for a bool that is neither 0 nor 1.
Result<Matrix> take_matrix(const MatrixArgument& argument);

}  // namespace dam
