// The values of a tensor as floats or doubles, whatever its dtype; quantized ones multiplied out.
#pragma once

#include <span>

#include "document/document_view.h"

namespace dam {

// `out` has room for tensor.values numbers. Values that the type cannot hold are rounded to the
// nearest it can.
void copy_numbers(const TensorView& tensor, std::span<float> out);
void copy_numbers(const TensorView& tensor, std::span<double> out);

}  // namespace dam
