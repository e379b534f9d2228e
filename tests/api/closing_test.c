// Closing while other threads are at work in the same handle.
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <string.h>

#include "array_fixture.h"

enum { kThreads = 6 };

struct shared {
  struct array_fixture* fixture;
  pthread_barrier_t start;
};

static void run_threads(struct shared* shared, void* (*work)(void*), dam_status answers[kThreads]) {
  pthread_t threads[kThreads];
  int i;
  assert_int_equal(pthread_barrier_init(&shared->start, NULL, kThreads + 1), 0);
  for (i = 0; i < kThreads; ++i)
    assert_int_equal(pthread_create(&threads[i], NULL, work, shared), 0);
  pthread_barrier_wait(&shared->start);
  if (answers == NULL) assert_int_equal(dam_close(shared->fixture->array), DAM_OK);
  for (i = 0; i < kThreads; ++i) {
    void* answer = NULL;
    assert_int_equal(pthread_join(threads[i], &answer), 0);
    if (answers != NULL) {
      answers[i] = (dam_status)(intptr_t)answer;
    } else if (answer != NULL) {
      fail_msg("%s", (const char*)answer);
    }
  }
  pthread_barrier_destroy(&shared->start);
}

static void* close_once(void* argument) {
  struct shared* shared = argument;
  pthread_barrier_wait(&shared->start);
  return (void*)(intptr_t)dam_close(shared->fixture->array);
}

static void of_threads_that_close_together_one_succeeds(void** state) {
  struct shared shared;
  int round;
  shared.fixture = *state;
  for (round = 0; round < 50; ++round) {
    dam_status answers[kThreads];
    int succeeded = 0;
    int i;
    run_threads(&shared, close_once, answers);
    for (i = 0; i < kThreads; ++i) {
      if (answers[i] == DAM_OK) ++succeeded;
      if (answers[i] != DAM_OK) assert_int_equal(answers[i], DAM_CLOSED);
    }
    assert_int_equal(succeeded, 1);
    ASSERT_STATUS(DAM_OK, dam_open(shared.fixture->path, NULL, &shared.fixture->array));
  }
}

static void* read_until_closed(void* argument) {
  struct shared* shared = argument;
  dam_document* kept = NULL;
  const void* data;
  size_t size;
  pthread_barrier_wait(&shared->start);
  for (;;) {
    dam_document* document = NULL;
    const dam_status status = dam_get(shared->fixture->array, "a", 1, &document);
    if (status == DAM_CLOSED) break;
    if (status != DAM_OK) return "a get fails";
    dam_document_free(kept);
    kept = document;
  }
  if (kept != NULL && dam_document_bytes(kept, &data, &size) != DAM_OK) return "a document is lost";
  dam_document_free(kept);
  return NULL;
}

static void readers_of_an_array_that_is_closed_get_closed(void** state) {
  struct shared shared;
  int round;
  shared.fixture = *state;
  append_letters(shared.fixture->array, "a");
  for (round = 0; round < 50; ++round) {
    run_threads(&shared, read_until_closed, NULL);
    ASSERT_STATUS(DAM_OK, dam_open(shared.fixture->path, NULL, &shared.fixture->array));
  }
}

static void* write_until_closed(void* argument) {
  struct shared* shared = argument;
  dam_document* document = NULL;
  const void* data;
  size_t size;
  dam_status status;
  if (dam_document_from_json("{\"text\":\"x\"}", DAM_NUL_TERMINATED, 0, &document) != DAM_OK)
    return "no document";
  (void)dam_document_bytes(document, &data, &size);
  pthread_barrier_wait(&shared->start);
  do {
    status = dam_append(shared->fixture->array, data, size, 0, NULL, NULL);
  } while (status == DAM_OK);
  dam_document_free(document);
  return status == DAM_CLOSED ? NULL : "an append fails";
}

static void writers_of_an_array_that_is_closed_get_closed(void** state) {
  struct shared shared;
  int round;
  shared.fixture = *state;
  for (round = 0; round < 5; ++round) {
    run_threads(&shared, write_until_closed, NULL);
    ASSERT_STATUS(DAM_OK, dam_open(shared.fixture->path, NULL, &shared.fixture->array));
  }
}

static void more_handles_than_a_block_of_the_table_are_told_apart(void** state) {
  enum { kHandles = 500 };
  struct array_fixture* fixture = *state;
  static dam_snapshot* snapshots[kHandles];
  int i;
  for (i = 0; i < kHandles; ++i)
    ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshots[i]));
  for (i = 0; i < kHandles; i += 2) ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshots[i]));
  for (i = 0; i < kHandles; ++i) {
    int64_t count;
    ASSERT_STATUS(i % 2 == 0 ? DAM_CLOSED : DAM_OK, dam_snapshot_count(snapshots[i], &count));
  }
  for (i = 1; i < kHandles; i += 2) ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshots[i]));
}

static void* wait_without_end(void* argument) {
  struct shared* shared = argument;
  int64_t revision = -1;
  pthread_barrier_wait(&shared->start);
  if (dam_wait(shared->fixture->array, INT64_MAX, -1, &revision) != DAM_CLOSED)
    return "a wait ended with something else than CLOSED";
  return revision == -1 ? NULL : "a wait that failed told a revision";
}

static void a_close_ends_waits_that_have_no_end(void** state) {
  struct shared shared;
  shared.fixture = *state;
  run_threads(&shared, wait_without_end, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(of_threads_that_close_together_one_succeeds),
      ARRAY_TEST(readers_of_an_array_that_is_closed_get_closed),
      ARRAY_TEST(writers_of_an_array_that_is_closed_get_closed),
      ARRAY_TEST(a_close_ends_waits_that_have_no_end),
      ARRAY_TEST(more_handles_than_a_block_of_the_table_are_told_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
