// An NdArrayProto of any release, as a tensor.
//
// Dense arrays in every byte order, the quantized ones of 2.0 to 2.3 multiplied out as those
// releases do, sparse ones of scipy and TensorFlow (a coordinate a row) and of PyTorch (a
// coordinate a column). What no tensor can be is refused by name.
#pragma once

#include <string_view>

#include "base/status.h"
#include "document/tensor_table.h"

namespace dam {

// kNotFound without a text for an array without content; kUnsupported for a dtype that documents
// do not have; kInvalidDocument where sizes do not agree. `out` is cleared first. May throw
// protozero::exception.
Status read_wire_tensor(std::string_view wire, TensorParts& out);

}  // namespace dam
