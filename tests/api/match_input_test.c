// What a match answers, or refuses, of data that is odd: zero vectors, dtypes, nothing at all, too
// much, damage, and arrays that are read safely.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "array_fixture.h"

struct numbers {
  int32_t dtype;
  uint32_t count;
  const void* data;
  size_t size;
};

static void add_tensor(dam_array* array, const char* id, const struct numbers* numbers) {
  dam_builder* builder;
  dam_document* document;
  const void* bytes;
  size_t bytes_size;
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &builder));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, DAM_FIELD_ID, id, strlen(id)));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tensor(builder, DAM_FIELD_EMBEDDING, numbers->dtype,
                                               &numbers->count, 1, numbers->data, numbers->size));
  ASSERT_STATUS(DAM_OK, dam_builder_finish(builder, &document));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &bytes, &bytes_size));
  ASSERT_STATUS(DAM_OK, dam_append(array, bytes, bytes_size, 0, NULL, NULL));
  dam_document_free(document);
  ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
}

static void add_pair(dam_array* array, const char* id, double x, double y) {
  const double pair[] = {x, y};
  const struct numbers numbers = {DAM_DTYPE_F64, 2, pair, sizeof pair};
  add_tensor(array, id, &numbers);
}

static dam_queries* pair_queries(double x, double y) {
  const double numbers[] = {x, y};
  const uint32_t shape[] = {2};
  dam_queries* queries;
  ASSERT_STATUS(DAM_OK, dam_queries_create(&queries));
  ASSERT_STATUS(DAM_OK,
                dam_queries_add_matrix(queries, DAM_DTYPE_F64, shape, 1, numbers, sizeof numbers));
  return queries;
}

/* What is compared with all rows, and how. */
struct question {
  int64_t metric;
  double x;
  double y;
};

