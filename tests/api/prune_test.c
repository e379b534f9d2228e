// Prune, prune in an order, and clear, as a C program sees them.
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "array_fixture.h"

static int64_t stat_of(dam_array* array, int32_t stat) {
  int64_t value = -1;
  ASSERT_STATUS(DAM_OK, dam_stat(array, stat, &value));
  return value;
}

static void delete_id(dam_array* array, const char* id) {
  ASSERT_STATUS(DAM_OK, dam_delete(array, id, DAM_NUL_TERMINATED, 0, 0, NULL));
}

static void a_prune_gives_space_back_and_keeps_all_else(void** state) {
  struct array_fixture* fixture = *state;
  int64_t before;
  int64_t after;
  append_letters(fixture->array, "abcdefgh");
  delete_id(fixture->array, "b");
  delete_id(fixture->array, "g");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "c", 1, &before));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "acdefh");
  assert_text(fixture->array, "f", "f");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "c", 1, &after));
  assert_int_equal(after, before);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 2);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_SLOTS), 6);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_DURABLE_REVISION),
                   stat_of(fixture->array, DAM_STAT_REVISION));
  append_letters(fixture->array, "b");
  assert_string_equal(joined_ids(fixture->array), "acdefhb");
}

static void a_revision_from_before_is_still_compared(void** state) {
  struct array_fixture* fixture = *state;
  int64_t revision;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "b", 1, &revision));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_delete(fixture->array, "b", 1, revision + 1, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "b", 1, revision, 0, NULL));
}

static void documents_and_snapshots_outlive_a_prune(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_document* document = NULL;
  const void* lent = NULL;
  const void* owned = NULL;
  size_t lent_size;
  size_t owned_size;
  int64_t count;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_snapshot_get(snapshot, "b", 1, &lent, &lent_size));
  ASSERT_STATUS(DAM_OK, dam_get(fixture->array, "c", 1, &document));
  delete_id(fixture->array, "b");
  assert_int_equal(stat_of(fixture->array, DAM_STAT_PINNED_BYTES), 0);
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_true(stat_of(fixture->array, DAM_STAT_PINNED_BYTES) > 0);
  ASSERT_STATUS(DAM_OK, dam_clear(fixture->array, 0, NULL));
  assert_document_text(lent, lent_size, "b");
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &owned, &owned_size));
  assert_document_text(owned, owned_size, "c");
  ASSERT_STATUS(DAM_OK, dam_snapshot_count(snapshot, &count));
  assert_int_equal(count, 3);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  dam_document_free(document);
  assert_int_equal(stat_of(fixture->array, DAM_STAT_PINNED_BYTES), 0);
}

static void a_batch_begun_before_a_prune_does_what_it_was_told(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch = NULL;
  dam_batch* stale = NULL;
  append_letters(fixture->array, "abcd");
  delete_id(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_batch_begin(fixture->array, &batch));
  ASSERT_STATUS(DAM_OK, dam_batch_begin(fixture->array, &stale));
  ASSERT_STATUS(DAM_OK, dam_batch_delete_at(batch, 1, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_delete_at(stale, 2, 0));
  delete_id(fixture->array, "d");
  append_letters(fixture->array, "d");
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_batch_commit(stale, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "bd");
}

static void an_order_puts_documents_where_it_says(void** state) {
  struct array_fixture* fixture = *state;
  static const int64_t kOrder[] = {2, -1, 0, 1};
  static const int64_t kTwice[] = {0, 1, 2, 2};
  static const int64_t kOutside[] = {0, 1, 2, 4};
  append_letters(fixture->array, "abcd");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_prune_ordered(fixture->array, kTwice, 4, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_prune_ordered(fixture->array, kOrder, 3, NULL, NULL));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_prune_ordered(fixture->array, kOutside, 4, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "abcd");
  ASSERT_STATUS(DAM_OK, dam_prune_ordered(fixture->array, kOrder, 4, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "cdab");
}

static void little_garbage_is_left_alone_when_asked(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = NULL;
  int64_t percent;
  append_letters(fixture->array, "abcdefgh");
  delete_id(fixture->array, "a");
  percent = stat_of(fixture->array, DAM_STAT_GARBAGE_PERCENT);
  assert_in_range(percent, 1, 50);
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_GARBAGE_PERCENT, percent + 1));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, options, NULL));
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 1);
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_GARBAGE_PERCENT, percent));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, options, NULL));
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 2);
  dam_options_free(options);
}

