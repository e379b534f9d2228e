// match: the naive answer bit for bit, however it is asked for.
#include "match/match.h"

#include <algorithm>
#include <cmath>

#include "unit/match/match_fixture.h"

namespace dam::test {
namespace {

void store_as(Samples& samples, schema::Dtype dtype) {
  for (Sample& sample : samples) {
    sample.dtype = dtype;
    if (dtype != schema::Dtype::I8 || !sample.numbers) continue;
    for (double& number : *sample.numbers) number = std::clamp(std::round(number), -128.0, 127.0);
  }
}

// As the stored numbers are, so that the naive answer is made of the same.
void round_to_f32(Samples& samples) {
  for (Sample& sample : samples) {
    sample.dtype = schema::Dtype::F32;
    if (!sample.numbers) continue;
    for (double& number : *sample.numbers) number = static_cast<double>(static_cast<float>(number));
  }
}

void every_metric_answers_as_the_naive_writing(void**) {
  std::mt19937_64 random(31);
  for (const size_t dim : {1U, 3U, 8U, 17U, 64U}) {
    const Samples rows = random_samples(random, 700, dim);
    const Samples queries = random_samples(random, 20, dim);
    for (const Metric metric : kAllMetrics) {
      const MatchChoices choices = choices_of(metric, 10, 1);
      assert_same(match_of(rows, queries, choices), naive_answer(rows, queries, choices));
    }
  }
}

void threads_and_limits_change_nothing_but_the_number_of_rows(void**) {
  std::mt19937_64 random(32);
  const Samples rows = random_samples(random, 3000, 40), queries = random_samples(random, 9, 40);
  for (const uint64_t limit : {uint64_t{1}, uint64_t{2}, uint64_t{20}, uint64_t{5000}, kNoLimit}) {
    for (const unsigned threads : {0U, 1U, 2U, 7U}) {
      const MatchChoices choices = choices_of(Metric::kEuclidean, limit, threads);
      assert_same(match_of(rows, queries, choices), naive_answer(rows, queries, choices));
    }
  }
}

void one_query_at_a_time_answers_as_all_at_once(void**) {
  std::mt19937_64 random(33);
  const Samples rows = random_samples(random, 400, 12), queries = random_samples(random, 30, 12);
  const MatchChoices choices = choices_of(Metric::kCosine, 7, 2);
  MatchAnswer single;
  for (size_t i = 0; i < queries.size(); i++) {
    const MatchAnswer one = match_of(rows, {queries[i]}, choices);
    single.queries.insert(single.queries.end(), one.queries.size(), static_cast<int64_t>(i));
    single.ranks.insert(single.ranks.end(), one.ranks.begin(), one.ranks.end());
    single.positions.insert(single.positions.end(), one.positions.begin(), one.positions.end());
    single.distances.insert(single.distances.end(), one.distances.begin(), one.distances.end());
  }
  assert_same(match_of(rows, queries, choices), single);
}

void every_dtype_is_compared_as_the_numbers_it_stores(void**) {
  using schema::Dtype;
  std::mt19937_64 random(34);
  for (const Dtype dtype : {Dtype::I8, Dtype::F32, Dtype::F64}) {
    Samples rows = random_samples(random, 300, 24), queries = random_samples(random, 10, 24);
    round_to_f32(rows);
    round_to_f32(queries);
    store_as(rows, dtype);
    for (const Metric metric : {Metric::kCosine, Metric::kSqEuclidean, Metric::kInnerProduct}) {
      const MatchChoices choices = choices_of(metric, 12, 1);
      assert_same(match_of(rows, queries, choices), naive_answer(rows, queries, choices));
    }
  }
}

void halves_are_compared_as_they_are(void**) {
  for (const schema::Dtype dtype : {schema::Dtype::F16, schema::Dtype::BF16}) {
    const Samples rows = {{"a", PlainVector{1.5, -2}, dtype}, {"b", PlainVector{0.25, 3}, dtype}};
    const Samples queries = {{"q", PlainVector{1, 1}}};
    const MatchChoices choices = choices_of(Metric::kManhattan, 2, 1);
    assert_same(match_of(rows, queries, choices), naive_answer(rows, queries, choices));
  }
}

void equal_distances_fall_to_the_lower_position(void**) {
  Samples rows;
  for (int i = 0; i < 500; i++) rows.push_back({"r" + std::to_string(i), PlainVector{1, 2}});
  const MatchAnswer answer =
      match_of(rows, {{"q", PlainVector{1, 3}}}, choices_of(Metric::kEuclidean, 100, 4));
  assert_int_equal(answer.positions.size(), 100);
  for (int64_t i = 0; i < 100; i++) assert_int_equal(answer.positions[static_cast<size_t>(i)], i);
}

void sparse_and_dense_vectors_meet_on_both_sides(void**) {
  std::mt19937_64 random(35);
  Samples rows = random_samples(random, 200, 30), queries = random_samples(random, 12, 30);
  for (Samples* side : {&rows, &queries}) {
    for (Sample& sample : *side) {
      sample.sparse = random() % 2 == 0;
      if (!sample.sparse || !sample.numbers) continue;
      for (double& number : *sample.numbers) number = random() % 3 == 0 ? number : 0;
    }
  }
  for (const Metric metric : kAllMetrics) {
    const MatchChoices choices = choices_of(metric, 15, 2);
    assert_same(match_of(rows, queries, choices), naive_answer(rows, queries, choices));
  }
}

void a_query_can_leave_itself_out_and_has_its_limit_all_the_same(void**) {
  std::mt19937_64 random(36);
  const Samples rows = random_samples(random, 100, 5);
  MatchChoices choices = choices_of(Metric::kCosine, 4, 1);
  choices.exclude_self = true;
  assert_same(match_of(rows, rows, choices), naive_answer(rows, rows, choices));
  Samples strangers = random_samples(random, 5, 5);
  for (Sample& stranger : strangers) stranger.id = "s" + stranger.id;
  assert_same(match_of(rows, strangers, choices), naive_answer(rows, strangers, choices));
}

void a_range_maps_the_least_and_the_greatest_of_all_rows(void**) {
  const Samples rows = {{"a", PlainVector{1}}, {"b", PlainVector{3}}, {"c", PlainVector{9}}};
  MatchChoices choices = choices_of(Metric::kManhattan, 2, 1);
  choices.range = ScoreRange{1, 0};
  const MatchAnswer answer = match_of(rows, {{"q", PlainVector{1}}}, choices);
  assert_int_equal(answer.distances.size(), 2);
  assert_true(answer.distances[0] == 1 && answer.distances[1] == 0.75);
}

void a_range_maps_equal_distances_to_its_beginning(void**) {
  const Samples rows = {{"a", PlainVector{1}}, {"b", PlainVector{1}}, {"q", PlainVector{9}}};
  MatchChoices choices = choices_of(Metric::kManhattan, 5, 1);
  choices.range = ScoreRange{2, 5};
  choices.exclude_self = true;
  const MatchAnswer answer = match_of(rows, {{"q", PlainVector{9}}}, choices);
  assert_int_equal(answer.distances.size(), 2);
  assert_true(answer.distances[0] == 2 && answer.distances[1] == 2);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_metric_answers_as_the_naive_writing),
      cmocka_unit_test(threads_and_limits_change_nothing_but_the_number_of_rows),
      cmocka_unit_test(one_query_at_a_time_answers_as_all_at_once),
      cmocka_unit_test(every_dtype_is_compared_as_the_numbers_it_stores),
      cmocka_unit_test(halves_are_compared_as_they_are),
      cmocka_unit_test(equal_distances_fall_to_the_lower_position),
      cmocka_unit_test(sparse_and_dense_vectors_meet_on_both_sides),
      cmocka_unit_test(a_query_can_leave_itself_out_and_has_its_limit_all_the_same),
      cmocka_unit_test(a_range_maps_the_least_and_the_greatest_of_all_rows),
      cmocka_unit_test(a_range_maps_equal_distances_to_its_beginning),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
