// Matches from many threads while another writes and prunes: each answer is about one commit.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

/* Enough rows for an index, enough queries to make one. */
enum { kRows = 1100, kDim = 8, kQueries = 10, kMatchers = 3, kRounds = 12, kBatch = 40 };

struct race {
  dam_array* array;
  int failures;
  int done;
  int matches;
};

static void fail_race(struct race* race) {
  (void)__atomic_fetch_add(&race->failures, 1, __ATOMIC_SEQ_CST);
}

/* Row `number` of round `round` is round + 1 times a vector of its own: the rounds are told apart
   by the length, and by cosine not at all. */
static void fill_row(float* row, int number, int round) {
  int i;
  for (i = 0; i < kDim; ++i)
    row[i] = (float)((number * 7919 + i * 104729) % 2003 - 1001) * (float)(round + 1);
}

static int write_rows(dam_array* array, int first, int last, int round) {
  dam_batch* batch = NULL;
  int number;
  int failed = dam_batch_begin(array, &batch) != DAM_OK;
  for (number = first; number < last && !failed; ++number) {
    const uint32_t shape[] = {kDim};
    dam_builder* builder = NULL;
    dam_document* document = NULL;
    const void* data = NULL;
    size_t size = 0;
    float row[kDim];
    char id[16];
    fill_row(row, number, round);
    (void)snprintf(id, sizeof id, "b%d", number);
    failed = dam_builder_create(NULL, &builder) != DAM_OK ||
             dam_builder_set_string(builder, DAM_FIELD_ID, id, strlen(id)) != DAM_OK ||
             dam_builder_set_tensor(builder, DAM_FIELD_EMBEDDING, DAM_DTYPE_F32, shape, 1, row,
                                    sizeof row) != DAM_OK ||
             dam_builder_finish(builder, &document) != DAM_OK ||
             dam_document_bytes(document, &data, &size) != DAM_OK ||
             dam_batch_append(batch, data, size, DAM_UPSERT) != DAM_OK;
    dam_document_free(document);
    (void)dam_builder_discard(builder);
  }
  if (failed) {
    (void)dam_batch_discard(batch);
    return -1;
  }
  return dam_batch_commit(batch, 0, NULL) == DAM_OK ? 0 : -1;
}

/* Each round replaces some rows by longer ones of the same direction, and prunes now and then. */
static void* write_and_prune(void* context) {
  struct race* race = context;
  int round;
  for (round = 1; round <= kRounds; ++round) {
    const int first = round * kBatch % (kRows - kBatch);
    if (write_rows(race->array, first, first + kBatch, round) != 0) fail_race(race);
    if (round % 3 == 0 && dam_prune(race->array, NULL, NULL) != DAM_OK) fail_race(race);
  }
  __atomic_store_n(&race->done, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

/* The first row of each query is itself, for nothing else has its direction. */
static int is_right(dam_results* results) {
  const int64_t* positions = NULL;
  const double* distances = NULL;
  const void* column = NULL;
  size_t size = 0;
  int query;
  if (dam_results_read(results, DAM_RESULTS_POSITION, &column, &size) != DAM_OK) return 0;
  positions = column;
  if (size != 2 * kQueries * sizeof *positions) return 0;
  if (dam_results_read(results, DAM_RESULTS_DISTANCE, &column, &size) != DAM_OK) return 0;
  distances = column;
  for (query = 0; query < kQueries; ++query) {
    /* Rounding of cosines of multiples is far below what parts two directions. */
    if (positions[2 * query] != query * 100 || distances[2 * query] > 1e-12) return 0;
    if (!(distances[2 * query + 1] > 1e-9)) return 0;
  }
  return 1;
}

static int match_once(struct race* race, const dam_options* options) {
  dam_snapshot* snapshot = NULL;
  dam_queries* queries = NULL;
  dam_results* first = NULL;
  dam_results* second = NULL;
  const int ok =
      dam_snapshot_open(race->array, &snapshot) == DAM_OK &&
      dam_queries_create(&queries) == DAM_OK &&
      dam_queries_add_slice(queries, snapshot, 0, kQueries * 100, 100) == DAM_OK &&
      dam_match(snapshot, queries, NULL, options, NULL, &first) == DAM_OK && is_right(first) &&
      dam_match(snapshot, queries, NULL, options, NULL, &second) == DAM_OK && is_right(second);
  dam_results_free(first);
  dam_results_free(second);
  dam_queries_free(queries);
  (void)dam_snapshot_release(snapshot);
  return ok;
}

static void* match_on(void* context) {
  struct race* race = context;
  dam_options* options = NULL;
  int last = 0;
  if (dam_options_create(&options) != DAM_OK) fail_race(race);
  if (dam_options_set(options, DAM_OPTION_LIMIT, 2) != DAM_OK) fail_race(race);
  if (dam_options_set(options, DAM_OPTION_THREADS, 2) != DAM_OK) fail_race(race);
  while (!last) {
    last = __atomic_load_n(&race->done, __ATOMIC_SEQ_CST);
    if (!match_once(race, options)) fail_race(race);
    (void)__atomic_fetch_add(&race->matches, 1, __ATOMIC_SEQ_CST);
  }
  dam_options_free(options);
  return NULL;
}

static void each_match_is_about_one_commit(void** state) {
  struct array_fixture* fixture = *state;
  struct race race = {fixture->array, 0, 0, 0};
  pthread_t threads[kMatchers + 1];
  int i;
  assert_int_equal(write_rows(race.array, 0, kRows, 0), 0);
  for (i = 0; i < kMatchers; ++i)
    assert_int_equal(pthread_create(&threads[i], NULL, match_on, &race), 0);
  assert_int_equal(pthread_create(&threads[kMatchers], NULL, write_and_prune, &race), 0);
  for (i = 0; i <= kMatchers; ++i) assert_int_equal(pthread_join(threads[i], NULL), 0);
  assert_int_equal(race.failures, 0);
  assert_true(race.matches >= kMatchers);
}

/* Cancels what it is given once the work has begun, and says whether it was in time. */
static void* cancel_task(void* context) {
  return dam_task_cancel(context) == DAM_OK ? NULL : context;
}

static void a_match_is_cancelled_from_another_thread_at_any_moment(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot;
  dam_queries* queries;
  int round;
  assert_int_equal(write_rows(fixture->array, 0, kRows, 0), 0);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_queries_create(&queries));
  ASSERT_STATUS(DAM_OK, dam_queries_add_slice(queries, snapshot, 0, kRows, 1));
  for (round = 0; round < 20; ++round) {
    dam_results* results = NULL;
    dam_task* task;
    pthread_t thread;
    void* failed;
    dam_status status;
    ASSERT_STATUS(DAM_OK, dam_task_create(&task));
    assert_int_equal(pthread_create(&thread, NULL, cancel_task, task), 0);
    status = dam_match(snapshot, queries, NULL, NULL, task, &results);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    assert_true(status == DAM_CANCELLED || status == DAM_OK);
    assert_int_equal(results != NULL, status == DAM_OK);
    dam_results_free(results);
    ASSERT_STATUS(DAM_OK, dam_task_release(task));
  }
  dam_queries_free(queries);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(each_match_is_about_one_commit),
      ARRAY_TEST(a_match_is_cancelled_from_another_thread_at_any_moment),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
