// What match refuses, by name, and what it answers where there is nothing to compare.
#include <cmath>

#include "unit/match/match_fixture.h"

namespace dam::test {
namespace {

Status refusal_of(const Samples& rows, const Samples& queries, const MatchChoices& choices = {}) {
  const DocumentsView view(rows);
  return match(view, queries_of(queries), choices).status();
}

void expect(const Status& status, Code code, const char* message) {
  assert_string_equal(status.message(), message);
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(code));
}

Sample sample_of(const PlainVector& numbers) { return {"some", numbers}; }

void a_row_of_another_dimension_is_named(void**) {
  Samples rows(3000, sample_of({1, 2}));
  rows[1500] = sample_of({1, 2, 3});
  rows[2900] = sample_of({1});
  for (const unsigned threads : {1U, 4U}) {
    MatchChoices choices;
    choices.threads = threads;
    expect(refusal_of(rows, {sample_of({0, 1})}, choices), Code::kInvalidArgument,
           "the embedding at position 1500 has 3 components, the queries 2");
  }
}

void a_row_beyond_the_range_is_named(void**) {
  expect(refusal_of({sample_of({1}), sample_of({0x1p501})}, {sample_of({1})}),
         Code::kInvalidDocument, "the embedding at position 1 has a component beyond 2^500");
}

void queries_of_two_dimensions_are_refused_and_not_added(void**) {
  QuerySet queries = queries_of({sample_of({1, 2})});
  const StoredDocument document = document_of(sample_of({1}));
  expect(queries.add("x", document_embedding(document)), Code::kInvalidArgument,
         "query 1 has 1 components, those before it 2");
  assert_int_equal(queries.size(), 1);
}

void queries_that_are_no_numbers_are_refused(void**) {
  for (const double bad : {std::nan(""), HUGE_VAL, -0x1p501}) {
    QuerySet queries;
    const double numbers[] = {1, bad};
    const uint32_t shape[] = {2};
    const Bytes data = {reinterpret_cast<const uint8_t*>(numbers), sizeof numbers};
    const TensorView tensor = {
        schema::Dtype::F64, schema::TensorFormat::Dense, shape, {}, data, 2, std::nullopt, 0};
    expect(queries.add("x", tensor), Code::kInvalidArgument,
           "query 0 has a component that is not finite or beyond 2^500");
    assert_int_equal(queries.size(), 0);
    assert_false(queries.dim().has_value());
  }
}

void dropping_queries_drops_their_dimension(void**) {
  QuerySet queries = queries_of({{"a", std::nullopt}, sample_of({1, 2})});
  queries.shrink(1);
  assert_false(queries.dim().has_value());
  const StoredDocument document = document_of(sample_of({1}));
  assert_true(queries.add("x", document_embedding(document)).ok());
  assert_int_equal(*queries.dim(), 1);
}

void nothing_on_either_side_is_an_empty_answer(void**) {
  const Samples none, one = {sample_of({1})}, bare = {{"b", std::nullopt}};
  assert_int_equal(match_of(none, one, {}).distances.size(), 0);
  assert_int_equal(match_of(one, none, {}).distances.size(), 0);
  assert_int_equal(match_of(bare, one, {}).distances.size(), 0);
  assert_int_equal(match_of(one, bare, {}).distances.size(), 0);
  assert_int_equal(match_of(none, none, {}).distances.size(), 0);
}

void vectors_without_components_are_all_equal(void**) {
  const Samples rows(3, sample_of({}));
  const MatchAnswer answer = match_of(rows, {sample_of({})}, {});
  assert_int_equal(answer.distances.size(), 3);
  assert_true(answer.distances[2] == 0);
}

void a_cancelled_match_ends(void**) {
  MatchChoices choices;
  uint64_t total = 0;
  choices.progress = [&total](uint64_t, uint64_t of) {
    total = of;
    return false;
  };
  expect(refusal_of(Samples(10, sample_of({1})), {sample_of({2})}, choices), Code::kCancelled,
         "the match was cancelled");
  assert_int_equal(total, 10);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_row_of_another_dimension_is_named),
      cmocka_unit_test(a_row_beyond_the_range_is_named),
      cmocka_unit_test(queries_of_two_dimensions_are_refused_and_not_added),
      cmocka_unit_test(queries_that_are_no_numbers_are_refused),
      cmocka_unit_test(dropping_queries_drops_their_dimension),
      cmocka_unit_test(nothing_on_either_side_is_an_empty_answer),
      cmocka_unit_test(vectors_without_components_are_all_equal),
      cmocka_unit_test(a_cancelled_match_ends),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
