// Every choice of a match with every other, by codes and without: the naive answer bit for bit.
//
// The data holds what was, or could be, got wrong: equal rows, rows a hair apart, subnormals, norms
// from tiny to huge, one dimension that outweighs the others, rows without an embedding.
#include <algorithm>
#include <cmath>

#include "unit/match/match_fixture.h"
#include "vector/code_kernels.h"

namespace dam::test {
namespace {

constexpr size_t kRows = 1300, kQueries = 9;
constexpr uint64_t kLimits[] = {1, 2, 20, 81};
constexpr unsigned kThreads[] = {1, 2, 5};

using Maker = Samples (*)(std::mt19937_64& random, size_t count, size_t dim);

Samples normal_samples(std::mt19937_64& random, size_t count, size_t dim) {
  std::normal_distribution<double> normal;
  Samples samples(count);
  for (size_t i = 0; i < count; i++) {
    samples[i] = {"r" + std::to_string(i), PlainVector(dim)};
    for (double& number : *samples[i].numbers) number = normal(random);
  }
  return samples;
}

Samples repeated(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (size_t i = 7; i < count; i++) samples[i].numbers = samples[random() % 7].numbers;
  return samples;
}

Samples a_hair_apart(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (size_t i = 7; i < count; i++) {
    samples[i].numbers = samples[random() % 7].numbers;
    double& number = (*samples[i].numbers)[random() % dim];
    number = std::nextafter(number, random() % 2 == 0 ? 9.0 : -9.0);
  }
  return samples;
}

Samples on_a_grid(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) {
    sample.dtype = schema::Dtype::I8;
    for (double& number : *sample.numbers) number = std::round(number);
  }
  return samples;
}

Samples subnormal(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) {
    for (double& number : *sample.numbers) number = std::ldexp(number, -1060);
  }
  return samples;
}

Samples of_all_norms(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) {
    const int exponent = static_cast<int>(random() % 180) - 90;
    for (double& number : *sample.numbers) number = std::ldexp(number, exponent);
  }
  return samples;
}

Samples nearly_the_greatest(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) {
    for (double& number : *sample.numbers)
      number = std::clamp(std::ldexp(number, 499), -0x1p500, 0x1p500);
  }
  return samples;
}

Samples one_huge_dimension(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) (*sample.numbers)[dim / 2] *= 1e15;
  return samples;
}

Samples with_holes(std::mt19937_64& random, size_t count, size_t dim) {
  Samples samples = normal_samples(random, count, dim);
  for (Sample& sample : samples) {
    if (random() % 5 == 0) sample.numbers.reset();
  }
  return samples;
}

// Queries: strangers, and rows themselves.
Samples queries_for(std::mt19937_64& random, Maker make, const Samples& rows, size_t dim) {
  Samples queries = make(random, kQueries, dim);
  for (size_t i = 0; i < queries.size(); i++) {
    if (i % 2 == 0) queries[i] = rows[random() % rows.size()];
  }
  return queries;
}

struct Passing {
  PositionBits bits;
  Samples rows;  // the others without an embedding, so that the naive answer passes them over
};

Passing passing_of(std::mt19937_64& random, const Samples& rows, uint64_t tenths) {
  Passing passing = {{std::vector<uint64_t>(rows.size() / 64 + 1), 0}, rows};
  for (size_t i = 0; i < rows.size(); i++) {
    if (random() % 10 >= tenths) {
      passing.rows[i].numbers.reset();
      continue;
    }
    passing.bits.words[i / 64] |= uint64_t{1} << i % 64;
    passing.bits.count++;
  }
  return passing;
}

// By codes, where they can be made, and row by row.
void expect(const View& view, const Samples& queries, MatchChoices choices,
            const MatchAnswer& wanted) {
  IndexCache indexes;
  for (IndexCache* const cache : {static_cast<IndexCache*>(nullptr), &indexes}) {
    choices.indexes = cache;
    const auto answer = match(view, queries_of(queries), choices);
    if (!answer.ok()) fail_msg("%s", answer.status().message());
    assert_same(answer.value(), wanted);
  }
}

// Each metric, with choices drawn for each instruction set.
void expect_all_choices(Maker make, uint64_t seed, size_t dim) {
  std::mt19937_64 random(seed);
  const Samples rows = make(random, kRows, dim);
  const Samples queries = queries_for(random, make, rows, dim);
  const DocumentsView view(rows);
  for (const Metric metric : kAllMetrics) {
    for (const CodeKernels* const kernels : available_kernels()) {
      force_kernels(*kernels);
      MatchChoices choices = choices_of(metric, kLimits[random() % 4], kThreads[random() % 3]);
      choices.exclude_self = random() % 2 == 0;
      expect(view, queries, choices, naive_answer(rows, queries, choices));
      const Passing passing = passing_of(random, rows, 9);
      const MatchAnswer wanted = naive_answer(passing.rows, queries, choices);
      choices.filter = &passing.bits;
      expect(view, queries, choices, wanted);
    }
  }
}

void equal_rows_do_no_harm(void**) { expect_all_choices(repeated, 91, 12); }
void rows_a_hair_apart_are_told_apart(void**) { expect_all_choices(a_hair_apart, 92, 33); }
void ties_of_small_integers_fall_to_the_lower_position(void**) {
  expect_all_choices(on_a_grid, 93, 8);
}
void subnormal_numbers_count(void**) { expect_all_choices(subnormal, 94, 10); }
void norms_of_every_size_meet(void**) { expect_all_choices(of_all_norms, 95, 16); }
void the_greatest_numbers_overflow_nothing(void**) {
  expect_all_choices(nearly_the_greatest, 96, 9);
}
void one_dimension_may_outweigh_all_others(void**) {
  expect_all_choices(one_huge_dimension, 97, 65);
}
void rows_without_an_embedding_are_passed_over(void**) { expect_all_choices(with_holes, 98, 24); }

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(equal_rows_do_no_harm),
      cmocka_unit_test(rows_a_hair_apart_are_told_apart),
      cmocka_unit_test(ties_of_small_integers_fall_to_the_lower_position),
      cmocka_unit_test(subnormal_numbers_count),
      cmocka_unit_test(norms_of_every_size_meet),
      cmocka_unit_test(the_greatest_numbers_overflow_nothing),
      cmocka_unit_test(one_dimension_may_outweigh_all_others),
      cmocka_unit_test(rows_without_an_embedding_are_passed_over),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
