// What the child of a fork may do with the handles it inherits.
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_fixture.h"

/* Runs `work` in a child; it answers NULL, or what is wrong. */
static void in_a_child(const char* (*work)(struct array_fixture*), struct array_fixture* fixture) {
  int status = -1;
  pid_t child;
  fflush(NULL);
  child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    const char* complaint;
    alarm(20); /* a hang ends the child, and fails the test */
    complaint = work(fixture);
    if (complaint != NULL) fprintf(stderr, "child: %s (%s)\n", complaint, dam_last_error());
    _exit(complaint != NULL);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static const char* write_and_read(struct array_fixture* fixture) {
  dam_document* document = NULL;
  dam_batch* batch = NULL;
  const void* data;
  size_t size;
  if (dam_get(fixture->array, "a", 1, &document) != DAM_OK) return "a read fails";
  if (dam_document_bytes(document, &data, &size) != DAM_OK) return "no bytes";
  if (dam_append(fixture->array, data, size, DAM_UPSERT, NULL, NULL) != DAM_FORKED)
    return "an append is not FORKED";
  if (dam_delete(fixture->array, "a", 1, 0, 0, NULL) != DAM_FORKED) return "a delete is not FORKED";
  if (dam_delete_at(fixture->array, 0, 0, 0, NULL) != DAM_FORKED)
    return "a delete by position is not FORKED";
  if (dam_delete_range(fixture->array, 0, 1, 1, 0, NULL) != DAM_FORKED)
    return "a delete of a range is not FORKED";
  if (dam_batch_begin(fixture->array, &batch) != DAM_OK) return "no batch";
  if (dam_batch_delete(batch, "a", 1, 0) != DAM_OK) return "the batch refuses";
  if (dam_batch_commit(batch, 0, NULL) != DAM_FORKED) return "a commit is not FORKED";
  dam_document_free(document);
  return NULL;
}

static void the_child_reads_and_its_writes_answer_forked(void** state) {
  struct array_fixture* fixture = *state;
  append_letters(fixture->array, "ab");
  in_a_child(write_and_read, fixture);
  append_letters(fixture->array, "c");
  assert_string_equal(joined_ids(fixture->array), "abc");
}

static const char* close_it(struct array_fixture* fixture) {
  int64_t count;
  (void)dam_close(fixture->array);
  return dam_count(fixture->array, &count) == DAM_CLOSED ? NULL : "it is not closed";
}

static void the_childs_close_does_not_take_the_lock_from_the_parent(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* second = NULL;
  append_letters(fixture->array, "a");
  in_a_child(close_it, fixture);
  ASSERT_STATUS(DAM_BUSY, dam_open(fixture->path, NULL, &second));
  append_letters(fixture->array, "b");
  assert_string_equal(joined_ids(fixture->array), "ab");
}

struct busy {
  struct array_fixture* fixture;
  volatile int stop;
};

static void* keep_calling(void* argument) {
  struct busy* busy = argument;
  while (!busy->stop) {
    dam_document* document = NULL;
    if (dam_get(busy->fixture->array, "a", 1, &document) != DAM_OK) return "a get fails";
    dam_document_free(document);
  }
  return NULL;
}

static void calls_of_the_parents_threads_do_not_hang_the_childs_close(void** state) {
  struct busy busy;
  pthread_t threads[3];
  void* complaint = NULL;
  int i;
  busy.fixture = *state;
  busy.stop = 0;
  append_letters(busy.fixture->array, "a");
  for (i = 0; i < 3; ++i)
    assert_int_equal(pthread_create(&threads[i], NULL, keep_calling, &busy), 0);
  for (i = 0; i < 30; ++i) in_a_child(close_it, busy.fixture);
  busy.stop = 1;
  for (i = 0; i < 3; ++i) {
    assert_int_equal(pthread_join(threads[i], &complaint), 0);
    if (complaint != NULL) fail_msg("%s", (const char*)complaint);
  }
}

static const char* use_what_was_inherited(struct array_fixture* fixture) {
  dam_task* task = NULL;
  dam_snapshot* snapshot = NULL;
  int64_t count = -1;
  if (dam_task_create(&task) != DAM_OK || dam_task_release(task) != DAM_OK) return "no task";
  if (dam_snapshot_open(fixture->array, &snapshot) != DAM_OK) return "no snapshot";
  if (dam_snapshot_count(snapshot, &count) != DAM_OK || count != 2) return "another count";
  return dam_snapshot_release(snapshot) == DAM_OK ? NULL : "no release";
}

static void the_child_makes_and_ends_handles_of_its_own(void** state) {
  struct array_fixture* fixture = *state;
  append_letters(fixture->array, "ab");
  in_a_child(use_what_was_inherited, fixture);
}

static const char* exit_with_open_handles(struct array_fixture* fixture) {
  dam_snapshot* snapshot = NULL;
  return dam_snapshot_open(fixture->array, &snapshot) == DAM_OK ? NULL : "no snapshot";
}

static void a_process_may_exit_with_handles_open(void** state) {
  struct array_fixture* fixture = *state;
  int status = -1;
  pid_t child;
  append_letters(fixture->array, "a");
  fflush(NULL);
  child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    alarm(20);
    fclose(stdout); /* what cmocka has buffered is the parent's */
    exit(exit_with_open_handles(fixture) != NULL);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(the_child_reads_and_its_writes_answer_forked),
      ARRAY_TEST(the_childs_close_does_not_take_the_lock_from_the_parent),
      ARRAY_TEST(calls_of_the_parents_threads_do_not_hang_the_childs_close),
      ARRAY_TEST(the_child_makes_and_ends_handles_of_its_own),
      ARRAY_TEST(a_process_may_exit_with_handles_open),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