static void a_task_follows_and_stops_a_prune(void** state) {
  struct array_fixture* fixture = *state;
  dam_task* task = NULL;
  int64_t done = -1;
  int64_t total = -1;
  append_letters(fixture->array, "abcdefgh");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, task));
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_true(total > 0 && done == total);
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_prune(fixture->array, NULL, task));
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 2);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_CLOSED, dam_prune(fixture->array, NULL, task));
}

static void a_clear_empties_the_array_and_leaves_it_in_use(void** state) {
  struct array_fixture* fixture = *state;
  int64_t revision = 0;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_clear(fixture->array, DAM_VISIBLE, &revision));
  assert_int_equal(revision, stat_of(fixture->array, DAM_STAT_REVISION));
  assert_string_equal(joined_ids(fixture->array), "");
  append_letters(fixture->array, "ca");
  assert_string_equal(joined_ids(fixture->array), "ca");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_clear(fixture->array, DAM_UPSERT, NULL));
}

static void another_handle_follows_with_its_reload(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = NULL;
  dam_array* reader = NULL;
  int32_t changed = -1;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  dam_options_free(options);
  ASSERT_STATUS(DAM_READ_ONLY, dam_prune(reader, NULL, NULL));
  ASSERT_STATUS(DAM_READ_ONLY, dam_clear(reader, 0, NULL));
  delete_id(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_string_equal(joined_ids(reader), "abc");
  ASSERT_STATUS(DAM_OK, dam_reload(reader, &changed));
  assert_int_equal(changed, 1);
  assert_string_equal(joined_ids(reader), "bc");
  ASSERT_STATUS(DAM_OK, dam_close(reader));
}

enum { kWritten = 600 };

static void* append_and_delete(void* array) {
  char id[32];
  int i;
  for (i = 0; i < kWritten; ++i) {
    snprintf(id, sizeof id, "w%d", i);
    append(array, id, "written beside a prune");
    if (i % 3 == 0) delete_id(array, id);
  }
  return NULL;
}

static void commits_of_other_threads_come_along(void** state) {
  struct array_fixture* fixture = *state;
  pthread_t thread;
  int64_t count;
  int i;
  append_letters(fixture->array, "abc");
  assert_int_equal(pthread_create(&thread, NULL, append_and_delete, fixture->array), 0);
  for (i = 0; i < 10; ++i) ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_int_equal(pthread_join(thread, NULL), 0);
  ASSERT_STATUS(DAM_OK, dam_count(fixture->array, &count));
  assert_int_equal(count, 3 + kWritten / 3 * 2);
  assert_text(fixture->array, "w599", "written beside a prune");
  assert_int_equal(stat_of(fixture->array, DAM_STAT_GENERATION), 11);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_prune_gives_space_back_and_keeps_all_else),
      ARRAY_TEST(a_revision_from_before_is_still_compared),
      ARRAY_TEST(documents_and_snapshots_outlive_a_prune),
      ARRAY_TEST(a_batch_begun_before_a_prune_does_what_it_was_told),
      ARRAY_TEST(an_order_puts_documents_where_it_says),
      ARRAY_TEST(little_garbage_is_left_alone_when_asked),
      ARRAY_TEST(a_task_follows_and_stops_a_prune),
      ARRAY_TEST(a_clear_empties_the_array_and_leaves_it_in_use),
      ARRAY_TEST(another_handle_follows_with_its_reload),
      ARRAY_TEST(commits_of_other_threads_come_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
