// Rankings measured against a truth; figures worked out by hand. Those of trec_eval are compared by
// the tests of the command line.
#include "array_fixture.h"

#include <stdio.h>
#include <string.h>

static void append_json(dam_array* array, const char* json) {
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

struct pair {
  dam_array* other;
  dam_snapshot* ranked;
  dam_snapshot* truth;
};

static struct pair open_pair(struct array_fixture* fixture) {
  struct pair pair;
  char path[300];
  (void)snprintf(path, sizeof path, "%s/truth", fixture->directory);
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &pair.other));
  append_json(
      pair.other,
      "{\"id\":\"q\",\"matches\":[{\"id\":\"a\",\"weight\":3},{\"id\":\"b\"},{\"id\":\"c\"},"
      "{\"id\":\"z\",\"weight\":0}]}");
  append_json(pair.other, "{\"id\":\"none\"}");
  append_json(fixture->array,
              "{\"id\":\"q\",\"matches\":[{\"id\":\"x\"},{\"id\":\"a\"},{\"id\":\"z\"},"
              "{\"id\":\"b\"}]}");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &pair.ranked));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(pair.other, &pair.truth));
  return pair;
}

static void close_pair(const struct pair* pair) {
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(pair->ranked));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(pair->truth));
  ASSERT_STATUS(DAM_OK, dam_close(pair->other));
}

static void each_measure_is_as_its_definition_says(void** state) {
  /* Gains 0, 3, 0, 1; relevant are three, with gains 3, 1, 1. log2(3) is 1.584962500721156. */
  static const struct {
    int32_t measure;
    int64_t depth;
    double mean;
  } kCases[] = {
      {DAM_MEASURE_PRECISION, 0, 0.5},
      {DAM_MEASURE_PRECISION, 3, 1.0 / 3},
      {DAM_MEASURE_PRECISION, 10, 0.2},
      {DAM_MEASURE_RECALL, 0, 2.0 / 3},
      {DAM_MEASURE_RECALL, 1, 0},
      {DAM_MEASURE_F1, 0, 4.0 / 7},
      {DAM_MEASURE_F1, 2, 0.4},
      {DAM_MEASURE_R_PRECISION, 1, 1.0 / 3},
      {DAM_MEASURE_HIT, 0, 1},
      {DAM_MEASURE_HIT, 1, 0},
      {DAM_MEASURE_AVERAGE_PRECISION, 0, 1.0 / 3},
      {DAM_MEASURE_AVERAGE_PRECISION, 2, 1.0 / 6},
      {DAM_MEASURE_RECIPROCAL_RANK, 0, 0.5},
      {DAM_MEASURE_RECIPROCAL_RANK, 1, 0},
      {DAM_MEASURE_DCG, 0, 3 / 1.584962500721156 + 1 / 2.321928094887362},
      {DAM_MEASURE_DCG, 2, 3 / 1.584962500721156},
      {DAM_MEASURE_NDCG, 2, 3 / 1.584962500721156 / (3 + 1 / 1.584962500721156)},
  };
  struct pair pair = open_pair(*state);
  size_t i;
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    double mean = -1;
    ASSERT_STATUS(DAM_OK, dam_evaluate(pair.ranked, pair.truth, kCases[i].measure, kCases[i].depth,
                                       &mean, NULL));
    if (mean < kCases[i].mean - 1e-12 || mean > kCases[i].mean + 1e-12)
      fail_msg("measure %d at %d: %.15g", kCases[i].measure, (int)kCases[i].depth, mean);
  }
  close_pair(&pair);
}

static void the_truth_itself_is_perfect(void** state) {
  struct pair pair = open_pair(*state);
  double mean = -1;
  ASSERT_STATUS(DAM_OK, dam_evaluate(pair.truth, pair.truth, DAM_MEASURE_NDCG, 3, &mean, NULL));
  /* The other document has no relevant matches: 0. */
  assert_true(mean > 0.5 - 1e-12 && mean < 0.5 + 1e-12);
  close_pair(&pair);
}

static void each_pair_has_a_row_and_others_are_left_out(void** state) {
  struct array_fixture* fixture = *state;
  struct pair pair;
  dam_results* results = NULL;
  const void* column;
  size_t size;
  double mean = -1;
  append_json(fixture->array, "{\"id\":\"unknown\",\"matches\":[{\"id\":\"a\"}]}");
  append_json(fixture->array, "{\"id\":\"none\",\"matches\":[{\"id\":\"a\"}]}");
  pair = open_pair(fixture);
  ASSERT_STATUS(DAM_OK, dam_evaluate(pair.ranked, pair.truth, DAM_MEASURE_HIT, 0, &mean, &results));
  assert_true(mean == 0.5);
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &column, &size));
  assert_int_equal(size, 16);
  assert_int_equal(((const int64_t*)column)[0], 1);
  assert_int_equal(((const int64_t*)column)[1], 2);
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_VALUE, &column, &size));
  assert_int_equal(size, 16);
  assert_true(((const double*)column)[0] == 0 && ((const double*)column)[1] == 1);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_results_read(results, DAM_RESULTS_DISTANCE, &column, &size));
  dam_results_free(results);
  close_pair(&pair);
}

static void a_match_that_is_there_twice_is_found_once(void** state) {
  struct array_fixture* fixture = *state;
  struct pair pair;
  double mean = -1;
  append_json(fixture->array, "{\"id\":\"none\"}");
  pair = open_pair(fixture);
  append_json(fixture->array, "{\"id\":\"r\",\"matches\":[{\"id\":\"a\"},{\"id\":\"a\"}]}");
  append_json(pair.other, "{\"id\":\"r\",\"matches\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(pair.ranked));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(pair.truth));
  ASSERT_STATUS(DAM_OK, dam_delete_range(fixture->array, 0, 2, 1, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &pair.ranked));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(pair.other, &pair.truth));
  ASSERT_STATUS(DAM_OK, dam_evaluate(pair.ranked, pair.truth, DAM_MEASURE_RECALL, 0, &mean, NULL));
  assert_true(mean == 0.5);
  close_pair(&pair);
}

static void nothing_to_compare_and_unknown_measures_are_told(void** state) {
  struct array_fixture* fixture = *state;
  struct pair pair = open_pair(fixture);
  dam_results* results = NULL;
  double mean = -1;
  int64_t none = 0;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_evaluate(pair.ranked, pair.truth, 0, 0, &mean, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_evaluate(pair.ranked, pair.truth, 10, 0, &mean, NULL));
  assert_string_equal(dam_last_error(), "measure 10 is not known");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_evaluate(pair.ranked, pair.truth, 1, -1, &mean, NULL));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(pair.ranked));
  ASSERT_STATUS(DAM_OK, dam_clear(fixture->array, 0, &none));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &pair.ranked));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_evaluate(pair.ranked, pair.truth, 1, 0, &mean, &results));
  assert_true(mean == -1);
  assert_null(results);
  close_pair(&pair);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(each_measure_is_as_its_definition_says),
      ARRAY_TEST(the_truth_itself_is_perfect),
      ARRAY_TEST(each_pair_has_a_row_and_others_are_left_out),
      ARRAY_TEST(a_match_that_is_there_twice_is_found_once),
      ARRAY_TEST(nothing_to_compare_and_unknown_measures_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
