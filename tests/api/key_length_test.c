// The key length of an array: every call that stores an id is held to it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

/* Opens an array whose ids have at most four code points, in place of the fixture's. */
static int open_limited(void** state) {
  struct array_fixture* fixture;
  dam_options* options = NULL;
  dam_status status;
  if (make_directory(state) != 0 || dam_options_create(&options) != DAM_OK) return -1;
  fixture = *state;
  status = dam_options_set(options, DAM_OPTION_KEY_LENGTH, 4);
  if (status == DAM_OK) status = dam_open(fixture->path, options, &fixture->array);
  dam_options_free(options);
  return status;
}

static void assert_too_big(dam_status status) {
  ASSERT_STATUS(DAM_TOO_BIG, status);
  assert_non_null(strstr(dam_last_error(), "6 code points"));
  assert_non_null(strstr(dam_last_error(), "is 4"));
}

static void every_writing_call_refuses_a_longer_id(void** state) {
  dam_array* array = ((struct array_fixture*)*state)->array;
  size_t size;
  void* data = make_bytes("longer", "", &size);
  const int64_t offsets[] = {0, (int64_t)size};
  dam_batch* batch = NULL;
  append(array, "a", "first");
  assert_too_big(dam_append(array, data, size, 0, NULL, NULL));
  assert_too_big(dam_extend(array, data, offsets, 1, 0, NULL, NULL));
  assert_too_big(dam_set_at(array, 0, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_batch_begin(array, &batch));
  ASSERT_STATUS(DAM_OK, dam_batch_append(batch, data, size, 0));
  assert_too_big(dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(array), "a");
  assert_text(array, "a", "first");
  free(data);
}

static void a_fresh_id_needs_36_code_points(void** state) {
  dam_array* array = ((struct array_fixture*)*state)->array;
  dam_document* document = document_of("{\"text\":\"no id\"}");
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_TOO_BIG, dam_append(array, data, size, 0, NULL, NULL));
  assert_non_null(strstr(dam_last_error(), "36 code points"));
  dam_document_free(document);
}

static void a_copy_finds_longer_ids_before_it_writes(void** state) {
  struct array_fixture* fixture = *state;
  char path[300];
  dam_array* source = NULL;
  int64_t copied = -1;
  snprintf(path, sizeof path, "%s/source", fixture->directory);
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &source));
  append_letters(source, "ab");
  append(source, "longer", "");
  assert_too_big(dam_copy_into(source, fixture->array, 0, NULL, &copied));
  assert_int_equal(copied, 0);
  assert_too_big(dam_copy_into(source, fixture->array, DAM_UPSERT, NULL, &copied));
  assert_string_equal(joined_ids(fixture->array), "");
  ASSERT_STATUS(DAM_OK, dam_delete(source, "longer", 6, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_copy_into(source, fixture->array, 0, NULL, &copied));
  assert_string_equal(joined_ids(fixture->array), "ab");
  ASSERT_STATUS(DAM_OK, dam_close(source));
}

static void the_length_is_told_and_must_agree(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = NULL;
  dam_array* other = NULL;
  int64_t key_length = -1;
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_KEY_LENGTH, &key_length));
  assert_int_equal(key_length, 4);
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_KEY_LENGTH, 36));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_open(fixture->path, options, &other));
  assert_non_null(strstr(dam_last_error(), "is 4, not 36"));
  assert_null(other);
  dam_options_free(options);
}

#define LIMITED_TEST(test) cmocka_unit_test_setup_teardown(test, open_limited, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      LIMITED_TEST(every_writing_call_refuses_a_longer_id),
      LIMITED_TEST(a_fresh_id_needs_36_code_points),
      LIMITED_TEST(a_copy_finds_longer_ids_before_it_writes),
      LIMITED_TEST(the_length_is_told_and_must_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
