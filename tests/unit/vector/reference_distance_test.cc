// The reference distance: golden values, the plain writing of it bit for bit, and its edges.
#include "vector/reference_distance.h"

#include <bit>
#include <cmath>
#include <random>

#include "unit/cmocka_cpp.h"
#include "unit/vector/plain_distance.h"
#include "vector/strict_float.h"

namespace dam {
namespace {

double distance(Metric metric, PlainVector query, PlainVector row) {
  const StrictFloat strict;
  const PreparedVector a = prepare_vector(metric, query);
  const PreparedVector b = prepare_vector(metric, row);
  return reference_distance(metric, a, b);
}

void expect_plain(Metric metric, const PlainVector& query, const PlainVector& row) {
  const double found = distance(metric, query, row);
  const double plain = plain_distance(metric, query, row, 8);
  if (std::bit_cast<uint64_t>(found) != std::bit_cast<uint64_t>(plain))
    fail_msg("metric %d of %zu components: %a, plainly %a", static_cast<int>(metric), query.size(),
             found, plain);
}

// Golden values made by numpy from the definition: 20 components of both signs.
struct Sample {
  PlainVector query, row;
};

Sample golden_sample() {
  Sample sample;
  for (int i = 1; i <= 20; i++) {
    sample.query.push_back((i * 37 % 11 - 5) / 3.0);
    sample.row.push_back((i * 23 % 13 - 6) / 7.0);
  }
  return sample;
}

void distances_are_those_that_numpy_makes(void**) {
  const Sample sample = golden_sample();
  const auto of = [&](Metric metric) { return distance(metric, sample.query, sample.row); };
  assert_true(of(Metric::kSqEuclidean) == 0x1.bb9c27795302ep+4);
  assert_true(of(Metric::kEuclidean) == 0x1.50fe28d0e0c43p+2);
  assert_true(of(Metric::kInnerProduct) == 0x1.9e79e79e79e79p+0);
  assert_true(of(Metric::kManhattan) == 0x1.3c30c30c30c30p+4);
  assert_true(of(Metric::kCosine) == 0x1.0efded64f7c89p+0);
  assert_true(of(Metric::kHamming) == 1.0);
  assert_true(of(Metric::kJaccard) == 1 - 17.0 / 20);
}

PlainVector random_vector(std::mt19937_64& random, size_t size, double scale) {
  std::normal_distribution<double> normal;
  PlainVector made(size);
  for (double& value : made) value = random() % 8 == 0 ? 0 : normal(random) * scale;
  return made;
}

void every_size_gives_the_bits_of_the_plain_writing(void**) {
  std::mt19937_64 random(11);
  for (size_t size = 0; size <= 300; size++) {
    const PlainVector query = random_vector(random, size, 1), row = random_vector(random, size, 3);
    for (const Metric metric : kAllMetrics) expect_plain(metric, query, row);
  }
  const PlainVector query = random_vector(random, 100003, 1);
  const PlainVector row = random_vector(random, 100003, 1);
  for (const Metric metric : kAllMetrics) expect_plain(metric, query, row);
}

void every_scale_gives_the_bits_of_the_plain_writing(void**) {
  std::mt19937_64 random(12);
  for (int exponent = -1074; exponent <= 490; exponent += 23) {
    const double scale = std::ldexp(1.0, exponent);
    const PlainVector query = random_vector(random, 45, scale);
    const PlainVector row = random_vector(random, 45, scale);
    for (const Metric metric : kAllMetrics) {
      expect_plain(metric, query, row);
      assert_true(std::isfinite(distance(metric, query, row)));
    }
  }
}

void a_vector_is_at_distance_zero_from_itself(void**) {
  std::mt19937_64 random(13);
  for (int round = 0; round < 300; round++) {
    const double scale = std::ldexp(1.0, static_cast<int>(random() % 1500) - 1060);
    const PlainVector vector = random_vector(random, 1 + random() % 40, scale);
    for (const Metric metric : kAllMetrics) {
      if (metric != Metric::kInnerProduct) assert_true(distance(metric, vector, vector) == 0);
    }
  }
}

void a_zero_vector_is_at_cosine_distance_one_from_all_but_another(void**) {
  const PlainVector zero = {0, -0.0, 0}, tiny = {0, 0x1p-1074, 0}, plain = {3, 4, 5};
  assert_true(distance(Metric::kCosine, zero, zero) == 0);
  assert_true(distance(Metric::kCosine, zero, plain) == 1);
  assert_true(distance(Metric::kCosine, plain, zero) == 1);
  assert_true(distance(Metric::kCosine, tiny, zero) == 1);
  assert_true(distance(Metric::kCosine, tiny, {0, 0x1p400, 0}) == 0);
  assert_true(distance(Metric::kCosine, tiny, {0, -1, 0}) == 2);
}

void the_greatest_components_do_not_overflow(void**) {
  const PlainVector great(1000, kGreatestComponent), less(1000, -kGreatestComponent);
  for (const Metric metric : kAllMetrics) {
    assert_true(std::isfinite(distance(metric, great, less)));
    assert_true(std::isfinite(distance(metric, great, great)));
  }
}

void empty_vectors_are_equal(void**) {
  for (const Metric metric : kAllMetrics)
    assert_true(distance(metric, {}, {}) == (metric == Metric::kInnerProduct ? 1 : 0));
}

void jaccard_of_two_empty_sets_is_zero(void**) {
  assert_true(distance(Metric::kJaccard, {0, 0}, {0, -0.0}) == 0);
  assert_true(distance(Metric::kJaccard, {0, 0}, {0, 1}) == 1);
  assert_true(distance(Metric::kJaccard, {1, 1, 0}, {0, 1, 1}) == 1 - 1.0 / 3);
}

void range_is_checked_for_every_component(void**) {
  PlainVector values(19, 1.0);
  assert_true(all_within_range(values));
  for (size_t i = 0; i < values.size(); i++) {
    for (const double bad : {std::nan(""), -HUGE_VAL, kGreatestComponent * (1 + 0x1p-52)}) {
      values[i] = bad;
      assert_false(all_within_range(values));
    }
    values[i] = -kGreatestComponent;
    assert_true(all_within_range(values));
  }
}

#if defined(__x86_64__)
void the_control_of_a_host_is_set_aside_and_given_back(void**) {
  const unsigned found = _mm_getcsr();
  const unsigned changed = found | 1U << 15 | 1U << 6 | 3U << 13;
  const Sample sample = golden_sample();
  const PlainVector tiny = {0x1p-1070, 0}, none = {0, 0};
  _mm_setcsr(changed);
  const double same = distance(Metric::kSqEuclidean, sample.query, sample.row);
  const double kept = distance(Metric::kManhattan, tiny, none);
  const unsigned left = _mm_getcsr();
  _mm_setcsr(found);
  assert_true(same == 0x1.bb9c27795302ep+4);
  assert_true(kept == 0x1p-1070);
  assert_true((left & 0xFFC0) == (changed & 0xFFC0));
}
#endif

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(distances_are_those_that_numpy_makes),
      cmocka_unit_test(every_size_gives_the_bits_of_the_plain_writing),
      cmocka_unit_test(every_scale_gives_the_bits_of_the_plain_writing),
      cmocka_unit_test(a_vector_is_at_distance_zero_from_itself),
      cmocka_unit_test(a_zero_vector_is_at_cosine_distance_one_from_all_but_another),
      cmocka_unit_test(the_greatest_components_do_not_overflow),
      cmocka_unit_test(empty_vectors_are_equal),
      cmocka_unit_test(jaccard_of_two_empty_sets_is_zero),
      cmocka_unit_test(range_is_checked_for_every_component),
#if defined(__x86_64__)
      cmocka_unit_test(the_control_of_a_host_is_set_aside_and_given_back),
#endif
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
