// Codes, their names, and the text of the latest failure.
#include <pthread.h>
#include <string.h>

#include "array_fixture.h"

static void every_status_keeps_its_number_and_name(void** state) {
  static const struct {
    dam_status status;
    dam_status number;
    const char* name;
  } kGolden[] = {
      {DAM_OK, 0, "OK"},
      {DAM_NOT_FOUND, -1, "NOT_FOUND"},
      {DAM_ALREADY_EXISTS, -2, "ALREADY_EXISTS"},
      {DAM_CONFLICT, -3, "CONFLICT"},
      {DAM_INVALID_ARGUMENT, -4, "INVALID_ARGUMENT"},
      {DAM_INVALID_DOCUMENT, -5, "INVALID_DOCUMENT"},
      {DAM_OUT_OF_RANGE, -6, "OUT_OF_RANGE"},
      {DAM_READ_ONLY, -7, "READ_ONLY"},
      {DAM_BUSY, -8, "BUSY"},
      {DAM_NO_SPACE, -9, "NO_SPACE"},
      {DAM_IO, -10, "IO"},
      {DAM_CORRUPT, -11, "CORRUPT"},
      {DAM_UNSUPPORTED, -12, "UNSUPPORTED"},
      {DAM_POISONED, -13, "POISONED"},
      {DAM_CLOSED, -14, "CLOSED"},
      {DAM_FORKED, -15, "FORKED"},
      {DAM_TOO_BIG, -16, "TOO_BIG"},
      {DAM_NO_MEMORY, -17, "NO_MEMORY"},
      {DAM_CANCELLED, -18, "CANCELLED"},
      {DAM_INTERNAL, -19, "INTERNAL"},
  };
  size_t i;
  (void)state;
  for (i = 0; i < sizeof kGolden / sizeof *kGolden; ++i) {
    assert_int_equal(kGolden[i].status, kGolden[i].number);
    assert_string_equal(dam_status_name(kGolden[i].status), kGolden[i].name);
  }
}

static void a_number_that_is_no_status_is_unknown(void** state) {
  (void)state;
  assert_string_equal(dam_status_name(1), "UNKNOWN");
  assert_string_equal(dam_status_name(-20), "UNKNOWN");
  assert_string_equal(dam_status_name(INT32_MIN), "UNKNOWN");
  assert_string_equal(dam_status_name(INT32_MAX), "UNKNOWN");
}

static void flags_and_sentinels_keep_their_numbers(void** state) {
  (void)state;
  assert_int_equal(DAM_UPSERT, 1);
  assert_int_equal(DAM_BUFFERED, 2);
  assert_int_equal(DAM_VISIBLE, 4);
  assert_int_equal(DAM_DURABLE, 8);
  assert_int_equal(DAM_JSON_UNKNOWN_TO_TAGS, 1);
  assert_int_equal(DAM_JSON_ARRAYS, 2);
  assert_int_equal(DAM_ANY_REVISION, 0);
  assert_true(DAM_OMITTED == INT64_MIN);
  assert_true(DAM_NUL_TERMINATED == SIZE_MAX);
}

static void a_failure_leaves_one_line_and_success_clears_it(void** state) {
  struct array_fixture* fixture = *state;
  int64_t count;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_count(fixture->array, NULL));
  assert_non_null(strstr(dam_last_error(), "out_count"));
  assert_null(strchr(dam_last_error(), '\n'));
  assert_non_null(strstr(dam_last_error(), "out_count"));
  ASSERT_STATUS(DAM_OK, dam_count(fixture->array, &count));
  assert_string_equal(dam_last_error(), "");
}

static void absence_leaves_no_text(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = NULL;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_count(NULL, NULL));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_get(fixture->array, "x", 1, &document));
  assert_string_equal(dam_last_error(), "");
  assert_null(document);
}

static void freeing_keeps_the_text(void** state) {
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_create(NULL));
  dam_options_free(NULL);
  dam_document_free(NULL);
  dam_free(NULL);
  assert_string_equal(dam_version(), "0.1.0");
  assert_string_not_equal(dam_last_error(), "");
}

static void control_characters_and_broken_utf8_do_not_reach_the_text(void** state) {
  struct array_fixture* fixture = *state;
  char path[300];
  dam_options* options;
  dam_array* array = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_CREATE, 0));
  strcpy(path, fixture->directory);
  strcat(path, "/two\nlines\xff");
  ASSERT_STATUS(DAM_NOT_FOUND, dam_open(path, options, &array));
  assert_non_null(strstr(dam_last_error(), "two lines?"));
  dam_options_free(options);
}

static void* fail_in_another_thread(void* unused) {
  (void)unused;
  if (dam_last_error()[0] != '\0') return "a text before any call";
  if (dam_options_create(NULL) != DAM_INVALID_ARGUMENT) return "another status";
  return strstr(dam_last_error(), "out_options") != NULL ? NULL : "another text";
}

static void each_thread_has_its_own_text(void** state) {
  pthread_t thread;
  void* complaint = "not run";
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_task_create(NULL));
  assert_int_equal(pthread_create(&thread, NULL, fail_in_another_thread, NULL), 0);
  assert_int_equal(pthread_join(thread, &complaint), 0);
  if (complaint != NULL) fail_msg("%s", (const char*)complaint);
  assert_non_null(strstr(dam_last_error(), "out_task"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_status_keeps_its_number_and_name),
      cmocka_unit_test(a_number_that_is_no_status_is_unknown),
      cmocka_unit_test(flags_and_sentinels_keep_their_numbers),
      ARRAY_TEST(a_failure_leaves_one_line_and_success_clears_it),
      ARRAY_TEST(absence_leaves_no_text),
      cmocka_unit_test(freeing_keeps_the_text),
      DIRECTORY_TEST(control_characters_and_broken_utf8_do_not_reach_the_text),
      cmocka_unit_test(each_thread_has_its_own_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
