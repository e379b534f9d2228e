// Samples and shuffles by a seed, and what is done with them.
#include "array_fixture.h"

#include <string.h>

/* The ids of the rows, joined; frees the results. */
static const char* ids_of(dam_results* results) {
  static char joined[256];
  char* ids;
  int64_t* offsets;
  int64_t count;
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  ASSERT_STATUS(DAM_OK, dam_results_ids(results, &ids, &offsets));
  assert_true(offsets[count] < (int64_t)sizeof joined);
  memcpy(joined, ids, (size_t)offsets[count]);
  joined[offsets[count]] = '\0';
  dam_free(ids);
  dam_free(offsets);
  dam_results_free(results);
  return joined;
}

static const char* sample(dam_array* array, int64_t count, int64_t seed) {
  dam_snapshot* snapshot = NULL;
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_sample(snapshot, count, seed, &results));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  return ids_of(results);
}

/* docs/random.md prints the shuffles of ten by these seeds. */
static void a_seed_draws_what_the_page_says(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_results* results = NULL;
  append_letters(fixture->array, "abcdefghij");
  assert_string_equal(sample(fixture->array, 10, 0), "jcfihabedg");
  assert_string_equal(sample(fixture->array, 4, 0), "jcfi");
  assert_string_equal(sample(fixture->array, 3, 42), "bha");
  assert_string_equal(sample(fixture->array, 3, -1), "ijh");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_shuffle(snapshot, 42, &results));
  assert_string_equal(ids_of(results), "bhajdeigfc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void none_is_a_sample_of_any_array(void** state) {
  struct array_fixture* fixture = *state;
  assert_string_equal(sample(fixture->array, 0, 1), "");
  append_letters(fixture->array, "abc");
  assert_string_equal(sample(fixture->array, 0, 1), "");
}

static void more_than_there_are_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_results* results = NULL;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_sample(snapshot, 4, 1, &results));
  assert_string_equal(dam_last_error(), "a sample of 4 cannot be had of 3 documents");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_sample(snapshot, -1, 1, &results));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_sample(snapshot, INT64_MAX, 1, &results));
  assert_null(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void positions_are_those_of_the_snapshot_asked(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_results* results = NULL;
  append_letters(fixture->array, "abcdef");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "b", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_delete_range(fixture->array, 0, 3, 1, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_sample(snapshot, 5, 0, &results));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  assert_int_equal(strlen(ids_of(results)), 5);
}

static void a_shuffle_is_what_prune_takes_as_an_order(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_results* results = NULL;
  const void* positions;
  size_t size;
  append_letters(fixture->array, "abcdefghij");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_shuffle(snapshot, 42, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &positions, &size));
  ASSERT_STATUS(DAM_OK,
                dam_prune_ordered(fixture->array, positions, (int64_t)(size / 8), NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "bhajdeigfc");
  assert_string_equal(ids_of(results), "bhajdeigfc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_seed_draws_what_the_page_says),
      ARRAY_TEST(none_is_a_sample_of_any_array),
      ARRAY_TEST(more_than_there_are_is_refused),
      ARRAY_TEST(positions_are_those_of_the_snapshot_asked),
      ARRAY_TEST(a_shuffle_is_what_prune_takes_as_an_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
