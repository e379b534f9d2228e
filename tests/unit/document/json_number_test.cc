// Numbers to text and back, at the ends of their ranges.
#include "document/json_number.h"

#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

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

// Of any bits, so of every size; the seed is fixed, the values are many.
double any_finite(std::mt19937_64* random) {
  for (;;) {
    auto value = std::bit_cast<double>((*random)());
    if (std::isfinite(value)) return value;
  }
}

void expect_same_bits(double found, double expected, const char* text) {
  if (std::bit_cast<uint64_t>(found) != std::bit_cast<uint64_t>(expected))
    fail_msg("%s: %a, not %a", text, found, expected);
}

void doubles_read_as_strtod_reads_them(void**) {
  std::mt19937_64 random(20240229);
  const int digits[] = {16, 4, 24, 2, 40};
  for (int i = 0; i < 100000; i++) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*e", digits[i % 5], any_finite(&random));
    double expected = std::strtod(text, nullptr);
    auto found = parse_double(text);
    if (std::isinf(expected))
      assert_false(found.has_value());
    else
      expect_same_bits(found.value_or(NAN), expected, text);
  }
}

void doubles_return_from_the_text_they_are_written_as(void**) {
  std::mt19937_64 random(1);
  std::string text;
  for (int i = 0; i < 100000; i++) {
    double value = any_finite(&random);
    text.clear();
    append_real(value, &text);
    assert_false(is_integer(text));
    expect_same_bits(parse_double(text).value_or(NAN), value, text.c_str());
    char longest[64];
    int length = std::snprintf(longest, sizeof longest, "%.17g", value);
    assert_true(text.size() <= static_cast<size_t>(length) + 2);
  }
}

void floats_return_from_the_text_they_are_written_as(void**) {
  std::mt19937 random(1);
  std::string text;
  for (int i = 0; i < 100000; i++) {
    auto value = std::bit_cast<float>(static_cast<uint32_t>(random()));
    if (!std::isfinite(value)) continue;
    text.clear();
    append_real(value, &text);
    auto found = parse_float(text);
    assert_true(found && std::bit_cast<uint32_t>(*found) == std::bit_cast<uint32_t>(value));
    assert_true(std::strtof(text.c_str(), nullptr) == value);
  }
}

void integers_return_at_every_length_and_at_both_ends(void**) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100000; i++) {
    auto value = static_cast<int64_t>(random()) >> (i % 64);
    std::string text, unsigned_text;
    append_int(value, &text);
    append_uint(static_cast<uint64_t>(value), &unsigned_text);
    assert_true(text == std::to_string(value) && parse_int64(text) == value);
    assert_true(parse_uint64(unsigned_text) == static_cast<uint64_t>(value));
  }
  for (int64_t value :
       {INT64_MIN, INT64_MIN + 1, int64_t{-1}, int64_t{0}, INT64_MAX - 1, INT64_MAX})
    assert_true(parse_int64(std::to_string(value)) == value);
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "1.0", "1e3", "", "-"})
    assert_false(parse_int64(text).has_value());
  for (const char* text : {"18446744073709551616", "-1", "0.5"})
    assert_false(parse_uint64(text).has_value());
}

void only_three_strings_are_numbers_that_are_not_finite(void**) {
  assert_true(std::isnan(*parse_non_finite("NaN")));
  assert_true(*parse_non_finite("Infinity") == HUGE_VAL);
  assert_true(*parse_non_finite("-Infinity") == -HUGE_VAL);
  for (const char* text : {"nan", "inf", "+Infinity", "", "NaN "})
    assert_false(parse_non_finite(text).has_value());
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
      cmocka_unit_test(doubles_read_as_strtod_reads_them),
      cmocka_unit_test(doubles_return_from_the_text_they_are_written_as),
      cmocka_unit_test(floats_return_from_the_text_they_are_written_as),
      cmocka_unit_test(integers_return_at_every_length_and_at_both_ends),
      cmocka_unit_test(only_three_strings_are_numbers_that_are_not_finite),
      cmocka_unit_test(reals_are_written_shortest_and_never_as_integers),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
