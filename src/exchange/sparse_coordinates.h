// Coordinates of sparse arrays as libraries write them: any integer, rows or columns, any order,
// some there twice.
#pragma once

#include <cstdint>

#include "base/status.h"
#include "document/tensor_table.h"

namespace dam {

// Fills the indices of `out`, which has its shape and values, from a tensor of integers: one
// coordinate after the other, or, if `columns` is not 0, all first numbers, then all second ones,
// `columns` each. kInvalidDocument unless they fit.
Status take_coordinates(const TensorParts& numbers, uint64_t columns, TensorParts& out);

// Values of one coordinate become their sum, which is what the libraries mean by them.
Status add_equal_coordinates(TensorParts& tensor);

}  // namespace dam
