// Arrays copied into others, and compared.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static dam_array* second_array(struct array_fixture* fixture, const char* name) {
  char path[300];
  dam_array* array = NULL;
  (void)snprintf(path, sizeof path, "%s/%s", fixture->directory, name);
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
  return array;
}

static void assert_ids(dam_array* array, const char* ids) {
  assert_string_equal(joined_ids(array), ids);
}

static int32_t is_equal(dam_array* array, dam_array* other) {
  int32_t equal = -1;
  ASSERT_STATUS(DAM_OK, dam_equal(array, other, NULL, &equal));
  return equal;
}

static void a_copy_is_equal_and_independent(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  int64_t count = -1;
  append_letters(fixture->array, "abcde");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "c", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, target, DAM_DURABLE, NULL, &count));
  assert_int_equal(count, 4);
  assert_ids(target, "abde");
  assert_int_equal(is_equal(fixture->array, target), 1);
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "a", 1, 0, 0, NULL));
  append(target, "z", "z");
  assert_ids(fixture->array, "bde");
  assert_ids(target, "abdez");
  assert_text(target, "a", "a");
  assert_int_equal(is_equal(fixture->array, target), 0);
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void copying_nothing_is_fine(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, target, 0, NULL, &count));
  assert_int_equal(count, 0);
  assert_int_equal(is_equal(fixture->array, target), 1);
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void slices_of_a_snapshot_are_copied_in_their_order(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  dam_snapshot* snapshot = NULL;
  append_letters(fixture->array, "abcdef");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  append_letters(fixture->array, "xyz"); /* the snapshot does not see these */
  ASSERT_STATUS(DAM_OK, dam_snapshot_copy_into(snapshot, DAM_OMITTED, DAM_OMITTED, -2, target, 0));
  assert_ids(target, "fdb");
  ASSERT_STATUS(DAM_OK, dam_snapshot_copy_into(snapshot, 0, 1, 1, target, 0));
  assert_ids(target, "fdba");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_snapshot_copy_into(snapshot, 0, 1, 0, target, 0));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void an_id_that_is_there_stops_the_copy_before_it_begins(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  int64_t count = -1;
  append_letters(fixture->array, "abc");
  append(target, "c", "old");
  append(target, "x", "x");
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_copy_into(fixture->array, target, 0, NULL, &count));
  assert_int_equal(count, 0);
  assert_ids(target, "cx");
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, target, DAM_UPSERT, NULL, &count));
  assert_int_equal(count, 3);
  assert_ids(target, "cxab");
  assert_text(target, "c", "c");
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_copy_into(target, target, 0, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_copy_into(target, target, DAM_UPSERT, NULL, NULL));
  assert_ids(target, "cxab");
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void many_documents_are_copied_in_batches(void** state) {
  enum { kCount = 5000 };
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  dam_batch* batch = NULL;
  dam_task* task = NULL;
  int64_t count = 0;
  int64_t first = 0;
  int64_t last = 0;
  int i;
  ASSERT_STATUS(DAM_OK, dam_batch_begin(fixture->array, &batch));
  for (i = 0; i < kCount; ++i) {
    char id[16];
    size_t size;
    void* data;
    (void)snprintf(id, sizeof id, "%d", i);
    data = make_bytes(id, "some text", &size);
    ASSERT_STATUS(DAM_OK, dam_batch_append(batch, data, size, 0));
    free(data);
  }
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, &first));
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, target, 0, task, &count));
  assert_int_equal(count, kCount);
  assert_int_equal(is_equal(fixture->array, target), 1);
  ASSERT_STATUS(DAM_OK, dam_revision(target, "0", 1, &first));
  ASSERT_STATUS(DAM_OK, dam_revision(target, "4999", 4, &last));
  assert_true(first < last); /* more than one commit */
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &first, &last));
  assert_int_equal(first, kCount);
  assert_int_equal(last, kCount);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void a_cancelled_task_stops_a_copy_and_a_comparison(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* target = second_array(fixture, "target");
  dam_task* task = NULL;
  int64_t count = -1;
  int32_t equal = -1;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_copy_into(fixture->array, target, 0, task, &count));
  assert_int_equal(count, 0);
  ASSERT_STATUS(DAM_CANCELLED, dam_equal(fixture->array, fixture->array, task, &equal));
  assert_int_equal(equal, -1);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_close(target));
}

