// Filters, and what is found, counted, explained and deleted with them.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static dam_filter* filter_of(const char* json) {
  dam_filter* filter = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_parse(json, DAM_NUL_TERMINATED, &filter));
  return filter;
}

static void append_json(dam_array* array, const char* json) {
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

static void append_birds(dam_array* array) {
  append_json(array,
              "{\"id\":\"robin\",\"text\":\"sings\",\"tags\":{\"grams\":18,\"color\":"
              "\"red\",\"tame\":true,\"eggs\":[1,2]},"
              "\"chunks\":[{\"id\":\"beak\",\"text\":\"sharp\"}]}");
  append_json(array,
              "{\"id\":\"wren\",\"text\":\"sings loud\",\"tags\":{\"grams\":9.5,"
              "\"color\":\"brown\",\"least\":9}}");
  append_json(array,
              "{\"id\":\"swan\",\"tags\":{\"grams\":11000,\"color\":\"white\"},"
              "\"chunks\":[{\"id\":\"neck\",\"text\":\"long\"},{\"text\":\"sharp\"}]}");
}

static int open_birds(void** state) {
  const int opened = open_array(state);
  if (opened == 0) append_birds(((struct array_fixture*)*state)->array);
  return opened;
}

static dam_snapshot* snapshot_of(void** state) {
  dam_snapshot* snapshot = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(((struct array_fixture*)*state)->array, &snapshot));
  return snapshot;
}

/* The ids of the rows, each with a space behind it; valid until the next call. */
static const char* ids_of(const dam_results* results) {
  static char joined[256];
  char* ids = NULL;
  int64_t* offsets = NULL;
  int64_t count = -1;
  int64_t i;
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  ASSERT_STATUS(DAM_OK, dam_results_ids(results, &ids, &offsets));
  joined[0] = '\0';
  for (i = 0; i < count; ++i) {
    (void)strncat(joined, ids + offsets[i], (size_t)(offsets[i + 1] - offsets[i]));
    (void)strcat(joined, " ");
  }
  dam_free(ids);
  dam_free(offsets);
  return joined;
}

/* Takes the filter over. */
static void assert_found(void** state, dam_filter* filter, const char* wanted) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, filter, NULL, 0, NULL, NULL, &results));
  assert_string_equal(ids_of(results), wanted);
  ASSERT_STATUS(DAM_OK, dam_count_where(snapshot, filter, NULL, 0, NULL, &count));
  dam_filter_free(filter);
  {
    int64_t rows = -1;
    ASSERT_STATUS(DAM_OK, dam_results_count(results, &rows));
    assert_int_equal(count, rows);
  }
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static dam_filter* string_filter(const char* path, int32_t operation, const char* string) {
  dam_filter* filter = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_string(path, DAM_NUL_TERMINATED, operation, string,
                                          DAM_NUL_TERMINATED, &filter));
  return filter;
}

static dam_filter* integer_filter(const char* path, int32_t operation, int64_t integer) {
  dam_filter* filter = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_integer(path, DAM_NUL_TERMINATED, operation, integer, &filter));
  return filter;
}

static dam_filter* number_filter(const char* path, int32_t operation, double number) {
  dam_filter* filter = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_number(path, DAM_NUL_TERMINATED, operation, number, &filter));
  return filter;
}

static dam_filter* tags_filter(const char* json, int32_t operation, int64_t integer) {
  dam_filter* filter = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_tags(json, DAM_NUL_TERMINATED, operation, integer, &filter));
  return filter;
}

