// Sparse vectors: the same bits as the vectors written out, whatever is stored and what is left
// out.
#include "vector/sparse_distance.h"

#include <bit>
#include <cmath>
#include <random>

#include "unit/cmocka_cpp.h"
#include "unit/vector/plain_distance.h"
#include "vector/strict_float.h"

namespace dam {
namespace {

struct Sparse {
  std::vector<uint64_t> indices;
  PlainVector values;
  PlainVector written_out;
};

Sparse random_sparse(std::mt19937_64& random, size_t dim, double scale) {
  std::normal_distribution<double> normal;
  Sparse made;
  made.written_out.assign(dim, 0.0);
  for (size_t i = 0; i < dim; i++) {
    if (random() % 4 != 0) continue;
    const double value = random() % 16 == 0 ? 0 : normal(random) * scale;
    made.indices.push_back(i);
    made.values.push_back(value);
    made.written_out[i] = value;
  }
  return made;
}

double distance(Metric metric, const Sparse& query, const Sparse& row) {
  const StrictFloat strict;
  PlainVector a = query.values, b = row.values;
  const bool a_zero = prepare_sparse(metric, a), b_zero = prepare_sparse(metric, b);
  const uint64_t dim = query.written_out.size();
  return sparse_distance(metric, {query.indices, a, dim, a_zero}, {row.indices, b, dim, b_zero});
}

void sparse_vectors_give_the_bits_of_those_written_out(void**) {
  std::mt19937_64 random(21);
  for (int round = 0; round < 400; round++) {
    const double scale = std::ldexp(1.0, static_cast<int>(random() % 1500) - 1060);
    const size_t dim = random() % 60;
    const Sparse query = random_sparse(random, dim, scale);
    const Sparse row = random_sparse(random, dim, scale);
    for (const Metric metric : kAllMetrics) {
      const double found = distance(metric, query, row);
      const double plain = plain_distance(metric, query.written_out, row.written_out, 1);
      assert_true(std::bit_cast<uint64_t>(found) == std::bit_cast<uint64_t>(plain));
      if (metric != Metric::kInnerProduct) assert_true(distance(metric, query, query) == 0);
    }
  }
}

void vectors_that_store_nothing_are_zero(void**) {
  Sparse none, one;
  none.written_out = one.written_out = {0, 0, 0};
  one.indices = {1};
  one.values = {2};
  assert_true(distance(Metric::kCosine, none, none) == 0);
  assert_true(distance(Metric::kCosine, none, one) == 1);
  assert_true(distance(Metric::kEuclidean, none, one) == 2);
  assert_true(distance(Metric::kHamming, one, none) == 1.0 / 3);
  assert_true(distance(Metric::kJaccard, none, none) == 0);
}

void a_stored_zero_counts_as_none(void**) {
  Sparse stored, absent;
  stored.written_out = absent.written_out = {0, 0};
  stored.indices = {0};
  stored.values = {0};
  for (const Metric metric : {Metric::kCosine, Metric::kHamming, Metric::kJaccard})
    assert_true(distance(metric, stored, absent) == 0);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(sparse_vectors_give_the_bits_of_those_written_out),
      cmocka_unit_test(vectors_that_store_nothing_are_zero),
      cmocka_unit_test(a_stored_zero_counts_as_none),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
