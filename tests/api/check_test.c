// Numbers about an array, its verification, and the tasks that follow it.
#include <string.h>

#include "array_fixture.h"

static void every_stat_keeps_its_number(void** state) {
  (void)state;
  assert_int_equal(DAM_STAT_DOCUMENTS, 1);
  assert_int_equal(DAM_STAT_SLOTS, 2);
  assert_int_equal(DAM_STAT_LIVE_BYTES, 3);
  assert_int_equal(DAM_STAT_DEAD_BYTES, 4);
  assert_int_equal(DAM_STAT_GENERATION, 5);
  assert_int_equal(DAM_STAT_REVISION, 6);
  assert_int_equal(DAM_STAT_BODY_BYTES, 7);
  assert_int_equal(DAM_STAT_HEADER_BYTES, 8);
  assert_int_equal(DAM_STAT_INDEX_BYTES, 9);
  assert_int_equal(DAM_STAT_INDEX_MEMORY, 10);
  assert_int_equal(DAM_STAT_DURABLE_REVISION, 11);
  assert_int_equal(DAM_STAT_EMBEDDING_DIM, 12);
  assert_int_equal(DAM_STAT_PINNED_BYTES, 13);
  assert_int_equal(DAM_STAT_GARBAGE_PERCENT, 14);
  assert_int_equal(DAM_STAT_KEY_LENGTH, 15);
  assert_int_equal(DAM_STAT_SEALED, 16);
}

static int64_t stat_of(dam_array* array, int32_t stat) {
  int64_t value = -1;
  ASSERT_STATUS(DAM_OK, dam_stat(array, stat, &value));
  return value;
}

static void stats_follow_the_writes(void** state) {
  struct array_fixture* fixture = *state;
  int32_t stat;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "a", 1, 0, 0, NULL));
  for (stat = DAM_STAT_DOCUMENTS; stat <= DAM_STAT_SEALED; ++stat)
    assert_true(stat_of(fixture->array, stat) >= 0);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_DOCUMENTS), 2);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_SLOTS), 3);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 1);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_EMBEDDING_DIM), 0);
  assert_true(stat_of(fixture->array, DAM_STAT_BODY_BYTES) > 0);
  ASSERT_STATUS(DAM_OK, dam_sync(fixture->array));
  assert_int_equal(stat_of(fixture->array, DAM_STAT_DURABLE_REVISION),
                   stat_of(fixture->array, DAM_STAT_REVISION));
}

static void an_unknown_stat_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  int64_t value = -7;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_stat(fixture->array, 0, &value));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_stat(fixture->array, -1, &value));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_stat(fixture->array, 4711, &value));
  assert_non_null(strstr(dam_last_error(), "4711"));
  assert_int_equal(value, -7);
}

static void verify_finds_a_written_array_clean_beside_its_writer(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 77;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_verify(fixture->path, NULL, &report, &size));
  assert_int_equal(size, 0);
  assert_string_equal(report, "");
  dam_free(report);
  ASSERT_STATUS(DAM_OK, dam_verify(fixture->path, NULL, NULL, NULL));
}

static void verify_does_not_make_what_is_absent(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 77;
  ASSERT_STATUS(DAM_NOT_FOUND, dam_verify(fixture->path, NULL, &report, &size));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_verify(fixture->path, NULL, NULL, NULL));
  assert_null(report);
  assert_int_equal(size, 77);
}

static void the_outputs_of_a_report_go_together(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 77;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_verify(fixture->path, NULL, &report, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_verify(fixture->path, NULL, NULL, &size));
  assert_null(report);
}

static void a_task_follows_to_the_end(void** state) {
  struct array_fixture* fixture = *state;
  dam_task* task = NULL;
  int64_t done = -1;
  int64_t total = -1;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_int_equal(done, 0);
  assert_int_equal(total, 0);
  ASSERT_STATUS(DAM_OK, dam_verify(fixture->path, task, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_true(total > 0);
  assert_int_equal(done, total);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_CLOSED, dam_verify(fixture->path, task, NULL, NULL));
  ASSERT_STATUS(DAM_CLOSED, dam_task_progress(task, &done, &total));
  ASSERT_STATUS(DAM_CLOSED, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CLOSED, dam_task_release(task));
}

static void a_cancelled_task_stops_the_work(void** state) {
  struct array_fixture* fixture = *state;
  dam_task* task = NULL;
  char* report = NULL;
  size_t size = 77;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_verify(fixture->path, task, &report, &size));
  assert_null(report);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
}

static void a_sealed_array_is_only_read_and_tells_its_list(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* writer = NULL;
  char* list = NULL;
  char* again = NULL;
  size_t size = 0;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OK, dam_seal(fixture->array, NULL, &list, &size));
  assert_int_equal(strlen(list), size);
  assert_non_null(strstr(list, "\"name\":\"body.bin\""));
  assert_int_equal(stat_of(fixture->array, DAM_STAT_SEALED), 1);
  ASSERT_STATUS(DAM_READ_ONLY, dam_delete(fixture->array, "a", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_READ_ONLY, dam_clear(fixture->array, 0, NULL));
  ASSERT_STATUS(DAM_READ_ONLY, dam_prune(fixture->array, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_seal(fixture->array, NULL, &again, &size));
  assert_string_equal(again, list);
  ASSERT_STATUS(DAM_OK, dam_seal(fixture->array, NULL, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "ab");
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_READ_ONLY, dam_open(fixture->path, NULL, &writer));
  assert_non_null(strstr(dam_last_error(), "is sealed"));
  assert_null(writer);
  dam_free(list);
  dam_free(again);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_stat_keeps_its_number),
      ARRAY_TEST(stats_follow_the_writes),
      ARRAY_TEST(a_sealed_array_is_only_read_and_tells_its_list),
      ARRAY_TEST(an_unknown_stat_is_refused),
      ARRAY_TEST(verify_finds_a_written_array_clean_beside_its_writer),
      DIRECTORY_TEST(verify_does_not_make_what_is_absent),
      ARRAY_TEST(the_outputs_of_a_report_go_together),
      ARRAY_TEST(a_task_follows_to_the_end),
      ARRAY_TEST(a_cancelled_task_stops_the_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
