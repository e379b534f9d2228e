// A match by codes: the naive answer bit for bit, with every instruction set, and when one is made.
#include "match/coded_search.h"

#include <cmath>

#include "unit/match/match_fixture.h"
#include "vector/code_kernels.h"

namespace dam::test {
namespace {

constexpr Metric kCodedMetrics[] = {Metric::kCosine, Metric::kEuclidean, Metric::kSqEuclidean,
                                    Metric::kInnerProduct};

// Vectors of falling variance, with ids of their own, some equal to others or near to them.
Samples smooth_samples(std::mt19937_64& random, size_t count, size_t dim) {
  std::normal_distribution<double> normal;
  Samples samples(count);
  for (size_t i = 0; i < count; i++) {
    samples[i].id = "s" + std::to_string(i);
    samples[i].dtype = schema::Dtype::F32;
    samples[i].numbers.emplace(dim, 0.0);
    double spread = 1;
    const uint64_t kind = random() % 10;
    for (size_t j = 0; j < dim; j++, spread *= 0.93) {
      double value = normal(random) * spread + 0.3;
      if (kind == 0 && i > 0) value = (*samples[i / 2].numbers)[j];
      if (kind == 1 && i > 0) value = (*samples[i / 2].numbers)[j] * (1 + 1e-6);
      (*samples[i].numbers)[j] = static_cast<double>(static_cast<float>(value));
    }
  }
  return samples;
}

// The answer with an index, which must be made.
MatchAnswer coded_answer(const View& view, const Samples& queries, MatchChoices choices) {
  IndexCache indexes;
  choices.indexes = &indexes;
  auto answer = match(view, queries_of(queries), choices);
  if (!answer.ok()) fail_msg("%s", answer.status().message());
  assert_true(indexes.memory_bytes() > 0);
  return answer.value();
}

void expect_naive(const Samples& rows, const Samples& queries, const MatchChoices& choices) {
  const DocumentsView view(rows);
  const MatchAnswer wanted = naive_answer(rows, queries, choices);
  for (const CodeKernels* kernels : available_kernels()) {
    force_kernels(*kernels);
    assert_same(coded_answer(view, queries, choices), wanted);
  }
}

Samples with_some_of(Samples queries, const Samples& rows) {
  queries.insert(queries.end(), rows.begin(), rows.begin() + 8);
  return queries;
}

void smooth_data_answers_as_the_naive_writing(void**) {
  std::mt19937_64 random(71);
  for (const size_t dim : {9U, 64U, 130U}) {
    const Samples rows = smooth_samples(random, 1500, dim);
    const Samples queries = with_some_of(smooth_samples(random, 8, dim), rows);
    for (const Metric metric : kCodedMetrics)
      expect_naive(rows, queries, choices_of(metric, 10, 2));
  }
}

void rough_data_answers_as_the_naive_writing(void**) {
  std::mt19937_64 random(72);
  const Samples rows = random_samples(random, 2500, 40);
  const Samples queries = with_some_of(random_samples(random, 10, 40), rows);
  for (const Metric metric : kCodedMetrics) expect_naive(rows, queries, choices_of(metric, 5, 1));
}

void ties_around_the_limit_fall_to_the_lower_position(void**) {
  std::mt19937_64 random(73);
  Samples rows = smooth_samples(random, 1600, 16);
  for (size_t i = 100; i < 1600; i += 3) rows[i].numbers = rows[50].numbers;
  const Samples queries(9, rows[50]);
  for (const uint64_t limit : {1U, 7U, 90U})
    expect_naive(rows, queries, choices_of(Metric::kCosine, limit, 3));
}

void rows_that_are_all_equal_are_taken_by_position(void**) {
  const Samples rows(1200, {"same", PlainVector(12, 0.5)});
  const Samples queries(8, {"q", PlainVector(12, 0.25)});
  for (const Metric metric : kCodedMetrics) expect_naive(rows, queries, choices_of(metric, 10, 1));
}

// With an index or without: some sizes suit none.
void expect_naive_either_way(const Samples& rows, const Samples& queries, Metric metric) {
  const DocumentsView view(rows);
  IndexCache indexes;
  MatchChoices choices = choices_of(metric, 4, 1);
  choices.indexes = &indexes;
  const auto answer = match(view, queries_of(queries), choices);
  assert_true(answer.ok());
  assert_same(answer.value(), naive_answer(rows, queries, choices));
}

void scale_samples(Samples& samples, int exponent) {
  for (Sample& sample : samples) {
    sample.dtype = schema::Dtype::F64;
    for (double& number : *sample.numbers) number = std::ldexp(number, exponent);
  }
}

void every_size_of_numbers_gives_the_same_answer(void**) {
  std::mt19937_64 random(74);
  for (const int exponent : {-300, -120, -60, 60, 300, 480}) {
    Samples rows = smooth_samples(random, 1100, 10), queries = smooth_samples(random, 8, 10);
    scale_samples(rows, exponent);
    scale_samples(queries, exponent);
    for (const Metric metric : kCodedMetrics) expect_naive_either_way(rows, queries, metric);
  }
}

void queries_that_are_far_off_are_answered_all_the_same(void**) {
  std::mt19937_64 random(75);
  const Samples rows = smooth_samples(random, 1100, 10);
  Samples queries = smooth_samples(random, 8, 10);
  queries[3].dtype = schema::Dtype::F64;
  for (double& number : *queries[3].numbers) number *= 0x1p300;
  for (const Metric metric : kCodedMetrics) expect_naive(rows, queries, choices_of(metric, 3, 2));
}

void a_query_leaves_itself_out_of_codes_too(void**) {
  std::mt19937_64 random(76);
  const Samples rows = smooth_samples(random, 1200, 20);
  MatchChoices choices = choices_of(Metric::kEuclidean, 3, 2);
  choices.exclude_self = true;
  expect_naive(rows, Samples(rows.begin() + 500, rows.begin() + 520), choices);
}

void only_rows_that_pass_a_filter_are_found(void**) {
  std::mt19937_64 random(81);
  const Samples rows = smooth_samples(random, 4000, 24);
  const Samples queries = with_some_of(smooth_samples(random, 8, 24), rows);
  const DocumentsView view(rows);
  for (const uint64_t every : {1U, 2U, 3U, 50U}) {
    PositionBits bits = {std::vector<uint64_t>(4000 / 64 + 1), 0};
    Samples passing(rows);
    for (uint64_t i = 0; i < rows.size(); i++) {
      const bool passes = i % every == 0;
      if (!passes) passing[i].numbers.reset();
      bits.words[i / 64] |= uint64_t{passes} << i % 64;
      bits.count += passes ? 1U : 0U;
    }
    MatchChoices choices = choices_of(Metric::kEuclidean, 12, 2);
    const MatchAnswer wanted = naive_answer(passing, queries, choices);
    choices.filter = &bits;
    assert_same(match_of(rows, queries, choices), wanted);
    IndexCache indexes;
    choices.indexes = &indexes;
    const auto answer = match(view, queries_of(queries), choices);
    assert_true(answer.ok());
    assert_int_equal(indexes.memory_bytes() > 0, every < 50);
    assert_same(answer.value(), wanted);
  }
}

void an_index_is_made_once_a_view_was_asked_enough(void**) {
  std::mt19937_64 random(77);
  const Samples rows = smooth_samples(random, 1100, 10);
  const DocumentsView view(rows);
  IndexCache indexes;
  MatchChoices choices = choices_of(Metric::kEuclidean, 3, 1);
  choices.indexes = &indexes;
  for (uint64_t asked = 1; asked <= IndexCache::kWorthQueries; asked++) {
    assert_int_equal(indexes.memory_bytes(), 0);
    assert_true(match(view, queries_of({rows[asked]}), choices).ok());
  }
  assert_true(indexes.memory_bytes() > 0);
}

void what_suits_no_index_is_compared_row_by_row(void**) {
  std::mt19937_64 random(78);
  Samples rows = smooth_samples(random, 1100, 10);
  const Samples queries = smooth_samples(random, 9, 10);
  rows[700].sparse = true;
  const DocumentsView view(rows);
  IndexCache indexes;
  MatchChoices choices = choices_of(Metric::kCosine, 3, 1);
  choices.indexes = &indexes;
  const auto answer = match(view, queries_of(queries), choices);
  assert_true(answer.ok());
  assert_int_equal(indexes.memory_bytes(), 0);
  assert_same(answer.value(), naive_answer(rows, queries, choices));
}

void a_row_that_does_not_fit_is_named_with_codes_too(void**) {
  std::mt19937_64 random(79);
  Samples rows = smooth_samples(random, 1100, 10);
  rows[900].numbers->push_back(1);
  const DocumentsView view(rows);
  IndexCache indexes;
  MatchChoices choices = choices_of(Metric::kCosine, 3, 1);
  choices.indexes = &indexes;
  const Status status = match(view, queries_of(smooth_samples(random, 9, 10)), choices).status();
  assert_string_equal(status.message(),
                      "the embedding at position 900 has 11 components, the queries 10");
}

void a_cancelled_search_ends(void**) {
  std::mt19937_64 random(80);
  const DocumentsView view(smooth_samples(random, 1100, 10));
  IndexCache indexes;
  MatchChoices choices = choices_of(Metric::kCosine, 3, 1);
  choices.indexes = &indexes;
  choices.progress = [](uint64_t, uint64_t) { return false; };
  const Status status = match(view, queries_of(smooth_samples(random, 20, 10)), choices).status();
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kCancelled));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(smooth_data_answers_as_the_naive_writing),
      cmocka_unit_test(rough_data_answers_as_the_naive_writing),
      cmocka_unit_test(ties_around_the_limit_fall_to_the_lower_position),
      cmocka_unit_test(rows_that_are_all_equal_are_taken_by_position),
      cmocka_unit_test(every_size_of_numbers_gives_the_same_answer),
      cmocka_unit_test(queries_that_are_far_off_are_answered_all_the_same),
      cmocka_unit_test(a_query_leaves_itself_out_of_codes_too),
      cmocka_unit_test(only_rows_that_pass_a_filter_are_found),
      cmocka_unit_test(an_index_is_made_once_a_view_was_asked_enough),
      cmocka_unit_test(what_suits_no_index_is_compared_row_by_row),
      cmocka_unit_test(a_row_that_does_not_fit_is_named_with_codes_too),
      cmocka_unit_test(a_cancelled_search_ends),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