static void calls_make_the_same_filters_as_json(void** state) {
  const int32_t field = DAM_FILTER_FIELD;
  assert_found(state, filter_of("{\"tags.grams\":{\"$lt\":18}}"), "wren ");
  assert_found(state, integer_filter("tags.grams", DAM_FILTER_LT, 18), "wren ");
  assert_found(state, integer_filter("tags.grams", DAM_FILTER_GTE, 18), "robin swan ");
  assert_found(state, integer_filter("tags.grams", DAM_FILTER_NE, 18), "wren swan ");
  assert_found(state, integer_filter("tags.tame", DAM_FILTER_BOOLEAN, 1), "robin ");
  assert_found(state, integer_filter("tags.tame", DAM_FILTER_EXISTS, 0), "wren swan ");
  assert_found(state, integer_filter("tags.eggs", DAM_FILTER_SIZE, 2), "robin ");
  assert_found(state, number_filter("tags.grams", DAM_FILTER_EQ, 9.5), "wren ");
  assert_found(state, number_filter("tags.grams", DAM_FILTER_LTE, 18.0), "robin wren ");
  assert_found(state, string_filter("text", DAM_FILTER_EQ, "sings"), "robin ");
  assert_found(state, string_filter("text", DAM_FILTER_REGEX, "l.ud$"), "wren ");
  assert_found(state, string_filter("text", DAM_FILTER_MATCH, "l.ud$"), "");
  assert_found(state, string_filter("id", DAM_FILTER_GT, "s"), "wren swan ");
  assert_found(state, string_filter("tags.grams", DAM_FILTER_GT | field, "tags.least"), "wren ");
  assert_found(state, string_filter("tags.grams", DAM_FILTER_NE | field, "tags.grams"), "");
}

static void filters_are_joined_and_stay_the_callers(void** state) {
  dam_filter* small = integer_filter("tags.grams", DAM_FILTER_LT, 100);
  dam_filter* red = string_filter("tags.color", DAM_FILTER_EQ, "red");
  dam_filter* joined = NULL;
  ASSERT_STATUS(DAM_OK, dam_filter_join(DAM_FILTER_AND, small, red, &joined));
  assert_found(state, joined, "robin ");
  ASSERT_STATUS(DAM_OK, dam_filter_join(DAM_FILTER_OR, small, red, &joined));
  assert_found(state, joined, "robin wren ");
  ASSERT_STATUS(DAM_OK, dam_filter_join(DAM_FILTER_NOT, small, NULL, &joined));
  dam_filter_free(small);
  dam_filter_free(red);
  assert_found(state, joined, "swan ");
}

static void tags_are_counted_by_regular_expressions(void** state) {
  const char* json = "{\"color\":\"re|br\",\"nothing\":\".*\",\"tame\":\"true\"}";
  assert_found(state, tags_filter(json, DAM_FILTER_GTE, 1), "robin wren ");
  assert_found(state, tags_filter(json, DAM_FILTER_EQ, 0), "swan ");
  assert_found(state, tags_filter(json, DAM_FILTER_GT, 1), "");
  assert_found(state, tags_filter(json, DAM_FILTER_NE, 1), "swan ");
  assert_found(state, tags_filter("{\"color\":\"ed\"}", DAM_FILTER_GTE, 1), "");
}

static void chunks_are_found_with_the_position_of_their_root(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_filter* filter = string_filter("text", DAM_FILTER_EQ, "sharp");
  dam_results* results = NULL;
  dam_document* document = NULL;
  const void* data = NULL;
  const char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, filter, "r,c", 3, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &data, &size));
  assert_int_equal(size, 16);
  assert_int_equal(((const int64_t*)data)[0], 0);
  assert_int_equal(((const int64_t*)data)[1], 2);
  assert_string_equal(ids_of(results), "beak  ");
  ASSERT_STATUS(DAM_OK, dam_results_document(results, 1, &document));
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_document_string(document, DAM_FIELD_TEXT, &text, &size));
  assert_memory_equal(text, "sharp", size);
  dam_document_free(document);
  dam_filter_free(filter);
}

static void a_row_gives_its_whole_document(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  dam_document* document = NULL;
  const char* id = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, NULL, NULL, 0, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_document(results, 2, &document));
  ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &size));
  assert_memory_equal(id, "swan", size);
  dam_document_free(document);
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_results_document(results, 3, &document));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_results_document(results, -1, &document));
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void offset_and_limit_are_options(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_options* options = NULL;
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_FIND_OFFSET, 1));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_FIND_LIMIT, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_FIND_LIMIT, -1));
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, NULL, NULL, 0, options, NULL, &results));
  assert_string_equal(ids_of(results), "wren ");
  dam_results_free(results);
  dam_options_free(options);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void an_answer_is_about_its_snapshot(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "robin", 5, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, NULL, NULL, 0, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  assert_string_equal(ids_of(results), "robin wren swan ");
  dam_results_free(results);
}

