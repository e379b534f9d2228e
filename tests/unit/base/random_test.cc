// The numbers of docs/random.md: the same for ever.
#include "base/random.h"

#include <array>
#include <iterator>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void draws_are_those_of_xoshiro_seeded_by_splitmix(void**) {
  struct Case {
    uint64_t seed;
    uint64_t draws[4];
  };
  // Seed 0 is published with several implementations of the generator.
  constexpr Case kCases[] = {
      {0, {0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c}},
      {42, {0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1}},
      {UINT64_MAX,
       {0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e, 0xbf658d7e065f3c2f}},
  };
  for (const Case& row : kCases) {
    Random random(row.seed);
    for (const uint64_t draw : row.draws) assert_true(random.next() == draw);
  }
}

void bounded_draws_are_the_top_bits_and_drop_what_is_beyond(void**) {
  constexpr uint64_t kBelowTen[] = {9, 1, 6, 6, 8, 1, 1, 1, 7, 4, 3, 8};
  constexpr uint64_t kBelowSix[] = {4, 5, 0, 3, 5, 3, 4, 0, 0, 0, 5, 3};
  Random ten(0);
  Random six(0);
  for (size_t i = 0; i < std::size(kBelowTen); ++i) {
    assert_true(ten.below(10) == kBelowTen[i]);
    assert_true(six.below(6) == kBelowSix[i]);
  }
}

void one_possible_number_draws_nothing(void**) {
  Random random(7);
  Random other(7);
  assert_true(random.below(1) == 0);
  assert_true(random.next() == other.next());
}

void the_largest_bounds_are_kept(void**) {
  constexpr uint64_t kHalf = (uint64_t{1} << 63) + 1;
  Random random(1);
  // The fourth draw; three are beyond.
  assert_true(random.below(kHalf) == 0x642e1c7bc266a3a7);
  for (int i = 0; i < 1000; ++i) assert_true(random.below(UINT64_MAX) < UINT64_MAX);
}

// A bound that is no power of two is where a careless method prefers some numbers.
void every_number_below_a_bound_is_as_likely_as_the_others(void**) {
  constexpr int kDraws = 120000;
  std::array<int, 12> times{};
  Random random(3);
  for (int i = 0; i < kDraws; ++i) ++times[random.below(times.size())];
  // Five standard deviations of a binomial count, by a seed that is fixed.
  for (const int count : times) assert_in_range(count, 10000 - 480, 10000 + 480);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(draws_are_those_of_xoshiro_seeded_by_splitmix),
      cmocka_unit_test(bounded_draws_are_the_top_bits_and_drop_what_is_beyond),
      cmocka_unit_test(one_possible_number_draws_nothing),
      cmocka_unit_test(the_largest_bounds_are_kept),
      cmocka_unit_test(every_number_below_a_bound_is_as_likely_as_the_others),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
