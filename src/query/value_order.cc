#include "query/value_order.h"

namespace dam {

std::partial_ordering order_of_numbers(int64_t integer, double real) {
  constexpr double kBeyond = 9223372036854775808.0;  // 2^63
  if (real >= kBeyond) return std::partial_ordering::less;
  if (real < -kBeyond) return std::partial_ordering::greater;
  if (real != real) return std::partial_ordering::unordered;
  const auto whole = static_cast<int64_t>(real);
  if (integer != whole) return integer <=> whole;
  // Where an integer loses bits as a double, a double has no fraction; so this is exact.
  return static_cast<double>(whole) <=> real;
}

namespace {

std::partial_ordering order_of_reals(const FieldValue& left, const FieldValue& right) {
  if (left.kind == right.kind) return left.real <=> right.real;
  if (left.kind == ValueKind::kInteger) return order_of_numbers(left.integer, right.real);
  return 0 <=> order_of_numbers(right.integer, left.real);
}

bool is_number(const FieldValue& value) {
  return value.kind == ValueKind::kInteger || value.kind == ValueKind::kReal;
}

}  // namespace

std::partial_ordering order_of_values(const FieldValue& left, const FieldValue& right) {
  if (left.kind != right.kind) {
    return is_number(left) && is_number(right) ? order_of_reals(left, right)
                                               : std::partial_ordering::unordered;
  }
  switch (left.kind) {
    case ValueKind::kNull:
      return std::partial_ordering::equivalent;
    case ValueKind::kBoolean:
    case ValueKind::kInteger:
      return left.integer <=> right.integer;
    case ValueKind::kReal:
      return left.real <=> right.real;
    case ValueKind::kText:
    case ValueKind::kBytes:
      return left.text <=> right.text;
    default:
      return std::partial_ordering::unordered;
  }
}

}  // namespace dam
