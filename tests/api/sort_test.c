// Documents in the order of their values, in groups and in portions.
#include "array_fixture.h"

#include <stdio.h>
#include <string.h>

static void append_tagged(dam_array* array, const char* id, const char* value) {
  char json[128];
  dam_document* document;
  const void* data;
  size_t size;
  (void)snprintf(json, sizeof json, "{\"id\":\"%s\",\"tags\":{\"t\":%s}}", id, value);
  document = document_of(value == NULL ? "{\"id\":\"-\"}" : json);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

static int make_birds(void** state) {
  dam_array* array;
  if (open_array(state) != 0) return -1;
  array = ((struct array_fixture*)*state)->array;
  append_tagged(array, "a", "3");
  append_tagged(array, "b", "\"x\"");
  append_tagged(array, "-", NULL);
  append_tagged(array, "c", "1.5");
  append_tagged(array, "d", "3.0");
  append_tagged(array, "e", "true");
  return 0;
}

/* Ids of the rows, each with its group behind it if there are groups; frees the results. */
static const char* rows_of(dam_results* results) {
  static char rows[256];
  char* ids;
  int64_t* offsets;
  int64_t count;
  int64_t i;
  const void* groups = NULL;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  ASSERT_STATUS(DAM_OK, dam_results_ids(results, &ids, &offsets));
  if (dam_results_read(results, DAM_RESULTS_GROUP, &groups, &size) != DAM_OK) groups = NULL;
  rows[0] = '\0';
  for (i = 0; i < count; ++i) {
    const size_t used = strlen(rows);
    (void)snprintf(rows + used, sizeof rows - used, "%.*s", (int)(offsets[i + 1] - offsets[i]),
                   ids + offsets[i]);
    if (groups != NULL)
      (void)snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "%d",
                     (int)((const int64_t*)groups)[i]);
  }
  dam_free(ids);
  dam_free(offsets);
  dam_results_free(results);
  return rows;
}

static dam_snapshot* snapshot_of(void** state) {
  dam_snapshot* snapshot = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(((struct array_fixture*)*state)->array, &snapshot));
  return snapshot;
}

static void a_sort_is_stable_and_has_missing_values_last(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "tags.t", DAM_NUL_TERMINATED, 0, -1, &results));
  assert_string_equal(rows_of(results), "ecadb-");
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "tags.t", 6, DAM_SORT_DESCENDING, -1, &results));
  assert_string_equal(rows_of(results), "badce-");
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "tags.t", 6, DAM_SORT_DESCENDING, 2, &results));
  assert_string_equal(rows_of(results), "ba");
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "tags.t", 6, 0, 0, &results));
  assert_string_equal(rows_of(results), "");
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "", 0, DAM_SORT_DESCENDING, INT64_MAX, &results));
  assert_string_equal(rows_of(results), "edc-ba");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_sort_is_what_prune_takes_as_an_order(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  const void* positions;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "id", 2, 0, -1, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &positions, &size));
  ASSERT_STATUS(DAM_OK,
                dam_prune_ordered(fixture->array, positions, (int64_t)(size / 8), NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "-abcde");
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void groups_come_in_the_order_of_first_appearance(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_split(snapshot, "tags.t", DAM_NUL_TERMINATED, &results));
  assert_string_equal(rows_of(results), "a0d0b1c2e3");
  ASSERT_STATUS(DAM_OK, dam_split(snapshot, "text", 4, &results));
  assert_string_equal(rows_of(results), "");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void portions_are_of_one_size_but_for_the_last(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_portions(snapshot, 4, 0, 99, &results));
  assert_string_equal(rows_of(results), "a0b0-0c0d1e1");
  ASSERT_STATUS(DAM_OK, dam_portions(snapshot, 4, DAM_PORTIONS_SHUFFLED, 42, &results));
  assert_int_equal(strlen(rows_of(results)), 12);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void drawn_portions_are_the_shuffle_of_that_seed(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* portions = NULL;
  dam_results* shuffled = NULL;
  const void* positions[2];
  size_t sizes[2];
  ASSERT_STATUS(DAM_OK, dam_portions(snapshot, 5, DAM_PORTIONS_SHUFFLED, -3, &portions));
  ASSERT_STATUS(DAM_OK, dam_shuffle(snapshot, -3, &shuffled));
  ASSERT_STATUS(DAM_OK, dam_results_read(portions, DAM_RESULTS_POSITION, &positions[0], &sizes[0]));
  ASSERT_STATUS(DAM_OK, dam_results_read(shuffled, DAM_RESULTS_POSITION, &positions[1], &sizes[1]));
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(positions[0], positions[1], sizes[0]);
  dam_results_free(portions);
  dam_results_free(shuffled);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

#define REFUSED(call) ASSERT_STATUS(DAM_INVALID_ARGUMENT, call)

static void what_no_document_can_have_is_refused(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  REFUSED(dam_sort(snapshot, "no_field", DAM_NUL_TERMINATED, 0, -1, &results));
  REFUSED(dam_sort(snapshot, "tags.\\x", DAM_NUL_TERMINATED, 0, -1, &results));
  REFUSED(dam_sort(snapshot, "text", 4, 2, -1, &results));
  REFUSED(dam_split(snapshot, "no_field", DAM_NUL_TERMINATED, &results));
  REFUSED(dam_split(snapshot, "", 0, &results));
  REFUSED(dam_portions(snapshot, 0, 0, 0, &results));
  REFUSED(dam_portions(snapshot, -1, 0, 0, &results));
  REFUSED(dam_portions(snapshot, 1, 2, 0, &results));
  assert_null(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

#define BIRDS_TEST(test) cmocka_unit_test_setup_teardown(test, make_birds, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      BIRDS_TEST(a_sort_is_stable_and_has_missing_values_last),
      BIRDS_TEST(a_sort_is_what_prune_takes_as_an_order),
      BIRDS_TEST(groups_come_in_the_order_of_first_appearance),
      BIRDS_TEST(portions_are_of_one_size_but_for_the_last),
      BIRDS_TEST(drawn_portions_are_the_shuffle_of_that_seed),
      BIRDS_TEST(what_no_document_can_have_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
