// Nearest neighbours through dam.h: queries from everywhere, options, refusals, embeddings in bulk.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "array_fixture.h"

static void add_point(dam_array* array, const char* id, double x, double y) {
  char json[160];
  snprintf(json, sizeof json,
           "{\"id\":\"%s\",\"embedding\":{\"dtype\":\"f64\",\"shape\":[2],\"data\":[%g,%g]}}", id,
           x, y);
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

/* Four points, one document without, and a snapshot of them. */
struct points {
  dam_snapshot* snapshot;
  dam_queries* queries;
  dam_options* options;
};

static struct points begin_points(dam_array* array) {
  struct points points;
  add_point(array, "origin", 0, 0);
  add_point(array, "east", 3, 0);
  append(array, "nowhere", "without");
  add_point(array, "north", 0, 4);
  add_point(array, "far", 30, 40);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &points.snapshot));
  ASSERT_STATUS(DAM_OK, dam_queries_create(&points.queries));
  ASSERT_STATUS(DAM_OK, dam_options_create(&points.options));
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_METRIC, DAM_METRIC_EUCLIDEAN));
  return points;
}

static void end_points(struct points* points) {
  dam_options_free(points->options);
  dam_queries_free(points->queries);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(points->snapshot));
}

/* The ids of an answer, joined with a space, and what its distances add up to. */
static void expect_rows(const struct points* points, const char* ids, double sum) {
  dam_results* results;
  char* packed;
  int64_t* offsets;
  int64_t count;
  const void* data;
  size_t size;
  char joined[200] = "";
  double found = 0;
  ASSERT_STATUS(
      DAM_OK, dam_match(points->snapshot, points->queries, NULL, points->options, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  ASSERT_STATUS(DAM_OK, dam_results_ids(results, &packed, &offsets));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_DISTANCE, &data, &size));
  assert_int_equal(size, (size_t)count * sizeof(double));
  for (int64_t i = 0; i < count; i++) {
    const size_t used = strlen(joined);
    snprintf(joined + used, sizeof joined - used, "%s%.*s", i == 0 ? "" : " ",
             (int)(offsets[i + 1] - offsets[i]), packed + offsets[i]);
    found += ((const double*)data)[i];
  }
  assert_string_equal(joined, ids);
  assert_true(found == sum);
  dam_free(packed);
  dam_free(offsets);
  dam_results_free(results);
}

static void add_vector(dam_queries* queries, double x, double y) {
  const double numbers[] = {x, y};
  const uint32_t shape[] = {2};
  ASSERT_STATUS(DAM_OK,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, shape, 1, numbers, sizeof numbers));
}

static void a_vector_finds_the_nearest_documents(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  add_vector(points.queries, 0, 0);
  expect_rows(&points, "origin east north far", 0 + 3 + 4 + 50);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 2));
  expect_rows(&points, "origin east", 3);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, DAM_NO_LIMIT));
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_METRIC, DAM_METRIC_SQEUCLIDEAN));
  expect_rows(&points, "origin east north far", 0 + 9 + 16 + 2500);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_METRIC, DAM_METRIC_MANHATTAN));
  expect_rows(&points, "origin east north far", 0 + 3 + 4 + 70);
  end_points(&points);
}

static void queries_come_from_documents_slices_ids_and_matrices(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const int64_t offsets[] = {0, 3, 7};
  const uint32_t shape[] = {2, 2};
  const float matrix[] = {0, 4, 29, 40};
  dam_document* east;
  int64_t count;
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 1));
  ASSERT_STATUS(DAM_OK, dam_get(fixture->array, "east", 4, &east));
  ASSERT_STATUS(DAM_OK, dam_queries_add_document(points.queries, east));
  dam_document_free(east);
  ASSERT_STATUS(DAM_OK, dam_queries_add_slice(points.queries, points.snapshot, 2, 4, 1));
  ASSERT_STATUS(DAM_OK,
                dam_queries_add_ids(points.queries, points.snapshot, "fareast", offsets, 2));
  ASSERT_STATUS(DAM_OK, dam_queries_add_matrix(points.queries, DAM_DTYPE_F32, shape, 2, matrix,
                                               sizeof matrix));
  ASSERT_STATUS(DAM_OK, dam_queries_count(points.queries, &count));
  assert_int_equal(count, 7);
  expect_rows(&points, "east north far east north far", 1);
  end_points(&points);
}

