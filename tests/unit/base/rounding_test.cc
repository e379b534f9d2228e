// Rounding against the mathematics library, which tests may link.
#include "base/rounding.h"

#include <cstring>
#include <limits>
#include <random>

#include "unit/cmocka_cpp.h"

namespace {

template <typename Number>
uint64_t bits_of(Number value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return bits;
}

// Doubles of every exponent, some of them halves, both signs.
template <typename Check>
void for_many_doubles(Check check) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200000; ++i) {
    const double any = std::bit_cast<double>(random());
    const double half = static_cast<double>(static_cast<int64_t>(random()) >> (i % 60)) / 2;
    if (std::isfinite(any)) check(any);
    check(half);
  }
  for (const double value : {0.0, -0.0, 0.5, -0.5, 1.5, 2.5, 0x1p51 + 0.5, 0x1p52 - 0.5, 0x1p52,
                             0x1p53 + 2, std::numeric_limits<double>::denorm_min()})
    check(value);
}

void the_nearest_integer_is_that_of_the_library(void**) {
  for_many_doubles([](double value) {
    assert_int_equal(bits_of(dam::to_nearest_even(value)), bits_of(std::nearbyint(value)));
  });
  const double infinity = std::numeric_limits<double>::infinity();
  assert_int_equal(bits_of(dam::to_nearest_even(-infinity)), bits_of(-infinity));
  assert_true(std::isnan(dam::to_nearest_even(std::numeric_limits<double>::quiet_NaN())));
}

void the_exponent_is_that_of_the_library(void**) {
  for_many_doubles([](double value) {
    const double magnitude = std::fabs(value);
    if (magnitude == 0) return;
    assert_int_equal(dam::binary_exponent(magnitude), std::ilogb(magnitude));
  });
}

void the_next_float_is_that_of_the_library(void**) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (uint32_t bits = 1; bits < 0x7F800000; bits += 12345) {
    const auto value = std::bit_cast<float>(bits);
    assert_int_equal(bits_of(dam::next_above(value)), bits_of(std::nextafter(value, infinity)));
  }
  assert_true(std::isinf(dam::next_above(std::numeric_limits<float>::max())));
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_nearest_integer_is_that_of_the_library),
      cmocka_unit_test(the_exponent_is_that_of_the_library),
      cmocka_unit_test(the_next_float_is_that_of_the_library),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