/* The distances of all rows, nearest first. */
static void expect_distances(dam_array* array, struct question question, const double* wanted,
                             int64_t count) {
  dam_snapshot* snapshot;
  dam_options* options;
  dam_results* results;
  const void* data;
  size_t size;
  dam_queries* const queries = pair_queries(question.x, question.y);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_METRIC, question.metric));
  ASSERT_STATUS(DAM_OK, dam_match(snapshot, queries, NULL, options, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_read(results, DAM_RESULTS_DISTANCE, &data, &size));
  assert_int_equal(size, (size_t)count * sizeof *wanted);
  assert_memory_equal(data, wanted, size);
  dam_results_free(results);
  dam_options_free(options);
  dam_queries_free(queries);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_zero_vector_is_far_from_all_but_zero_vectors(void** state) {
  struct array_fixture* fixture = *state;
  add_pair(fixture->array, "east", 7, 0);
  add_pair(fixture->array, "zero", 0, 0);
  add_pair(fixture->array, "near", 0.0625, 0);
  expect_distances(fixture->array, (struct question){DAM_METRIC_COSINE, 0, -0.0},
                   (const double[]){0, 1, 1}, 3);
  expect_distances(fixture->array, (struct question){DAM_METRIC_COSINE, 1, 0},
                   (const double[]){0, 0, 1}, 3);
  expect_distances(fixture->array, (struct question){DAM_METRIC_INNER_PRODUCT, 0, 0},
                   (const double[]){1, 1, 1}, 3);
}

static void powers_of_two_change_no_direction(void** state) {
  struct array_fixture* fixture = *state;
  add_pair(fixture->array, "small", 0x1p-1000, 0x1p-1000);
  add_pair(fixture->array, "great", 0x1p499, 0x1p499);
  add_pair(fixture->array, "least", 0x1p-1074, 0x1p-1074);
  expect_distances(fixture->array, (struct question){DAM_METRIC_COSINE, 4, 4},
                   (const double[]){0, 0, 0}, 3);
}

/* 3 and 4 as numbers of each dtype, all in the same distances from doubles. */
static void every_dtype_is_compared_as_the_numbers_it_stores(void** state) {
  static const int8_t bytes[] = {3, 4};
  static const int64_t wide[] = {3, 4};
  static const uint32_t words[] = {3, 4};
  static const float floats[] = {3, 4};
  static const uint16_t halves[] = {0x4200, 0x4400};
  static const uint16_t brains[] = {0x4040, 0x4080};
  static const struct numbers kinds[] = {
      {DAM_DTYPE_I8, 2, bytes, sizeof bytes},    {DAM_DTYPE_I64, 2, wide, sizeof wide},
      {DAM_DTYPE_U32, 2, words, sizeof words},   {DAM_DTYPE_F32, 2, floats, sizeof floats},
      {DAM_DTYPE_F16, 2, halves, sizeof halves}, {DAM_DTYPE_BF16, 2, brains, sizeof brains},
  };
  struct array_fixture* fixture = *state;
  size_t i;
  for (i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    char path[320];
    dam_array* array = NULL;
    (void)snprintf(path, sizeof path, "%s/kind%d", fixture->directory, (int)i);
    ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
    add_tensor(array, "numbers", &kinds[i]);
    expect_distances(array, (struct question){DAM_METRIC_EUCLIDEAN, 0, 0}, (const double[]){5}, 1);
    expect_distances(array, (struct question){DAM_METRIC_COSINE, 6, 8}, (const double[]){0}, 1);
    ASSERT_STATUS(DAM_OK, dam_close(array));
  }
}

static void nothing_on_either_side_is_an_empty_answer(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot;
  dam_queries* none;
  dam_results* results;
  int64_t count = -1;
  dam_queries* const one = pair_queries(1, 2);
  ASSERT_STATUS(DAM_OK, dam_queries_create(&none));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_match(snapshot, one, NULL, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  assert_int_equal(count, 0);
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_match(snapshot, none, NULL, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  assert_int_equal(count, 0);
  dam_results_free(results);
  dam_queries_free(none);
  dam_queries_free(one);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_limit_beyond_the_rows_gives_all_of_them(void** state) {
  struct array_fixture* fixture = *state;
  add_pair(fixture->array, "a", 1, 0);
  add_pair(fixture->array, "b", 2, 0);
  expect_distances(fixture->array, (struct question){DAM_METRIC_MANHATTAN, 0, 0},
                   (const double[]){1, 2}, 2);
}

static void what_is_not_finite_never_gets_in(void** state) {
  struct array_fixture* fixture = *state;
  const uint32_t shape[] = {2};
  const double bad[][2] = {{NAN, 0}, {0, INFINITY}, {-INFINITY, 0}, {0x1p501, 0}};
  dam_queries* const queries = pair_queries(1, 2);
  int64_t count = -1;
  size_t i;
  add_pair(fixture->array, "good", 1, 1);
  for (i = 0; i < sizeof bad / sizeof *bad; ++i) {
    ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                  dam_queries_add_matrix(queries, DAM_DTYPE_F64, shape, 1, bad[i], sizeof bad[i]));
    assert_string_equal(dam_last_error(),
                        "query 1 has a component that is not finite or beyond 2^500");
  }
  ASSERT_STATUS(DAM_OK, dam_queries_count(queries, &count));
  assert_int_equal(count, 1);
  dam_queries_free(queries);
  expect_distances(fixture->array, (struct question){DAM_METRIC_EUCLIDEAN, 1, 1},
                   (const double[]){0}, 1);
}

/* Of the last match that failed. */
static char failure[400];

/* Rows of an array that is opened to be read safely, closed on return. */
static dam_status match_safely(const char* path, dam_queries* queries, dam_results** out_results) {
  dam_options* options;
  dam_array* array = NULL;
  dam_snapshot* snapshot = NULL;
  dam_status status;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_SAFE_READS, 1));
  ASSERT_STATUS(DAM_OK, dam_open(path, options, &array));
  dam_options_free(options);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  status = dam_match(snapshot, queries, NULL, NULL, NULL, out_results);
  (void)snprintf(failure, sizeof failure, "%s", dam_last_error());
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_close(array));
  return status;
}