static void columns_say_query_rank_and_position(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const int64_t queries[] = {0, 0, 1, 1}, ranks[] = {0, 1, 0, 1}, positions[] = {0, 1, 4, 3};
  const int32_t columns[] = {DAM_RESULTS_QUERY, DAM_RESULTS_RANK, DAM_RESULTS_POSITION};
  const int64_t* const wanted[] = {queries, ranks, positions};
  dam_results* results;
  add_vector(points.queries, 0, 0);
  add_vector(points.queries, 30, 40);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 2));
  ASSERT_STATUS(DAM_OK,
                dam_match(points.snapshot, points.queries, NULL, points.options, NULL, &results));
  for (int i = 0; i < 3; i++) {
    const void* data;
    size_t size;
    ASSERT_STATUS(DAM_OK, dam_results_read(results, columns[i], &data, &size));
    assert_int_equal(size, sizeof queries);
    assert_memory_equal(data, wanted[i], size);
  }
  dam_results_free(results);
  end_points(&points);
}

static void a_document_can_leave_itself_out(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const int64_t offsets[] = {0, 6};
  ASSERT_STATUS(DAM_OK, dam_queries_add_ids(points.queries, points.snapshot, "origin", offsets, 1));
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 2));
  expect_rows(&points, "origin east", 3);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_EXCLUDE_SELF, 1));
  expect_rows(&points, "east north", 7);
  end_points(&points);
}

static void distances_can_be_mapped_to_a_range(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  add_vector(points.queries, 0, 0);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_METRIC, DAM_METRIC_SQEUCLIDEAN));
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 1));
  ASSERT_STATUS(DAM_OK, dam_options_set_number(points.options, DAM_OPTION_RANGE_FROM, 5));
  expect_rows(&points, "origin", 5);
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_LIMIT, 4));
  ASSERT_STATUS(DAM_OK, dam_options_set_number(points.options, DAM_OPTION_RANGE_TO, 2505));
  expect_rows(&points, "origin east north far", 4 * 5 + 9 + 16 + 2500);
  end_points(&points);
}

static void a_snapshot_answers_the_same_after_changes(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  add_vector(points.queries, 0, 0);
  add_point(fixture->array, "new", 0, 1);
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "east", 4, 0, 0, NULL));
  expect_rows(&points, "origin east north far", 57);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(points.snapshot));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &points.snapshot));
  expect_rows(&points, "origin new north far", 55);
  end_points(&points);
}

static void options_out_of_range_are_refused(void** state) {
  dam_options* options;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_LIMIT, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_LIMIT, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_METRIC, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_METRIC, 7));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_EXCLUDE_SELF, 2));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_THREADS, 1025));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_APPROXIMATE, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_RANGE_TO, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set_number(options, DAM_OPTION_LIMIT, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set_number(options, DAM_OPTION_RANGE_TO, NAN));
  dam_options_free(options);
}

static void queries_that_do_not_fit_are_refused_and_add_nothing(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const uint32_t shape[] = {2, 2}, great[] = {UINT32_MAX, UINT32_MAX}, wide[] = {3};
  const double good[] = {1, 2, 3, 4}, bad[] = {1, 2, 3, INFINITY};
  const int64_t offsets[] = {0, 4, 8};
  const uint8_t bits[] = {0, 1, 2};
  dam_queries* const queries = points.queries;
  int64_t count;
  add_vector(queries, 0, 0);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, shape, 2, good, sizeof good - 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, shape, 2, bad, sizeof bad));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, great, 2, good, sizeof good));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, wide, 1, good, 24));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_queries_add_matrix(queries, 13, shape, 2, good, 32));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_queries_add_matrix(queries, 1, shape, 0, NULL, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_queries_add_matrix(queries, 1, shape, 3, good, 32));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_queries_add_matrix(queries, DAM_DTYPE_BOOL, wide, 1, bits, 3));
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_queries_add_ids(queries, points.snapshot, "eastwest", offsets, 2));
  assert_string_equal(dam_last_error(), "no document has the id \"west\"");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_queries_add_slice(queries, points.snapshot, 0, 1, 0));
  ASSERT_STATUS(DAM_OK, dam_queries_count(queries, &count));
  assert_int_equal(count, 1);
  expect_rows(&points, "origin east north far", 57);
  end_points(&points);
}

static void queries_of_another_dimension_are_refused_by_the_match(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const float numbers[] = {1, 2, 3};
  const uint32_t shape[] = {3};
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_queries_add_matrix(points.queries, DAM_DTYPE_F32, shape, 1, numbers,
                                               sizeof numbers));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_match(points.snapshot, points.queries, NULL, NULL, NULL, &results));
  assert_string_equal(dam_last_error(),
                      "the embedding at position 0 has 2 components, the queries 3");
  assert_null(results);
  end_points(&points);
}

