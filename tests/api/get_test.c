// Reading documents, and what is known about them, from the latest commit.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static void a_document_is_found_by_id_and_by_position_from_both_ends(void** state) {
  struct array_fixture* fixture = *state;
  static const struct {
    int64_t position;
    const char* id;
  } kCases[] = {{0, "a"}, {2, "c"}, {-1, "c"}, {-3, "a"}};
  size_t i;
  append_letters(fixture->array, "abc");
  assert_text(fixture->array, "b", "b");
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    dam_document* document = NULL;
    const char* id;
    size_t id_size;
    ASSERT_STATUS(DAM_OK, dam_get_at(fixture->array, kCases[i].position, &document));
    ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &id_size));
    assert_int_equal(id_size, 1);
    assert_memory_equal(id, kCases[i].id, 1);
    dam_document_free(document);
  }
}

static void absence_and_positions_outside_leave_the_outputs_alone(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = NULL;
  int64_t number = -7;
  size_t size = 77;
  char id[8] = "";
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_NOT_FOUND, dam_get(fixture->array, "z", 1, &document));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_position(fixture->array, "z", 1, &number));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_revision(fixture->array, "z", 1, &number));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_read(fixture->array, "z", 1, NULL, 0, &size));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_get_at(fixture->array, 2, &document));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_get_at(fixture->array, -3, &document));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_get_at(fixture->array, INT64_MIN, &document));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_read_at(fixture->array, INT64_MAX, NULL, 0, &size));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_id_at(fixture->array, 2, id, sizeof id, &size));
  assert_null(document);
  assert_int_equal(number, -7);
  assert_int_equal(size, 77);
}

static void an_empty_array_has_no_positions(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = NULL;
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_get_at(fixture->array, 0, &document));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_get_at(fixture->array, -1, &document));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_get(fixture->array, "a", 1, &document));
}

static void count_contains_and_position_follow_the_writes(void** state) {
  struct array_fixture* fixture = *state;
  int64_t count = -1;
  int64_t position = -1;
  int32_t found = -1;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "a", 1, DAM_ANY_REVISION, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_count(fixture->array, &count));
  assert_int_equal(count, 2);
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, "a", 1, &found));
  assert_int_equal(found, 0);
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, "c", 1, &found));
  assert_int_equal(found, 1);
  ASSERT_STATUS(DAM_OK, dam_position(fixture->array, "c", 1, &position));
  assert_int_equal(position, 1);
}

static void ids_may_hold_nul_and_be_told_by_length_or_terminator(void** state) {
  struct array_fixture* fixture = *state;
  int32_t found = -1;
  dam_document* document = document_of("{\"id\":\"a\\u0000b\"}");
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, data, size, 0, NULL, NULL));
  dam_document_free(document);
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, "a\0b", 3, &found));
  assert_int_equal(found, 1);
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, "a\0b", DAM_NUL_TERMINATED, &found));
  assert_int_equal(found, 0);
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, "a\0b", DAM_NUL_TERMINATED, &found));
  assert_int_equal(found, 1);
}

static void what_cannot_be_an_id_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  int32_t found = -7;
  char* longest = malloc(65537);
  assert_non_null(longest);
  memset(longest, 'x', 65536);
  longest[65536] = '\0';
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_contains(fixture->array, "", 0, &found));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_contains(fixture->array, "", DAM_NUL_TERMINATED, &found));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_contains(fixture->array, "\xff", 1, &found));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_contains(fixture->array, "\xc3", 1, &found));
  ASSERT_STATUS(DAM_TOO_BIG, dam_contains(fixture->array, longest, 65536, &found));
  ASSERT_STATUS(DAM_TOO_BIG, dam_contains(fixture->array, longest, DAM_NUL_TERMINATED, &found));
  assert_int_equal(found, -7);
  ASSERT_STATUS(DAM_OK, dam_contains(fixture->array, longest, 65535, &found));
  assert_int_equal(found, 0);
  free(longest);
}

static void read_copies_when_the_buffer_is_large_enough_and_tells_the_size(void** state) {
  struct array_fixture* fixture = *state;
  size_t size = 0;
  size_t again = 0;
  char* buffer;
  append(fixture->array, "a", "copied");
  ASSERT_STATUS(DAM_TOO_BIG, dam_read(fixture->array, "a", 1, NULL, 0, &size));
  assert_true(size > 0);
  buffer = malloc(size);
  assert_non_null(buffer);
  memset(buffer, 'z', size);
  ASSERT_STATUS(DAM_TOO_BIG, dam_read_at(fixture->array, 0, buffer, size - 1, &again));
  assert_int_equal(again, size);
  assert_int_equal(buffer[0], 'z');
  ASSERT_STATUS(DAM_OK, dam_read_at(fixture->array, -1, buffer, size, &again));
  assert_int_equal(again, size);
  assert_document_text(buffer, size, "copied");
  memset(buffer, 'z', size);
  ASSERT_STATUS(DAM_OK, dam_read(fixture->array, "a", DAM_NUL_TERMINATED, buffer, size, &again));
  assert_document_text(buffer, size, "copied");
  free(buffer);
}

static void the_id_at_a_position_is_copied_without_a_nul(void** state) {
  struct array_fixture* fixture = *state;
  char id[8] = "zzzzzzz";
  size_t size = 0;
  append(fixture->array, "robin", "x");
  ASSERT_STATUS(DAM_TOO_BIG, dam_id_at(fixture->array, 0, id, 4, &size));
  assert_int_equal(size, 5);
  assert_string_equal(id, "zzzzzzz");
  ASSERT_STATUS(DAM_OK, dam_id_at(fixture->array, 0, id, 5, &size));
  assert_string_equal(id, "robinzz");
}

static void a_document_outlives_deletion_and_close(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = NULL;
  const void* data;
  size_t size;
  append(fixture->array, "a", "kept");
  ASSERT_STATUS(DAM_OK, dam_get(fixture->array, "a", 1, &document));
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "a", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  assert_document_text(data, size, "kept");
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_document_is_found_by_id_and_by_position_from_both_ends),
      ARRAY_TEST(absence_and_positions_outside_leave_the_outputs_alone),
      ARRAY_TEST(an_empty_array_has_no_positions),
      ARRAY_TEST(count_contains_and_position_follow_the_writes),
      ARRAY_TEST(ids_may_hold_nul_and_be_told_by_length_or_terminator),
      ARRAY_TEST(what_cannot_be_an_id_is_refused),
      ARRAY_TEST(read_copies_when_the_buffer_is_large_enough_and_tells_the_size),
      ARRAY_TEST(the_id_at_a_position_is_copied_without_a_nul),
      ARRAY_TEST(a_document_outlives_deletion_and_close),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
