// Searches and deletes by filter while other threads write.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

enum { kBirds = 40, kRounds = 200 };

struct race {
  dam_array* array;
  dam_filter* filter;
  int failures;
  int done;
};

/* {"id":"b7","tags":{"state":"kept"}} */
static int write_bird(dam_array* array, int number, const char* state) {
  char json[80];
  dam_document* document = NULL;
  const void* data = NULL;
  size_t size = 0;
  int failed;
  (void)snprintf(json, sizeof json, "{\"id\":\"b%d\",\"tags\":{\"state\":\"%s\"}}", number, state);
  failed = dam_document_from_json(json, DAM_NUL_TERMINATED, 0, &document) != DAM_OK ||
           dam_document_bytes(document, &data, &size) != DAM_OK ||
           dam_append(array, data, size, DAM_UPSERT, NULL, NULL) != DAM_OK;
  dam_document_free(document);
  return failed;
}

/* Birds are doomed and saved again and again: half of them end saved, the others doomed. */
static void* change_birds(void* context) {
  struct race* race = context;
  int round;
  int number;
  for (round = 0; round < kRounds; ++round) {
    number = round % kBirds;
    if (write_bird(race->array, number, "doomed") != 0)
      (void)__atomic_fetch_add(&race->failures, 1, __ATOMIC_SEQ_CST);
    if (number % 2 == 0 && write_bird(race->array, number, "kept") != 0)
      (void)__atomic_fetch_add(&race->failures, 1, __ATOMIC_SEQ_CST);
  }
  __atomic_store_n(&race->done, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

static void* delete_doomed(void* context) {
  struct race* race = context;
  int last = 0;
  while (!last) {
    last = __atomic_load_n(&race->done, __ATOMIC_SEQ_CST);
    if (dam_delete_where(race->array, race->filter, 0, NULL, NULL, NULL) != DAM_OK)
      (void)__atomic_fetch_add(&race->failures, 1, __ATOMIC_SEQ_CST);
  }
  return NULL;
}

static void* count_doomed(void* context) {
  struct race* race = context;
  while (!__atomic_load_n(&race->done, __ATOMIC_SEQ_CST)) {
    dam_snapshot* snapshot = NULL;
    dam_results* results = NULL;
    int64_t count = -1;
    int64_t rows = -2;
    if (dam_snapshot_open(race->array, &snapshot) != DAM_OK ||
        dam_count_where(snapshot, race->filter, NULL, 0, NULL, &count) != DAM_OK ||
        dam_find(snapshot, race->filter, NULL, 0, NULL, NULL, &results) != DAM_OK ||
        dam_results_count(results, &rows) != DAM_OK || rows != count)
      (void)__atomic_fetch_add(&race->failures, 1, __ATOMIC_SEQ_CST);
    dam_results_free(results);
    (void)dam_snapshot_release(snapshot);
  }
  return NULL;
}

static void deletes_by_filter_take_what_passes_and_nothing_else(void** state) {
  struct array_fixture* fixture = *state;
  void* (*const work[])(void*) = {change_birds, delete_doomed, delete_doomed, count_doomed};
  pthread_t threads[sizeof work / sizeof *work];
  struct race race;
  int64_t count = -1;
  size_t i;
  int32_t found = -1;
  race.array = fixture->array;
  race.failures = 0;
  race.done = 0;
  ASSERT_STATUS(DAM_OK,
                dam_filter_parse("{\"tags.state\":\"doomed\"}", DAM_NUL_TERMINATED, &race.filter));
  assert_int_equal(write_bird(race.array, 1000, "kept"), 0);
  for (i = 0; i < sizeof work / sizeof *work; ++i)
    assert_int_equal(pthread_create(&threads[i], NULL, work[i], &race), 0);
  for (i = 0; i < sizeof work / sizeof *work; ++i)
    assert_int_equal(pthread_join(threads[i], NULL), 0);
  assert_int_equal(__atomic_load_n(&race.failures, __ATOMIC_SEQ_CST), 0);
  ASSERT_STATUS(DAM_OK, dam_contains(race.array, "b1000", 5, &found));
  assert_int_equal(found, 1);
  for (i = 0; i < kBirds; ++i) {
    char id[16];
    (void)snprintf(id, sizeof id, "b%d", (int)i);
    ASSERT_STATUS(DAM_OK, dam_contains(race.array, id, DAM_NUL_TERMINATED, &found));
    assert_int_equal(found, i % 2 == 0);
  }
  ASSERT_STATUS(DAM_OK, dam_count(race.array, &count));
  assert_int_equal(count, kBirds / 2 + 1);
  dam_filter_free(race.filter);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(deletes_by_filter_take_what_passes_and_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