static void what_is_not_there_yet_says_so(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_set(points.options, DAM_OPTION_APPROXIMATE, 1));
  ASSERT_STATUS(DAM_UNSUPPORTED,
                dam_match(points.snapshot, points.queries, NULL, points.options, NULL, &results));
  end_points(&points);
}

static void a_filter_comes_before_the_search(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const char* json = "{\"id\": {\"$in\": [\"far\", \"east\", \"nowhere\"]}}";
  dam_filter* filter;
  dam_results* results;
  const int64_t positions[] = {1, 4};
  const void* data;
  size_t size;
  add_vector(points.queries, 0, 0);
  ASSERT_STATUS(DAM_OK, dam_filter_parse(json, DAM_NUL_TERMINATED, &filter));
  ASSERT_STATUS(DAM_OK,
                dam_match(points.snapshot, points.queries, filter, points.options, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &data, &size));
  assert_int_equal(size, sizeof positions);
  assert_memory_equal(data, positions, size);
  dam_results_free(results);
  dam_filter_free(filter);
  end_points(&points);
}

static void a_cancelled_task_ends_the_match(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  dam_task* task;
  dam_results* results = NULL;
  int64_t done, total;
  add_vector(points.queries, 0, 0);
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_match(points.snapshot, points.queries, NULL, NULL, task, &results));
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_int_equal(done, 5);
  assert_int_equal(total, 5);
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED,
                dam_match(points.snapshot, points.queries, NULL, NULL, task, &results));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  end_points(&points);
}

static void embeddings_come_as_one_matrix(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const float floats[] = {0, 0, 3, 0, 0, 4, 30, 40};
  const double doubles[] = {0, 0, 3, 0, 0, 4, 30, 40};
  const int64_t positions[] = {0, 1, 3, 4};
  dam_results* results;
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_embeddings(points.snapshot, DAM_DTYPE_F32, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_EMBEDDING, &data, &size));
  assert_int_equal(size, sizeof floats);
  assert_memory_equal(data, floats, size);
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_POSITION, &data, &size));
  assert_int_equal(size, sizeof positions);
  assert_memory_equal(data, positions, size);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_results_read(results, DAM_RESULTS_RANK, &data, &size));
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_embeddings(points.snapshot, DAM_DTYPE_F64, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_EMBEDDING, &data, &size));
  assert_memory_equal(data, doubles, sizeof doubles);
  dam_results_free(results);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_embeddings(points.snapshot, DAM_DTYPE_I8, &results));
  end_points(&points);
}

static void expect_embedding(dam_array* array, int64_t position, double x, double y) {
  dam_document* document;
  double numbers[2];
  int64_t count;
  ASSERT_STATUS(DAM_OK, dam_get_at(array, position, &document));
  ASSERT_STATUS(DAM_OK, dam_document_doubles(document, DAM_FIELD_EMBEDDING, numbers, 2, &count));
  assert_true(count == 2 && numbers[0] == x && numbers[1] == y);
  dam_document_free(document);
}

static void embeddings_are_set_from_a_matrix_at_once(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* const array = fixture->array;
  const uint32_t shape[] = {3, 2}, wrong[] = {2, 2};
  const float rows[] = {1, 2, 3, 4, 5, 6}, bad[] = {1, 2, 3, 4, 5, NAN};
  dam_document* document;
  int64_t revision, before, count;
  append_letters(array, "abc");
  ASSERT_STATUS(DAM_OK, dam_stat(array, DAM_STAT_REVISION, &before));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_embeddings_set(array, DAM_DTYPE_F32, wrong, 2, rows, 16, 0, NULL));
  assert_string_equal(dam_last_error(), "2 rows are not one for each of 3 documents");
  ASSERT_STATUS(DAM_INVALID_DOCUMENT,
                dam_embeddings_set(array, DAM_DTYPE_F32, shape, 2, bad, sizeof bad, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_embeddings_set(array, DAM_DTYPE_F32, shape, 2, rows, sizeof rows,
                                           DAM_VISIBLE, &revision));
  assert_true(revision == before + 1);
  expect_embedding(array, 0, 1, 2);
  expect_embedding(array, 2, 5, 6);
  assert_text(array, "b", "b");
  assert_string_equal(joined_ids(array), "abc");
  ASSERT_STATUS(DAM_OK, dam_embeddings_set(array, 0, NULL, 0, NULL, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_get_at(array, 0, &document));
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_doubles(document, DAM_FIELD_EMBEDDING, NULL, 0, &count));
  dam_document_free(document);
}

