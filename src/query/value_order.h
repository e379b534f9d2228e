// How two values compare: numbers by value whatever their type, texts and bytes byte by byte.
#pragma once

#include <compare>
#include <cstdint>

#include "query/field_value.h"

namespace dam {

// Exact: no integer is rounded on the way. Unordered against NaN.
std::partial_ordering order_of_numbers(int64_t integer, double real);

// Unordered for values of unlike types, for missing ones, and for what has no order: NaN, and all
// that is more than one value.
std::partial_ordering order_of_values(const FieldValue& left, const FieldValue& right);

}  // namespace dam
