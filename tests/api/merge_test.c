// Arrays merged by id: nothing is lost, the array's own values win.
#include "array_fixture.h"

#include <stdio.h>
#include <string.h>

static dam_array* second_array(struct array_fixture* fixture, const char* name) {
  char path[300];
  dam_array* array = NULL;
  (void)snprintf(path, sizeof path, "%s/%s", fixture->directory, name);
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
  return array;
}

static void append_json(dam_array* array, const char* json) {
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

static void assert_json(dam_array* array, const char* id, const char* wanted) {
  dam_document* document = NULL;
  dam_document* expected = document_of(wanted);
  int32_t equal = 0;
  ASSERT_STATUS(DAM_OK, dam_get(array, id, DAM_NUL_TERMINATED, &document));
  ASSERT_STATUS(DAM_OK, dam_document_equal(document, expected, &equal));
  if (equal != 1) fail_msg("%s is not %s", id, wanted);
  dam_document_free(document);
  dam_document_free(expected);
}

static void merge(dam_array* array, dam_array* other, int64_t added, int64_t changed) {
  int64_t out_added = -1;
  int64_t out_changed = -1;
  ASSERT_STATUS(DAM_OK, dam_merge(array, other, 0, NULL, &out_added, &out_changed));
  assert_int_equal(out_added, added);
  assert_int_equal(out_changed, changed);
}

static void absent_documents_are_added_and_shared_ones_filled(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  append_json(fixture->array, "{\"id\":\"a\",\"text\":\"mine\"}");
  append_json(fixture->array, "{\"id\":\"b\"}");
  append_json(other, "{\"id\":\"c\",\"text\":\"new\"}");
  append_json(other, "{\"id\":\"a\",\"text\":\"theirs\",\"uri\":\"u\"}");
  append_json(other, "{\"id\":\"b\"}");
  merge(fixture->array, other, 1, 1);
  assert_string_equal(joined_ids(fixture->array), "abc");
  assert_json(fixture->array, "a", "{\"id\":\"a\",\"text\":\"mine\",\"uri\":\"u\"}");
  assert_json(fixture->array, "c", "{\"id\":\"c\",\"text\":\"new\"}");
  assert_string_equal(joined_ids(other), "cab");
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void chunks_and_matches_are_merged_all_the_way_down(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  append_json(fixture->array,
              "{\"id\":\"a\",\"chunks\":[{\"id\":\"x\",\"matches\":[{\"id\":\"m\"}]}]}");
  append_json(other,
              "{\"id\":\"a\",\"chunks\":[{\"id\":\"y\"},{\"id\":\"x\",\"matches\":[{\"id\":\"m\","
              "\"text\":\"t\"},{\"id\":\"n\"}]}]}");
  merge(fixture->array, other, 0, 1);
  assert_json(fixture->array, "a",
              "{\"id\":\"a\",\"chunks\":[{\"id\":\"x\",\"matches\":[{\"id\":\"m\",\"text\":\"t\"},"
              "{\"id\":\"n\"}]},{\"id\":\"y\"}]}");
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void merging_twice_writes_nothing(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  int64_t revision[2];
  append_json(fixture->array, "{\"id\":\"a\",\"tags\":{\"k\":1}}");
  append_json(other, "{\"id\":\"a\",\"tags\":{\"k\":2,\"l\":3},\"chunks\":[{\"text\":\"x\"}]}");
  append_json(other, "{\"id\":\"b\"}");
  merge(fixture->array, other, 1, 1);
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &revision[0]));
  merge(fixture->array, other, 0, 0);
  merge(fixture->array, fixture->array, 0, 0);
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &revision[1]));
  assert_int_equal(revision[0], revision[1]);
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void several_arrays_are_merged_one_after_the_other(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* first = second_array(fixture, "first");
  dam_array* second = second_array(fixture, "second");
  append_json(first, "{\"id\":\"a\",\"text\":\"1\"}");
  append_json(second, "{\"id\":\"a\",\"text\":\"2\",\"uri\":\"2\"}");
  append_json(second, "{\"id\":\"b\"}");
  merge(fixture->array, first, 1, 0);
  merge(fixture->array, second, 1, 1);
  assert_json(fixture->array, "a", "{\"id\":\"a\",\"text\":\"1\",\"uri\":\"2\"}");
  assert_string_equal(joined_ids(fixture->array), "ab");
  ASSERT_STATUS(DAM_OK, dam_close(first));
  ASSERT_STATUS(DAM_OK, dam_close(second));
}

static void many_documents_come_in_several_batches(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  char id[16];
  int i;
  for (i = 0; i < 2500; ++i) {
    (void)snprintf(id, sizeof id, "d%d", i);
    append(other, id, id);
    if (i % 5 == 0) append_json(fixture->array, i % 2 == 0 ? "{}" : "{\"offset\":1}");
    if (i % 10 == 0) append(fixture->array, id, "mine");
  }
  merge(fixture->array, other, 2250, 0);
  assert_text(fixture->array, "d10", "mine");
  assert_text(fixture->array, "d2499", "d2499");
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void a_cancelled_merge_keeps_the_batches_before_it(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  dam_task* task = NULL;
  int64_t added = -1;
  append_letters(other, "abc");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_merge(fixture->array, other, 0, task, &added, NULL));
  assert_int_equal(added, 0);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_close(other));
}

static void an_array_that_cannot_be_written_takes_nothing(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* other = second_array(fixture, "other");
  dam_options* options = NULL;
  dam_array* reader = NULL;
  append_letters(other, "a");
  append_letters(fixture->array, "b");
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  ASSERT_STATUS(DAM_READ_ONLY, dam_merge(reader, other, 0, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_merge(fixture->array, other, DAM_UPSERT, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_merge(fixture->array, NULL, 0, NULL, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "b");
  ASSERT_STATUS(DAM_OK, dam_close(reader));
  dam_options_free(options);
  ASSERT_STATUS(DAM_OK, dam_close(other));
  ASSERT_STATUS(DAM_CLOSED, dam_merge(fixture->array, other, 0, NULL, NULL, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(absent_documents_are_added_and_shared_ones_filled),
      ARRAY_TEST(chunks_and_matches_are_merged_all_the_way_down),
      ARRAY_TEST(merging_twice_writes_nothing),
      ARRAY_TEST(several_arrays_are_merged_one_after_the_other),
      ARRAY_TEST(many_documents_come_in_several_batches),
      ARRAY_TEST(a_cancelled_merge_keeps_the_batches_before_it),
      ARRAY_TEST(an_array_that_cannot_be_written_takes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
