// What counts as relevant and as found; the measures themselves are compared with trec_eval's.
#include "query/evaluate.h"

#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;
using Gains = std::vector<double>;

JudgedRanking judged(std::string_view ranked, std::string_view truth) {
  const ListedView view{ranked, truth};
  Record records[2];
  assert_true(view.record_at(0, View::Check::kAlways, records[0]).ok());
  assert_true(view.record_at(1, View::Check::kAlways, records[1]).ok());
  return judge_ranking(document_root(records[0].document), document_root(records[1].document));
}

void gains_are_weights_of_the_truth_and_1_without(void**) {
  const JudgedRanking found =
      judged(R"({"matches":[{"id":"b","weight":9},{"id":"x"},{"id":"a"}]})",
             R"({"matches":[{"id":"a","weight":2.5},{"id":"b"},{"id":"c","weight":3}]})");
  assert_true(found.gains == Gains({1, 0, 2.5}));
  assert_true(found.ideal == Gains({3, 2.5, 1}));
}

void a_weight_that_is_not_above_0_or_not_finite_is_not_relevant(void**) {
  const JudgedRanking found = judged(R"({"matches":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]})",
                                     R"({"matches":[{"id":"a","weight":0},{"id":"b","weight":-1},
                 {"id":"c","weight":"NaN"},{"id":"d","weight":"Infinity"}]})");
  assert_true(found.gains == Gains({0, 0, 0, 0}));
  assert_true(found.ideal.empty());
}

void an_id_that_is_there_twice_counts_once(void**) {
  const JudgedRanking found =
      judged(R"({"matches":[{"id":"a"},{"id":"a"}]})",
             R"({"matches":[{"id":"a","weight":2},{"id":"a","weight":7}]})");
  assert_true(found.gains == Gains({2, 0}));
  assert_true(found.ideal == Gains({2}));
}

void what_has_no_id_is_relevant_but_never_found(void**) {
  const JudgedRanking found =
      judged(R"({"matches":[{"text":"a"}]})", R"({"matches":[{"text":"a"},{"text":"a"}]})");
  assert_true(found.gains == Gains({0}));
  assert_true(found.ideal == Gains({1, 1}));
}

void nothing_of_nothing_is_0_by_every_measure(void**) {
  for (int32_t number = 1; number < static_cast<int32_t>(Measure::kCount); ++number) {
    for (const int64_t depth : {0, 3}) {
      const EvaluationChoices choices = {static_cast<Measure>(number), depth};
      assert_true(evaluate_ranking({}, choices) == 0);
      assert_true(evaluate_ranking({{0, 0}, {}}, choices) == 0);
      assert_true(evaluate_ranking({{}, {1}}, choices) == 0);
    }
  }
}

void a_perfect_ranking_is_1_by_every_measure_but_dcg(void**) {
  for (int32_t number = 1; number < static_cast<int32_t>(Measure::kCount); ++number) {
    const auto measure = static_cast<Measure>(number);
    const double value = evaluate_ranking({{3, 2, 1}, {3, 2, 1}}, {measure, 3});
    assert_true(measure == Measure::kDcg ? value > 3 : value == 1);
  }
}

void pairs_are_found_by_id_wherever_they_stand(void**) {
  const ListedView view{R"({"id":"p","matches":[{"id":"a"}]})", R"({"id":"alone"})",
                        R"({"id":"q","matches":[{"id":"b"}]})"};
  const ListedView truth{R"({"id":"q","matches":[{"id":"b"}]})", R"({"id":"other"})",
                         R"({"id":"p","matches":[{"id":"b"}]})"};
  const auto found = evaluate_view(view, truth, {Measure::kPrecision, 0});
  assert_true(found.ok());
  assert_true(found.value().positions == std::vector<int64_t>({0, 2}));
  assert_true(found.value().values == Gains({0, 1}));
  assert_true(found.value().mean == 0.5);
}

void damage_and_a_negative_depth_are_told(void**) {
  const ListedView view{R"({"id":"a"})"};
  const ListedView damaged{R"({"id":"a"})", "damaged"};
  assert_int_equal(evaluate_view(damaged, view, {}).status().code(), Code::kCorrupt);
  assert_int_equal(evaluate_view(view, view, {Measure::kHit, -1}).status().code(),
                   Code::kInvalidArgument);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(gains_are_weights_of_the_truth_and_1_without),
      cmocka_unit_test(a_weight_that_is_not_above_0_or_not_finite_is_not_relevant),
      cmocka_unit_test(an_id_that_is_there_twice_counts_once),
      cmocka_unit_test(what_has_no_id_is_relevant_but_never_found),
      cmocka_unit_test(nothing_of_nothing_is_0_by_every_measure),
      cmocka_unit_test(a_perfect_ranking_is_1_by_every_measure_but_dcg),
      cmocka_unit_test(pairs_are_found_by_id_wherever_they_stand),
      cmocka_unit_test(damage_and_a_negative_depth_are_told),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
