// The names that numpy gives to types of numbers ("<f4"), as dtypes of documents.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_generated.h"

namespace dam {

struct WireArrayType {
  schema::Dtype dtype;
  bool is_swapped;  // its bytes are big-endian
};

// kUnsupported for a type without counterpart: complex numbers, text, dates, structures.
Result<WireArrayType> array_type_of(std::string_view name);

// The long form, as quantized arrays have it ("float32"): nothing for all but floats.
Result<schema::Dtype> float_type_of(std::string_view name);

// Reverses the bytes of each item.
void swap_bytes(std::vector<uint8_t>& data, size_t item_bytes);

}  // namespace dam
