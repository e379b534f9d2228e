// Processes that write one array by turns: a prefork server's workers, some of which are killed.
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "array_fixture.h"

enum { kWorkers = 4, kEach = 60 };

static dam_status open_shared(const char* path, int64_t timeout_ms, dam_array** out_array) {
  dam_options* options = NULL;
  dam_status status = dam_options_create(&options);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_SHARED_WRITER, 1);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_LOCK_TIMEOUT_MS, timeout_ms);
  if (status == DAM_OK) status = dam_open(path, options, out_array);
  dam_options_free(options);
  return status;
}

static dam_status delete_numbered(dam_array* array, int worker, int number) {
  char id[32];
  snprintf(id, sizeof id, "w%d-%d", worker, number);
  return dam_delete(array, id, DAM_NUL_TERMINATED, DAM_ANY_REVISION, 0, NULL);
}

static dam_status append_numbered(dam_array* array, int worker, int number, uint32_t flags) {
  char id[32];
  size_t size = 0;
  dam_status status;
  void* bytes;
  snprintf(id, sizeof id, "w%d-%d", worker, number);
  bytes = make_bytes(id, id, &size);
  status = dam_append(array, bytes, size, flags, NULL, NULL);
  free(bytes);
  return status;
}

/* The exit code of a worker: 0, or the failed status. */
typedef dam_status work(const char* path, int worker);

static pid_t start(work* what, const char* path, int worker) {
  const pid_t child = fork();
  if (child == 0) {
    dam_status status;
    alarm(60); /* a hang ends the worker, and fails the test */
    status = what(path, worker);
    if (status != DAM_OK) fprintf(stderr, "worker %d: %s\n", worker, dam_last_error());
    _exit(-status);
  }
  assert_true(child > 0);
  return child;
}

static void await(pid_t child) {
  int status = -1;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static void kill_soon(pid_t child, int after_ms) {
  const struct timespec pause = {0, after_ms * 1000000L};
  int status = 0;
  nanosleep(&pause, NULL);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status));
}

static dam_status append_all(const char* path, int worker) {
  dam_array* array = NULL;
  int i;
  dam_status status = open_shared(path, -1, &array);
  for (i = 0; i < kEach && status == DAM_OK; ++i)
    status = append_numbered(array, worker, i, i % 8 == 0 ? DAM_DURABLE : 0);
  return status == DAM_OK ? dam_close(array) : status;
}

static dam_status append_for_ever(const char* path, int worker) {
  dam_array* array = NULL;
  dam_status status = open_shared(path, -1, &array);
  int i;
  for (i = 0; status == DAM_OK; ++i) {
    status = append_numbered(array, worker, i, 0);
    if (status == DAM_OK && i % 3 == 2) status = delete_numbered(array, worker, i - 1);
  }
  return status;
}

static dam_status prune_often(const char* path, int worker) {
  dam_array* array = NULL;
  int i;
  dam_status status = open_shared(path, -1, &array);
  for (i = 0; i < 10 && status == DAM_OK; ++i) {
    status = append_numbered(array, worker, i, 0);
    if (status == DAM_OK) status = delete_numbered(array, worker, i);
    if (status == DAM_OK) status = dam_prune(array, NULL, NULL);
  }
  return status == DAM_OK ? dam_close(array) : status;
}

/* That exactly the documents of append_all are there, each once. */
static void assert_all_of(const char* path, int workers) {
  dam_array* array = NULL;
  int64_t count = -1;
  int worker;
  int i;
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
  for (worker = 0; worker < workers; ++worker)
    for (i = 0; i < kEach; ++i) {
      char id[32];
      snprintf(id, sizeof id, "w%d-%d", worker, i);
      assert_text(array, id, id);
    }
  ASSERT_STATUS(DAM_OK, dam_count(array, &count));
  assert_int_equal(count, workers * kEach);
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

static void workers_that_append_lose_nothing_and_repeat_nothing(void** state) {
  struct array_fixture* fixture = *state;
  pid_t children[kWorkers];
  int i;
  for (i = 0; i < kWorkers; ++i) children[i] = start(append_all, fixture->path, i);
  for (i = 0; i < kWorkers; ++i) await(children[i]);
  assert_all_of(fixture->path, kWorkers);
}

static void workers_go_on_when_others_are_killed_in_the_middle(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = NULL;
  pid_t steady;
  int round;
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, -1, &array));
  steady = start(append_all, fixture->path, 0);
  for (round = 0; round < 20; ++round) {
    const pid_t victim = start(append_for_ever, fixture->path, 100 + round);
    kill_soon(victim, 3 + round % 7);
    ASSERT_STATUS(DAM_OK, append_numbered(array, 50, round, 0));
  }
  await(steady);
  ASSERT_STATUS(DAM_OK, dam_reload(array, NULL));
  for (round = 0; round < kEach; ++round) {
    char id[32];
    snprintf(id, sizeof id, "w0-%d", round);
    assert_text(array, id, id);
  }
  assert_text(array, "w50-19", "w50-19");
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