/* Enough rows and queries for codes. */
enum { kRows = 1200, kQueries = 9, kDim = 12 };

static void fill_array(dam_array* array) {
  int i;
  int j;
  for (i = 0; i < kRows; ++i) {
    float row[kDim];
    const struct numbers numbers = {DAM_DTYPE_F32, kDim, row, sizeof row};
    char id[16];
    for (j = 0; j < kDim; ++j) row[j] = (float)((i * 7919 + j * 104729) % 2003 - 1001);
    (void)snprintf(id, sizeof id, "b%d", i);
    add_tensor(array, id, &numbers);
  }
}

static dam_queries* queries_of_slice(dam_array* array, int64_t count) {
  dam_snapshot* snapshot;
  dam_queries* queries;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_queries_create(&queries));
  ASSERT_STATUS(DAM_OK, dam_queries_add_slice(queries, snapshot, 0, count, 1));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  return queries;
}

static void safe_reads_give_the_same_answer(void** state) {
  struct array_fixture* fixture = *state;
  const int32_t columns[] = {DAM_RESULTS_POSITION, DAM_RESULTS_DISTANCE};
  dam_snapshot* snapshot;
  dam_results* plain;
  dam_results* safe;
  dam_queries* queries;
  size_t i;
  fill_array(fixture->array);
  queries = queries_of_slice(fixture->array, kQueries);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_match(snapshot, queries, NULL, NULL, NULL, &plain));
  ASSERT_STATUS(DAM_OK, match_safely(fixture->path, queries, &safe));
  for (i = 0; i < 2; ++i) {
    const void* wanted;
    const void* found;
    size_t wanted_size;
    size_t found_size;
    ASSERT_STATUS(DAM_OK, dam_results_read(plain, columns[i], &wanted, &wanted_size));
    ASSERT_STATUS(DAM_OK, dam_results_read(safe, columns[i], &found, &found_size));
    assert_int_equal(found_size, wanted_size);
    assert_int_equal(found_size, kQueries * 20 * 8);
    assert_memory_equal(found, wanted, found_size);
  }
  dam_results_free(plain);
  dam_results_free(safe);
  dam_queries_free(queries);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

/* Overwrites what lies among the documents. */
static void damage_body(const char* path) {
  char name[400];
  FILE* file;
  (void)snprintf(name, sizeof name, "%s/body.bin", path);
  file = fopen(name, "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, 40000, SEEK_SET), 0);
  assert_true(fwrite("damage, damage, damage, damage", 1, 30, file) == 30);
  assert_int_equal(fclose(file), 0);
}

static void a_damaged_document_is_told_and_no_answer_made_up(void** state) {
  struct array_fixture* fixture = *state;
  int64_t count;
  for (count = 1; count <= kQueries; count += kQueries - 1) {
    dam_queries* queries;
    dam_results* results = NULL;
    char path[320];
    dam_array* array = NULL;
    (void)snprintf(path, sizeof path, "%s/damaged%d", fixture->directory, (int)count);
    ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
    fill_array(array);
    queries = queries_of_slice(array, count);
    ASSERT_STATUS(DAM_OK, dam_close(array));
    damage_body(path);
    ASSERT_STATUS(DAM_CORRUPT, match_safely(path, queries, &results));
    assert_non_null(strstr(failure, "body.bin"));
    assert_null(results);
    dam_queries_free(queries);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_zero_vector_is_far_from_all_but_zero_vectors),
      ARRAY_TEST(powers_of_two_change_no_direction),
      ARRAY_TEST(every_dtype_is_compared_as_the_numbers_it_stores),
      ARRAY_TEST(nothing_on_either_side_is_an_empty_answer),
      ARRAY_TEST(a_limit_beyond_the_rows_gives_all_of_them),
      ARRAY_TEST(what_is_not_finite_never_gets_in),
      ARRAY_TEST(safe_reads_give_the_same_answer),
      ARRAY_TEST(a_damaged_document_is_told_and_no_answer_made_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