static void an_array_without_documents_takes_a_matrix_without_rows(void** state) {
  struct array_fixture* fixture = *state;
  const uint32_t shape[] = {0, 7};
  dam_snapshot* snapshot;
  dam_results* results;
  int64_t count;
  ASSERT_STATUS(DAM_OK,
                dam_embeddings_set(fixture->array, DAM_DTYPE_F32, shape, 2, NULL, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_embeddings(snapshot, DAM_DTYPE_F32, &results));
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  assert_int_equal(count, 0);
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void null_and_closed_handles_are_refused(void** state) {
  struct array_fixture* fixture = *state;
  struct points points = begin_points(fixture->array);
  const uint32_t shape[] = {2};
  const float numbers[] = {1, 2};
  dam_results* results = NULL;
  int64_t count = -7;
  dam_snapshot* released;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &released));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(released));
  ASSERT_STATUS(DAM_CLOSED, dam_match(released, points.queries, NULL, NULL, NULL, &results));
  ASSERT_STATUS(DAM_CLOSED, dam_embeddings(released, 0, &results));
  ASSERT_STATUS(DAM_CLOSED, dam_queries_add_slice(points.queries, released, 0, 1, 1));
  ASSERT_STATUS(DAM_CLOSED, dam_queries_add_ids(points.queries, released, "", NULL, 0));
#define REFUSED(call) ASSERT_STATUS(DAM_INVALID_ARGUMENT, call)
  REFUSED(dam_options_set_number(NULL, DAM_OPTION_RANGE_TO, 1));
  REFUSED(dam_queries_create(NULL));
  REFUSED(dam_queries_add_document(NULL, NULL));
  REFUSED(dam_queries_add_document(points.queries, NULL));
  REFUSED(dam_queries_add_slice(NULL, points.snapshot, 0, 1, 1));
  REFUSED(dam_queries_add_slice(points.queries, NULL, 0, 1, 1));
  REFUSED(dam_queries_add_ids(NULL, points.snapshot, "", NULL, 0));
  REFUSED(dam_queries_add_ids(points.queries, points.snapshot, NULL, NULL, 1));
  REFUSED(dam_queries_add_matrix(NULL, 0, shape, 1, numbers, 8));
  REFUSED(dam_queries_add_matrix(points.queries, 0, NULL, 1, numbers, 8));
  REFUSED(dam_queries_add_matrix(points.queries, 0, shape, 1, NULL, 8));
  REFUSED(dam_queries_count(NULL, &count));
  REFUSED(dam_queries_count(points.queries, NULL));
  REFUSED(dam_match(NULL, points.queries, NULL, NULL, NULL, &results));
  REFUSED(dam_match(points.snapshot, NULL, NULL, NULL, NULL, &results));
  REFUSED(dam_match(points.snapshot, points.queries, NULL, NULL, NULL, NULL));
  REFUSED(dam_embeddings(NULL, 0, &results));
  REFUSED(dam_embeddings(points.snapshot, 0, NULL));
  REFUSED(dam_embeddings_set(NULL, 0, shape, 1, numbers, 8, 0, NULL));
  REFUSED(dam_embeddings_set(fixture->array, 0, NULL, 1, numbers, 8, 0, NULL));
  REFUSED(dam_embeddings_set(fixture->array, 0, shape, 1, numbers, 8, 256, NULL));
  assert_null(results);
  assert_int_equal(count, -7);
  end_points(&points);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_vector_finds_the_nearest_documents),
      ARRAY_TEST(queries_come_from_documents_slices_ids_and_matrices),
      ARRAY_TEST(columns_say_query_rank_and_position),
      ARRAY_TEST(a_document_can_leave_itself_out),
      ARRAY_TEST(distances_can_be_mapped_to_a_range),
      ARRAY_TEST(a_snapshot_answers_the_same_after_changes),
      ARRAY_TEST(options_out_of_range_are_refused),
      ARRAY_TEST(queries_that_do_not_fit_are_refused_and_add_nothing),
      ARRAY_TEST(queries_of_another_dimension_are_refused_by_the_match),
      ARRAY_TEST(what_is_not_there_yet_says_so),
      ARRAY_TEST(a_filter_comes_before_the_search),
      ARRAY_TEST(a_cancelled_task_ends_the_match),
      ARRAY_TEST(embeddings_come_as_one_matrix),
      ARRAY_TEST(embeddings_are_set_from_a_matrix_at_once),
      ARRAY_TEST(an_array_without_documents_takes_a_matrix_without_rows),
      ARRAY_TEST(null_and_closed_handles_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