static void equality_is_of_content_and_order(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  append_letters(fixture->array, "ab");
  append_letters(other, "ba");
  assert_int_equal(is_equal(fixture->array, other), 0);
  ASSERT_STATUS(DAM_OK, dam_delete(other, "b", 1, 0, 0, NULL));
  assert_int_equal(is_equal(fixture->array, other), 0);
  append_letters(other, "b");
  assert_int_equal(is_equal(fixture->array, other), 1);
  append(fixture->array, "c", "x");
  append(other, "c", "y");
  assert_int_equal(is_equal(fixture->array, other), 0);
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void equal_documents_may_have_other_bytes(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  dam_document* document = document_of("{\"id\":\"a\",\"text\":\"x\",\"uri\":\"u\"}");
  dam_document* copy = NULL;
  dam_builder* builder = NULL;
  const void* data;
  const void* copied;
  size_t size;
  size_t copied_size;
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &builder));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, DAM_FIELD_ID, "a", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, DAM_FIELD_TEXT, "x", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, DAM_FIELD_URI, "u", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, DAM_FIELD_MODALITY, "m", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_clear(builder, DAM_FIELD_MODALITY));
  ASSERT_STATUS(DAM_OK, dam_builder_finish(builder, &copy));
  ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(copy, &copied, &copied_size));
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, data, size, 0, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_append(other, copied, copied_size, 0, NULL, NULL));
  assert_int_equal(is_equal(fixture->array, other), 1);
  dam_document_free(document);
  dam_document_free(copy);
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void one_directory_is_the_same_by_every_path(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  dam_options* options = NULL;
  dam_array* again = NULL;
  char path[300];
  int32_t same = -1;
  append_letters(fixture->array, "a");
  (void)snprintf(path, sizeof path, "%s/../array/.", fixture->path);
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_open(path, options, &again));
  ASSERT_STATUS(DAM_OK, dam_same(fixture->array, again, &same));
  assert_int_equal(same, 1);
  ASSERT_STATUS(DAM_OK, dam_same(fixture->array, fixture->array, &same));
  assert_int_equal(same, 1);
  ASSERT_STATUS(DAM_OK, dam_same(fixture->array, other, &same));
  assert_int_equal(same, 0);
  ASSERT_STATUS(DAM_READ_ONLY, dam_copy_into(fixture->array, again, DAM_UPSERT, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(again));
  ASSERT_STATUS(DAM_OK, dam_close(other));
  dam_options_free(options);
}

static void two_arrays_are_needed(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* closed = second_array(fixture, "closed");
  dam_array* array = fixture->array;
  dam_snapshot* snapshot = NULL;
  int32_t flag = -1;
  ASSERT_STATUS(DAM_OK, dam_close(closed));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_copy_into(array, NULL, 0, NULL, NULL));
  ASSERT_STATUS(DAM_CLOSED, dam_copy_into(array, closed, 0, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_copy_into(array, array, 64, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_snapshot_copy_into(snapshot, 0, 1, 1, NULL, 0));
  ASSERT_STATUS(DAM_CLOSED, dam_snapshot_copy_into(snapshot, 0, 1, 1, closed, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_same(array, NULL, &flag));
  ASSERT_STATUS(DAM_CLOSED, dam_same(array, closed, &flag));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_same(array, array, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_equal(array, NULL, NULL, &flag));
  ASSERT_STATUS(DAM_CLOSED, dam_equal(array, closed, NULL, &flag));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_equal(array, array, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_equal(array, array, (dam_task*)(void*)array, &flag));
  assert_int_equal(flag, -1);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_copy_is_equal_and_independent),
      ARRAY_TEST(copying_nothing_is_fine),
      ARRAY_TEST(slices_of_a_snapshot_are_copied_in_their_order),
      ARRAY_TEST(an_id_that_is_there_stops_the_copy_before_it_begins),
      ARRAY_TEST(many_documents_are_copied_in_batches),
      ARRAY_TEST(a_cancelled_task_stops_a_copy_and_a_comparison),
      ARRAY_TEST(equality_is_of_content_and_order),
      ARRAY_TEST(equal_documents_may_have_other_bytes),
      ARRAY_TEST(one_directory_is_the_same_by_every_path),
      ARRAY_TEST(two_arrays_are_needed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
