// Quantization: how far a number can be off, at both ends and for vectors that are hard.
#include "document/quantize.h"

#include <cfloat>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

struct RoundTrip {
  Quantization by;
  std::vector<int8_t> steps;
  std::vector<float> back;
};

RoundTrip round_trip(const std::vector<float>& numbers) {
  RoundTrip trip;
  trip.steps.resize(numbers.size());
  trip.back.resize(numbers.size());
  auto by = quantize(numbers, trip.steps);
  assert_true(by.ok());
  trip.by = by.value();
  for (size_t i = 0; i < numbers.size(); i++)
    trip.back[i] = dequantized<float>(trip.steps[i], trip.by);
  return trip;
}

// Half a step, and the rounding of the float that comes back.
void expect_close(const std::vector<float>& numbers) {
  const RoundTrip trip = round_trip(numbers);
  for (size_t i = 0; i < numbers.size(); i++) {
    const double off =
        std::abs(static_cast<double>(trip.back[i]) - static_cast<double>(numbers[i]));
    const double most = static_cast<double>(trip.by.scale) * 0.5 * (1 + 1e-6) +
                        std::abs(static_cast<double>(numbers[i])) * 1e-7;
    if (!(off <= most))
      fail_msg("%g came back as %g, scale %g", static_cast<double>(numbers[i]),
               static_cast<double>(trip.back[i]), static_cast<double>(trip.by.scale));
  }
}

void both_ends_are_reached(void**) {
  const RoundTrip trip = round_trip({0, 255, 100});
  assert_true(trip.by.scale == 1.0F);
  assert_int_equal(trip.steps[0], -128);
  assert_int_equal(trip.steps[1], 127);
  assert_int_equal(trip.steps[2], -28);
  assert_true(trip.back[0] == 0 && trip.back[1] == 255 && trip.back[2] == 100);
}

void a_constant_vector_is_kept_exactly(void**) {
  for (float number :
       {0.0F, 0.1F, -7.25F, FLT_MAX, -FLT_MAX, FLT_MIN, std::numeric_limits<float>::denorm_min()}) {
    for (float back : round_trip({number, number, number}).back) assert_true(back == number);
    assert_true(round_trip({number}).back[0] == number);
  }
}

void nothing_is_quantized_to_nothing(void**) { assert_true(round_trip({}).by.scale == 1.0F); }

void hard_ranges_stay_within_half_a_step(void**) {
  expect_close({-FLT_MAX, 0, FLT_MAX});
  expect_close({1e9F, 1e9F + 64});
  expect_close({-1e30F, -1e30F * (1 + FLT_EPSILON)});
  expect_close({std::numeric_limits<float>::denorm_min(), 3e-45F, 0});
  expect_close({0.5F, 0.5F + 255});
  expect_close({1.5F, 256.5F, 2, 3.25F});
}

void random_vectors_stay_within_half_a_step(void**) {
  std::mt19937 random(12345);
  for (int round = 0; round < 2000; round++) {
    const float center = std::ldexp(static_cast<float>(random() % 2001) - 1000,
                                    static_cast<int>(random() % 40) - 20);
    const float width = std::ldexp(1.0F, static_cast<int>(random() % 40) - 20);
    std::vector<float> numbers(1 + random() % 50);
    for (float& number : numbers)
      number = center + width * (static_cast<float>(random() % 10001) / 10000 - 0.5F);
    expect_close(numbers);
  }
}

void numbers_that_are_not_finite_are_refused(void**) {
  std::vector<int8_t> steps(2);
  for (float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                    std::numeric_limits<float>::quiet_NaN()}) {
    const std::vector<float> numbers = {1, bad};
    auto by = quantize(numbers, steps);
    assert_int_equal(by.status().code(), Code::kInvalidArgument);
    assert_string_equal(by.status().message(), "number 1 is not finite");
  }
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(both_ends_are_reached),
      cmocka_unit_test(a_constant_vector_is_kept_exactly),
      cmocka_unit_test(nothing_is_quantized_to_nothing),
      cmocka_unit_test(hard_ranges_stay_within_half_a_step),
      cmocka_unit_test(random_vectors_stay_within_half_a_step),
      cmocka_unit_test(numbers_that_are_not_finite_are_refused),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