static void explain_tells_how_many_each_step_kept(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_filter* filter = filter_of("{\"tags.grams\":{\"$lt\":100},\"text\":\"sings\"}");
  char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_explain(snapshot, filter, NULL, 0, NULL, &text, &size));
  assert_string_equal(text,
                      "scan of 3 documents at r, in place, in blocks: 1\n"
                      "$and: 1 of 3\n"
                      "  {\"tags.grams\":{\"$lt\":100}}: 2 of 3\n"
                      "  {\"text\":{\"$eq\":\"sings\"}}: 1 of 2\n");
  assert_int_equal(size, strlen(text));
  dam_free(text);
  dam_filter_free(filter);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void delete_where_deletes_what_passes_in_one_commit(void** state) {
  struct array_fixture* fixture = *state;
  dam_filter* filter = filter_of("{\"tags.grams\":{\"$lt\":100}}");
  int64_t before = -1;
  int64_t after = -1;
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &before));
  ASSERT_STATUS(DAM_OK,
                dam_delete_where(fixture->array, filter, DAM_DURABLE, NULL, &count, &after));
  assert_int_equal(count, 2);
  assert_int_equal(after, before + 1);
  assert_string_equal(joined_ids(fixture->array), "swan");
  ASSERT_STATUS(DAM_OK, dam_delete_where(fixture->array, filter, 0, NULL, &count, &before));
  assert_int_equal(count, 0);
  assert_int_equal(before, after);
  ASSERT_STATUS(DAM_OK, dam_delete_where(fixture->array, filter, 0, NULL, NULL, NULL));
  dam_filter_free(filter);
}

static void delete_where_of_a_read_only_array_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  dam_filter* filter = filter_of("{}");
  dam_options* options = NULL;
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &fixture->array));
  ASSERT_STATUS(DAM_READ_ONLY, dam_delete_where(fixture->array, filter, 0, NULL, NULL, NULL));
  dam_options_free(options);
  dam_filter_free(filter);
}

