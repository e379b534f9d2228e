// Values are compared exactly, and only with their like.
#include "query/value_order.h"

#include <cmath>
#include <limits>

#include "unit/cmocka_cpp.h"

namespace {

using dam::FieldValue;
using dam::ValueKind;
using Order = std::partial_ordering;

FieldValue integer(int64_t value) {
  FieldValue made;
  made.kind = ValueKind::kInteger;
  made.integer = value;
  return made;
}

FieldValue real(double value) {
  FieldValue made;
  made.kind = ValueKind::kReal;
  made.real = value;
  return made;
}

FieldValue text(std::string_view value, ValueKind kind = ValueKind::kText) {
  FieldValue made;
  made.kind = kind;
  made.text = value;
  return made;
}

FieldValue other(ValueKind kind, int64_t value = 0) {
  FieldValue made;
  made.kind = kind;
  made.integer = value;
  return made;
}

void assert_order(const FieldValue& left, const FieldValue& right, Order wanted) {
  assert_true(dam::order_of_values(left, right) == wanted);
  assert_true(dam::order_of_values(right, left) == (0 <=> wanted));
}

void integers_and_doubles_compare_by_value(void**) {
  const int64_t kExact = int64_t{1} << 53;
  const auto kRounded = static_cast<double>(kExact);
  assert_order(integer(2), real(2.0), Order::equivalent);
  assert_order(integer(2), real(2.5), Order::less);
  assert_order(integer(-2), real(-2.5), Order::greater);
  assert_order(integer(0), real(-0.0), Order::equivalent);
  assert_order(integer(kExact), real(kRounded), Order::equivalent);
  assert_order(integer(kExact + 1), real(kRounded), Order::greater);
  assert_order(integer(-kExact - 1), real(-kRounded), Order::less);
  assert_order(integer(kExact + 1), real(kRounded + 2), Order::less);
  assert_order(integer(0), real(std::numeric_limits<double>::denorm_min()), Order::less);
}

void the_ends_of_int64_compare_with_doubles(void**) {
  constexpr double kBeyond = 9223372036854775808.0;
  const double below = std::nextafter(kBeyond, 0);
  assert_order(integer(INT64_MAX), real(kBeyond), Order::less);
  assert_order(integer(INT64_MAX), real(below), Order::greater);
  assert_order(integer(INT64_MIN), real(-kBeyond), Order::equivalent);
  assert_order(integer(INT64_MIN), real(std::nextafter(-kBeyond, -1e300)), Order::greater);
  assert_order(integer(INT64_MAX), real(INFINITY), Order::less);
  assert_order(integer(INT64_MIN), real(-INFINITY), Order::greater);
}

void nan_has_no_order(void**) {
  assert_order(integer(0), real(NAN), Order::unordered);
  assert_order(real(NAN), real(NAN), Order::unordered);
  assert_order(real(INFINITY), real(NAN), Order::unordered);
}

void texts_compare_by_unsigned_bytes(void**) {
  assert_order(text("a"), text("b"), Order::less);
  assert_order(text("z"), text("\xc3\xa4"), Order::less);
  assert_order(text("a"), text(std::string_view("a\0", 2)), Order::less);
  assert_order(text("same"), text("same"), Order::equivalent);
  assert_order(text("\x7f", ValueKind::kBytes), text("\x80", ValueKind::kBytes), Order::less);
}

void unlike_kinds_have_no_order(void**) {
  const FieldValue kUnlike[] = {integer(1),
                                text("1"),
                                text("1", ValueKind::kBytes),
                                other(ValueKind::kBoolean, 1),
                                other(ValueKind::kNull),
                                other(ValueKind::kMissing),
                                other(ValueKind::kList)};
  for (const FieldValue& left : kUnlike) {
    for (const FieldValue& right : kUnlike) {
      if (left.kind != right.kind) assert_order(left, right, Order::unordered);
    }
  }
}

void missing_values_and_lists_have_no_order_among_themselves(void**) {
  for (const ValueKind kind : {ValueKind::kMissing, ValueKind::kList, ValueKind::kMap,
                               ValueKind::kTensor, ValueKind::kDocuments})
    assert_order(other(kind), other(kind), Order::unordered);
  assert_order(other(ValueKind::kNull), other(ValueKind::kNull), Order::equivalent);
  assert_order(other(ValueKind::kBoolean, 0), other(ValueKind::kBoolean, 1), Order::less);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(integers_and_doubles_compare_by_value),
      cmocka_unit_test(the_ends_of_int64_compare_with_doubles),
      cmocka_unit_test(nan_has_no_order),
      cmocka_unit_test(texts_compare_by_unsigned_bytes),
      cmocka_unit_test(unlike_kinds_have_no_order),
      cmocka_unit_test(missing_values_and_lists_have_no_order_among_themselves),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
