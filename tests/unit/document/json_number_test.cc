// Numbers to text and back, at the ends of their ranges.
#include "document/json_number.h"

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void every_half_precision_number_returns(void**) {
  for (uint32_t bits = 0; bits <= 0xffff; bits++) {
    auto half = static_cast<uint16_t>(bits);
    bool nan16 = (bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0;
    bool nan_bf16 = (bits & 0x7f80) == 0x7f80 && (bits & 0x7f) != 0;
    if (!nan16) assert_int_equal(f16_of_double(static_cast<double>(float_of_f16(half))), half);
    if (!nan_bf16) assert_int_equal(bf16_of_double(static_cast<double>(float_of_bf16(half))), half);
  }
}

void halves_round_to_even_and_overflow_to_infinity(void**) {
  assert_int_equal(f16_of_double(2049), 0x6800);
  assert_int_equal(f16_of_double(2051), 0x6802);
  assert_int_equal(f16_of_double(65519), 0x7bff);
  assert_int_equal(f16_of_double(65520), 0x7c00);
  assert_int_equal(f16_of_double(1e-10), 0);
}

void numbers_too_small_are_zero_and_too_large_are_none(void**) {
  assert_true(parse_double("1e-999") == 0.0);
  assert_true(parse_float("1e-60") == 0.0f);
  assert_false(parse_double("1e999").has_value());
  assert_false(parse_float("1e39").has_value());
  assert_false(parse_double("one").has_value());
  assert_false(parse_int64("9223372036854775808").has_value());
  assert_true(parse_uint64("18446744073709551615") == UINT64_MAX);
}

void reals_are_written_shortest_and_never_as_integers(void**) {
  std::string text;
  append_real(0.1, &text);
  append_real(0.1f, &text);
  append_real(2.0, &text);
  append_real(-0.0, &text);
  append_real(5e-324, &text);
  assert_string_equal(text.c_str(), "0.10.12.0-0.05e-324");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_half_precision_number_returns),
      cmocka_unit_test(halves_round_to_even_and_overflow_to_infinity),
      cmocka_unit_test(numbers_too_small_are_zero_and_too_large_are_none),
      cmocka_unit_test(reals_are_written_shortest_and_never_as_integers),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
