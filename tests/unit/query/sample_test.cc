// Samples and shuffles by a seed: which positions, in which order.
#include "query/sample.h"

#include <algorithm>
#include <numeric>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

using Positions = std::vector<int64_t>;

Positions sample(int64_t total, int64_t count, uint64_t seed) {
  auto drawn = sample_positions(total, count, seed);
  assert_true(drawn.ok());
  return drawn.value();
}

// As the program of docs/random.md prints them.
void a_shuffle_is_that_of_the_page(void**) {
  assert_true(shuffle_positions(10, 0).value() == Positions({9, 2, 5, 8, 7, 0, 1, 4, 3, 6}));
  assert_true(shuffle_positions(10, 42).value() == Positions({1, 7, 0, 9, 3, 4, 8, 6, 5, 2}));
  assert_true(shuffle_positions(10, UINT64_MAX).value() ==
              Positions({8, 9, 7, 2, 1, 3, 4, 6, 5, 0}));
}

void a_small_sample_of_many_is_that_of_the_page(void**) {
  assert_true(sample(1000000, 5, 42) == Positions({87936, 397390, 713079, 969613, 807134}));
  assert_true(sample(1000000, 5, 0) == Positions({630469, 784098, 108026, 436828, 768606}));
}

// Small and large shares are drawn by different means, of which nobody is to notice.
void a_sample_is_the_beginning_of_every_larger_one(void**) {
  constexpr int64_t kTotal = 4000;
  const Positions all = shuffle_positions(kTotal, 5).value();
  for (int64_t count : {0, 1, 2, 499, 500, 501, 1000, 3999, 4000}) {
    const Positions drawn = sample(kTotal, count, 5);
    assert_int_equal(drawn.size(), count);
    assert_true(std::equal(drawn.begin(), drawn.end(), all.begin()));
  }
}

void a_shuffle_has_each_position_once(void**) {
  Positions all = shuffle_positions(10007, 1).value();
  std::sort(all.begin(), all.end());
  Positions counted(10007);
  std::iota(counted.begin(), counted.end(), int64_t{0});
  assert_true(all == counted);
}

void nothing_is_a_sample_of_anything(void**) {
  assert_true(sample(0, 0, 1).empty());
  assert_true(sample(7, 0, 1).empty());
  assert_true(shuffle_positions(0, 1).value().empty());
}

void more_than_there_are_and_less_than_none_are_refused(void**) {
  for (const int64_t count : {int64_t{4}, INT64_MAX, int64_t{-1}, INT64_MIN})
    assert_int_equal(sample_positions(3, count, 0).status().code(), Code::kInvalidArgument);
  assert_int_equal(sample_positions(0, 1, 0).status().code(), Code::kInvalidArgument);
  assert_string_equal(sample_positions(3, 4, 0).status().message(),
                      "a sample of 4 cannot be had of 3 documents");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_shuffle_is_that_of_the_page),
      cmocka_unit_test(a_small_sample_of_many_is_that_of_the_page),
      cmocka_unit_test(a_sample_is_the_beginning_of_every_larger_one),
      cmocka_unit_test(a_shuffle_has_each_position_once),
      cmocka_unit_test(nothing_is_a_sample_of_anything),
      cmocka_unit_test(more_than_there_are_and_less_than_none_are_refused),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
