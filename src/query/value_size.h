// How many elements a value has: what $size compares.
#pragma once

#include <cstdint>

#include "query/field_value.h"

namespace dam {

// Characters of a text, bytes of bytes, elements of a list, a map or a field that is a list; -1 for
// a value without elements.
int64_t size_of_value(const FieldValue& value);

}  // namespace dam