static void one_worker_prunes_while_others_write(void** state) {
  struct array_fixture* fixture = *state;
  pid_t children[3];
  int i;
  children[0] = start(append_all, fixture->path, 0);
  children[1] = start(append_all, fixture->path, 1);
  children[2] = start(prune_often, fixture->path, 9);
  for (i = 0; i < 3; ++i) await(children[i]);
  assert_all_of(fixture->path, 2);
}

static void two_workers_that_expect_a_revision_count_to_the_sum(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* first = NULL;
  dam_array* second = NULL;
  int64_t revision = 0;
  int64_t newer = 0;
  size_t size = 0;
  void* bytes = make_bytes("n", "1", &size);
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, 0, &first));
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, 0, &second));
  ASSERT_STATUS(DAM_OK, dam_append(first, bytes, size, 0, NULL, &revision));
  ASSERT_STATUS(DAM_OK, dam_set(second, "n", 1, bytes, size, revision, 0, &newer));
  ASSERT_STATUS(DAM_CONFLICT, dam_set(first, "n", 1, bytes, size, revision, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_set(first, "n", 1, bytes, size, newer, 0, NULL));
  free(bytes);
  ASSERT_STATUS(DAM_OK, dam_close(second));
  ASSERT_STATUS(DAM_OK, dam_close(first));
}

static dam_status exclude(const char* path, int worker) {
  dam_array* array = NULL;
  (void)worker;
  return dam_open(path, NULL, &array) == DAM_BUSY ? DAM_OK : DAM_INTERNAL;
}

static dam_status refuse_shared(const char* path, int worker) {
  dam_array* array = NULL;
  (void)worker;
  return open_shared(path, 0, &array) == DAM_BUSY ? DAM_OK : DAM_INTERNAL;
}

static void shared_writers_and_one_alone_exclude_each_other(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = NULL;
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, 0, &array));
  await(start(exclude, fixture->path, 0));
  append_letters(array, "a");
  await(start(exclude, fixture->path, 0));
  ASSERT_STATUS(DAM_OK, dam_close(array));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &array));
  await(start(refuse_shared, fixture->path, 0));
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

static void an_array_that_may_have_other_writers_is_not_sealed(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = NULL;
  char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, 0, &array));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_seal(array, NULL, &text, &size));
  append_letters(array, "a");
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

static dam_array* inherited;

static dam_status use_the_inherited_handle(const char* path, int worker) {
  if (append_numbered(inherited, worker, 0, 0) != DAM_FORKED) return DAM_INTERNAL;
  if (dam_sync(inherited) != DAM_FORKED) return DAM_INTERNAL;
  if (dam_reload(inherited, NULL) != DAM_OK) return DAM_INTERNAL;
  (void)dam_close(inherited);
  return append_all(path, worker);
}

static void a_child_opens_the_array_anew_beside_its_parent(void** state) {
  struct array_fixture* fixture = *state;
  int64_t count = 0;
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, -1, &inherited));
  await(start(use_the_inherited_handle, fixture->path, 0));
  append_letters(inherited, "a");
  ASSERT_STATUS(DAM_OK, dam_count(inherited, &count));
  assert_int_equal(count, kEach + 1);
  ASSERT_STATUS(DAM_OK, dam_close(inherited));
}

static void wait_sees_what_another_shared_writer_commits(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = NULL;
  int64_t count = 0;
  pid_t child;
  ASSERT_STATUS(DAM_OK, open_shared(fixture->path, -1, &array));
  child = start(append_all, fixture->path, 0);
  ASSERT_STATUS(DAM_OK, dam_wait(array, 0, 30000, NULL));
  ASSERT_STATUS(DAM_OK, dam_count(array, &count));
  assert_true(count >= 1);
  await(child);
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      DIRECTORY_TEST(workers_that_append_lose_nothing_and_repeat_nothing),
      DIRECTORY_TEST(workers_go_on_when_others_are_killed_in_the_middle),
      DIRECTORY_TEST(one_worker_prunes_while_others_write),
      DIRECTORY_TEST(two_workers_that_expect_a_revision_count_to_the_sum),
      DIRECTORY_TEST(shared_writers_and_one_alone_exclude_each_other),
      DIRECTORY_TEST(an_array_that_may_have_other_writers_is_not_sealed),
      DIRECTORY_TEST(a_child_opens_the_array_anew_beside_its_parent),
      DIRECTORY_TEST(wait_sees_what_another_shared_writer_commits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
