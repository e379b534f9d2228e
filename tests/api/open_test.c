// The life of an array's handle.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static dam_options* options_with(int32_t option, int64_t value) {
  dam_options* options = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, option, value));
  return options;
}

static void an_absent_array_is_made(void** state) {
  struct array_fixture* fixture = *state;
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_count(fixture->array, &count));
  assert_int_equal(count, 0);
}

static void an_absent_array_is_not_found_when_it_is_not_to_be_made(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_CREATE, 0);
  dam_array* array = NULL;
  ASSERT_STATUS(DAM_NOT_FOUND, dam_open(fixture->path, options, &array));
  assert_string_not_equal(dam_last_error(), "");
  assert_null(array);
  dam_options_free(options);
}

static void an_empty_path_is_refused(void** state) {
  dam_array* array = NULL;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_open("", NULL, &array));
  assert_null(array);
}

static void a_second_writer_is_busy_until_the_first_closes(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* second = NULL;
  ASSERT_STATUS(DAM_BUSY, dam_open(fixture->path, NULL, &second));
  assert_null(second);
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &second));
  ASSERT_STATUS(DAM_OK, dam_close(second));
}

static void what_was_written_is_there_after_a_reopen(void** state) {
  struct array_fixture* fixture = *state;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &fixture->array));
  assert_string_equal(joined_ids(fixture->array), "abc");
}

static void a_read_only_handle_reads_and_refuses_to_write(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_READ_ONLY, 1);
  dam_array* reader = NULL;
  int32_t changed = -1;
  size_t size;
  void* data = make_bytes("b", "b", &size);
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  dam_options_free(options);
  ASSERT_STATUS(DAM_READ_ONLY, dam_append(reader, data, size, 0, NULL, NULL));
  ASSERT_STATUS(DAM_READ_ONLY, dam_delete(reader, "a", 1, 0, 0, NULL));
  append_letters(fixture->array, "b");
  ASSERT_STATUS(DAM_OK, dam_reload(reader, &changed));
  assert_int_equal(changed, 1);
  assert_string_equal(joined_ids(reader), "ab");
  ASSERT_STATUS(DAM_OK, dam_reload(reader, &changed));
  assert_int_equal(changed, 0);
  ASSERT_STATUS(DAM_OK, dam_reload(reader, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(reader));
  free(data);
}

static void a_wait_ends_with_the_commit_it_waits_for(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_READ_ONLY, 1);
  dam_array* reader = NULL;
  int64_t seen = -1;
  int64_t newest = -1;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  dam_options_free(options);
  ASSERT_STATUS(DAM_OK, dam_wait(reader, 0, 0, &seen));
  ASSERT_STATUS(DAM_BUSY, dam_wait(reader, seen, 0, &newest));
  ASSERT_STATUS(DAM_BUSY, dam_wait(reader, seen, 20, &newest));
  assert_non_null(strstr(dam_last_error(), "20 ms"));
  assert_int_equal(newest, -1);
  append_letters(fixture->array, "b");
  ASSERT_STATUS(DAM_OK, dam_wait(reader, seen, -1, &newest));
  assert_true(newest > seen);
  assert_string_equal(joined_ids(reader), "ab");
  ASSERT_STATUS(DAM_BUSY, dam_wait(fixture->array, newest, 1, NULL));
  ASSERT_STATUS(DAM_OK, dam_wait(fixture->array, seen, 1, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_wait(reader, -1, 0, &newest));
  ASSERT_STATUS(DAM_OK, dam_close(reader));
}

static void flush_and_sync_succeed_with_and_without_news(void** state) {
  struct array_fixture* fixture = *state;
  ASSERT_STATUS(DAM_OK, dam_flush(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_sync(fixture->array));
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_flush(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_sync(fixture->array));
}

static void the_path_is_told_as_it_was_given(void** state) {
  struct array_fixture* fixture = *state;
  char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_path(fixture->array, &text, &size));
  assert_int_equal(size, strlen(fixture->path));
  assert_string_equal(text, fixture->path);
  dam_free(text);
}

static void options_may_be_freed_while_the_array_is_open(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_DURABILITY, DAM_BUFFERED);
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &fixture->array));
  dam_options_free(options);
  append_letters(fixture->array, "ab");
  assert_string_equal(joined_ids(fixture->array), "ab");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(an_absent_array_is_made),
      DIRECTORY_TEST(an_absent_array_is_not_found_when_it_is_not_to_be_made),
      cmocka_unit_test(an_empty_path_is_refused),
      ARRAY_TEST(a_second_writer_is_busy_until_the_first_closes),
      ARRAY_TEST(what_was_written_is_there_after_a_reopen),
      ARRAY_TEST(a_read_only_handle_reads_and_refuses_to_write),
      ARRAY_TEST(a_wait_ends_with_the_commit_it_waits_for),
      ARRAY_TEST(flush_and_sync_succeed_with_and_without_news),
      ARRAY_TEST(the_path_is_told_as_it_was_given),
      cmocka_unit_test_setup_teardown(options_may_be_freed_while_the_array_is_open, make_directory,
                                      close_array),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