static void a_cancelled_task_stops_the_search(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_filter* filter = filter_of("{}");
  dam_results* results = NULL;
  dam_task* task = NULL;
  char* text = NULL;
  size_t size;
  int64_t count = -7;
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, filter, NULL, 0, NULL, task, &results));
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &count, &count));
  assert_int_equal(count, 3);
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_find(snapshot, filter, NULL, 0, NULL, task, &results));
  ASSERT_STATUS(DAM_CANCELLED, dam_count_where(snapshot, filter, NULL, 0, task, &count));
  ASSERT_STATUS(DAM_CANCELLED, dam_explain(snapshot, filter, NULL, 0, task, &text, &size));
  ASSERT_STATUS(DAM_CANCELLED, dam_delete_where(fixture->array, filter, 0, task, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "robinwrenswan");
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  dam_filter_free(filter);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

#define REFUSED(call) ASSERT_STATUS(DAM_INVALID_ARGUMENT, call)

static void operations_that_do_not_fit_are_refused(void** state) {
  dam_filter* part = filter_of("{}");
  dam_filter* filter = NULL;
  (void)state;
  REFUSED(dam_filter_integer("tags.a", 6, 0, 1, &filter));
  REFUSED(dam_filter_integer("tags.a", 6, DAM_FILTER_REGEX, 1, &filter));
  REFUSED(dam_filter_integer("tags.a", 6, DAM_FILTER_EXISTS, 2, &filter));
  REFUSED(dam_filter_integer("tags.a", 6, DAM_FILTER_BOOLEAN, -1, &filter));
  REFUSED(dam_filter_integer("tags.a", 6, DAM_FILTER_SIZE, -1, &filter));
  REFUSED(dam_filter_integer("tag.a", 5, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_number("tags.a", 6, DAM_FILTER_SIZE, 1, &filter));
  REFUSED(dam_filter_number("", 0, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_string("text", 4, DAM_FILTER_EXISTS, "a", 1, &filter));
  REFUSED(dam_filter_string("text", 4, DAM_FILTER_REGEX, "(", 1, &filter));
  REFUSED(dam_filter_string("text", 4, DAM_FILTER_REGEX | DAM_FILTER_FIELD, "id", 2, &filter));
  REFUSED(dam_filter_string("text", 4, DAM_FILTER_EQ | DAM_FILTER_FIELD, "nowhere", 7, &filter));
  REFUSED(dam_filter_join(DAM_FILTER_EQ, part, part, &filter));
  REFUSED(dam_filter_join(DAM_FILTER_NOT, part, part, &filter));
  REFUSED(dam_filter_tags("{\"a\":\"b\"}", 9, DAM_FILTER_REGEX, 1, &filter));
  REFUSED(dam_filter_tags("{\"a\":1}", 7, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_parse("{\"id\":", 6, &filter));
  assert_string_equal(dam_last_error(), "JSON line 1, column 7: Invalid value.");
  assert_null(filter);
  dam_filter_free(part);
}

static void null_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_filter* part = filter_of("{}");
  dam_filter* filter = NULL;
  dam_results* results = NULL;
  dam_document* document = NULL;
  char* text = NULL;
  size_t size = 0;
  REFUSED(dam_filter_parse(NULL, 1, &filter));
  REFUSED(dam_filter_parse("{}", 2, NULL));
  REFUSED(dam_filter_integer(NULL, 1, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_integer("id", 2, DAM_FILTER_EQ, 1, NULL));
  REFUSED(dam_filter_number(NULL, 1, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_number("id", 2, DAM_FILTER_EQ, 1, NULL));
  REFUSED(dam_filter_string(NULL, 1, DAM_FILTER_EQ, "a", 1, &filter));
  REFUSED(dam_filter_string("id", 2, DAM_FILTER_EQ, NULL, 1, &filter));
  REFUSED(dam_filter_string("id", 2, DAM_FILTER_EQ, "a", 1, NULL));
  REFUSED(dam_filter_join(DAM_FILTER_AND, NULL, part, &filter));
  REFUSED(dam_filter_join(DAM_FILTER_AND, part, NULL, &filter));
  REFUSED(dam_filter_join(DAM_FILTER_NOT, NULL, NULL, &filter));
  REFUSED(dam_filter_join(DAM_FILTER_NOT, part, NULL, NULL));
  REFUSED(dam_filter_tags(NULL, 1, DAM_FILTER_EQ, 1, &filter));
  REFUSED(dam_filter_tags("{}", 2, DAM_FILTER_EQ, 1, NULL));
  REFUSED(dam_find(snapshot, part, NULL, 0, NULL, NULL, NULL));
  REFUSED(dam_find(snapshot, part, "x", 1, NULL, NULL, &results));
  REFUSED(dam_find(snapshot, part, "", 0, NULL, NULL, &results));
  REFUSED(dam_count_where(snapshot, part, NULL, 0, NULL, NULL));
  REFUSED(dam_explain(snapshot, part, NULL, 0, NULL, NULL, &size));
  REFUSED(dam_explain(snapshot, part, NULL, 0, NULL, &text, NULL));
  REFUSED(dam_delete_where(fixture->array, NULL, 0, NULL, NULL, NULL));
  REFUSED(dam_delete_where(fixture->array, part, DAM_UPSERT, NULL, NULL, NULL));
  REFUSED(dam_results_document(NULL, 0, &document));
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, part, NULL, 0, NULL, NULL, &results));
  REFUSED(dam_results_document(results, 0, NULL));
  dam_results_free(results);
  dam_filter_free(part);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

#define FIND_TEST(test) cmocka_unit_test_setup_teardown(test, open_birds, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      FIND_TEST(calls_make_the_same_filters_as_json),
      FIND_TEST(filters_are_joined_and_stay_the_callers),
      FIND_TEST(tags_are_counted_by_regular_expressions),
      FIND_TEST(chunks_are_found_with_the_position_of_their_root),
      FIND_TEST(a_row_gives_its_whole_document),
      FIND_TEST(offset_and_limit_are_options),
      FIND_TEST(an_answer_is_about_its_snapshot),
      FIND_TEST(explain_tells_how_many_each_step_kept),
      FIND_TEST(delete_where_deletes_what_passes_in_one_commit),
      FIND_TEST(delete_where_of_a_read_only_array_is_refused),
      FIND_TEST(a_cancelled_task_stops_the_search),
      FIND_TEST(operations_that_do_not_fit_are_refused),
      FIND_TEST(null_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
