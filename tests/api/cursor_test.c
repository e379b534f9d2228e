// Walking through slices: documents lent one at a time, or copied in packs.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static dam_cursor* open_cursor(dam_array* array, int64_t start, int64_t stop, int64_t step) {
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_cursor_open(snapshot, start, stop, step, &cursor));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  return cursor;
}

static char id_of(const void* data, size_t size) {
  dam_document* document = NULL;
  const char* id;
  size_t id_size;
  char letter;
  ASSERT_STATUS(DAM_OK, dam_document_from_bytes(data, size, &document));
  ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &id_size));
  letter = *id;
  dam_document_free(document);
  return letter;
}

static void a_walk_follows_the_rules_of_slices(void** state) {
  static const struct {
    int64_t start, stop, step;
    const char* ids;
    const char* positions;
  } kCases[] = {
      {DAM_OMITTED, DAM_OMITTED, 1, "abdef", "01234"},
      {DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, "abdef", "01234"},
      {1, -1, 1, "bde", "123"},
      {DAM_OMITTED, DAM_OMITTED, -1, "fedba", "43210"},
      {DAM_OMITTED, DAM_OMITTED, 2, "adf", "024"},
      {-1, DAM_OMITTED, -3, "fb", "41"},
      {3, 3, 1, "", ""},
      {5, 99, 1, "", ""},
      {-99, 99, INT64_MAX, "a", "0"},
  };
  struct array_fixture* fixture = *state;
  size_t i;
  append_letters(fixture->array, "abcdef");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "c", 1, 0, 0, NULL));
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    dam_cursor* cursor =
        open_cursor(fixture->array, kCases[i].start, kCases[i].stop, kCases[i].step);
    size_t k;
    const void* data = NULL;
    size_t size = 0;
    int64_t position = -7;
    for (k = 0; kCases[i].ids[k] != '\0'; ++k) {
      ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &data, &size, &position));
      assert_int_equal(id_of(data, size), kCases[i].ids[k]);
      assert_int_equal(position, kCases[i].positions[k] - '0');
    }
    data = NULL;
    ASSERT_STATUS(DAM_NOT_FOUND, dam_cursor_next(cursor, &data, &size, &position));
    ASSERT_STATUS(DAM_NOT_FOUND, dam_cursor_next(cursor, &data, &size, NULL));
    assert_string_equal(dam_last_error(), "");
    assert_null(data);
    ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  }
}

static void a_step_of_0_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_cursor_open(snapshot, 0, 1, 0, &cursor));
  assert_null(cursor);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_cursor_keeps_its_snapshot_and_what_it_lent(void** state) {
  struct array_fixture* fixture = *state;
  dam_cursor* cursor;
  const void* first = NULL;
  const void* second = NULL;
  size_t first_size = 0;
  size_t second_size = 0;
  append_letters(fixture->array, "ab");
  cursor = open_cursor(fixture->array, DAM_OMITTED, DAM_OMITTED, 1);
  ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &first, &first_size, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete_range(fixture->array, DAM_OMITTED, DAM_OMITTED, 1, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &second, &second_size, NULL));
  assert_document_text(first, first_size, "a");
  assert_document_text(second, second_size, "b");
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  ASSERT_STATUS(DAM_CLOSED, dam_cursor_next(cursor, &second, &second_size, NULL));
}

static void packs_hold_what_fits_until_the_end(void** state) {
  struct array_fixture* fixture = *state;
  dam_cursor* cursor;
  char* buffer = malloc(1 << 16);
  int64_t offsets[4] = {-7, -7, -7, -7};
  int64_t count = -1;
  int64_t i;
  append_letters(fixture->array, "abcde");
  assert_non_null(buffer);
  cursor = open_cursor(fixture->array, DAM_OMITTED, DAM_OMITTED, 1);
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, 1 << 16, offsets, 3, &count));
  assert_int_equal(count, 3);
  assert_int_equal(offsets[0], 0);
  for (i = 0; i < 3; ++i) {
    assert_int_equal(offsets[i + 1] % 8, 0);
    assert_int_equal(id_of(buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i])), 'a' + i);
  }
  /* Room for one and a half. */
  ASSERT_STATUS(DAM_OK,
                dam_cursor_read(cursor, buffer, (size_t)offsets[1] * 3 / 2, offsets, 3, &count));
  assert_int_equal(count, 1);
  assert_int_equal(id_of(buffer, (size_t)offsets[1]), 'd');
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, 1 << 16, offsets, 3, &count));
  assert_int_equal(count, 1);
  assert_int_equal(id_of(buffer, (size_t)offsets[1]), 'e');
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, 1 << 16, offsets, 3, &count));
  assert_int_equal(count, 0);
  assert_int_equal(offsets[0], 0);
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  free(buffer);
}

static void a_pack_too_small_for_one_tells_the_size_and_loses_nothing(void** state) {
  struct array_fixture* fixture = *state;
  dam_cursor* cursor;
  char* buffer;
  int64_t offsets[2] = {-7, -7};
  int64_t count = -7;
  size_t needed;
  append_letters(fixture->array, "a");
  cursor = open_cursor(fixture->array, DAM_OMITTED, DAM_OMITTED, 1);
  ASSERT_STATUS(DAM_TOO_BIG, dam_cursor_read(cursor, NULL, 0, offsets, 1, &count));
  assert_int_equal(count, -7);
  assert_true(offsets[0] > 0);
  needed = (size_t)offsets[0];
  buffer = malloc(needed);
  assert_non_null(buffer);
  ASSERT_STATUS(DAM_TOO_BIG, dam_cursor_read(cursor, buffer, needed - 1, offsets, 1, &count));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_cursor_read(cursor, buffer, needed, offsets, 0, &count));
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, needed, offsets, 1, &count));
  assert_int_equal(count, 1);
  assert_int_equal(id_of(buffer, needed), 'a');
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  free(buffer);
}

static void single_steps_and_packs_may_be_mixed(void** state) {
  struct array_fixture* fixture = *state;
  dam_cursor* cursor;
  static char buffer[4096];
  const void* data;
  size_t size;
  int64_t offsets[2];
  int64_t count = -1;
  append_letters(fixture->array, "abc");
  cursor = open_cursor(fixture->array, DAM_OMITTED, DAM_OMITTED, -1);
  ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &data, &size, NULL));
  assert_int_equal(id_of(data, size), 'c');
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, sizeof buffer, offsets, 1, &count));
  assert_int_equal(id_of(buffer, (size_t)offsets[1]), 'b');
  ASSERT_STATUS(DAM_TOO_BIG, dam_cursor_read(cursor, buffer, 8, offsets, 1, &count));
  ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &data, &size, NULL));
  assert_int_equal(id_of(data, size), 'a');
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
}

/* Turns the last string in the body that is `letter` alone: its length before it and the NUL behind
 * tell it from a byte of a checksum that happens to be the same. */
static void damage_text(const char* path, char letter) {
  const char string[] = {1, 0, 0, 0, letter, 0};
  char name[300];
  static char body[1 << 20];
  FILE* file;
  size_t size;
  (void)snprintf(name, sizeof name, "%s/body.bin", path);
  file = fopen(name, "rb+");
  assert_non_null(file);
  size = fread(body, 1, sizeof body, file);
  assert_true(size >= sizeof string);
  size -= sizeof string;
  while (size > 0 && memcmp(body + size, string, sizeof string) != 0) --size;
  assert_true(size > 0);
  assert_int_equal(fseek(file, (long)size + 4, SEEK_SET), 0);
  assert_int_equal(fputc('!', file), '!');
  assert_int_equal(fclose(file), 0);
}

static void a_damaged_document_is_told_between_its_neighbours(void** state) {
  struct array_fixture* fixture = *state;
  static char buffer[4096];
  int64_t offsets[9];
  int64_t count = -7;
  const void* data;
  size_t size;
  dam_cursor* cursor;
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &fixture->array));
  append_letters(fixture->array, "xyz");
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  damage_text(fixture->path, 'y');
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &fixture->array));
  cursor = open_cursor(fixture->array, DAM_OMITTED, DAM_OMITTED, 1);
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, sizeof buffer, offsets, 8, &count));
  assert_int_equal(count, 1);
  ASSERT_STATUS(DAM_CORRUPT, dam_cursor_read(cursor, buffer, sizeof buffer, offsets, 8, &count));
  ASSERT_STATUS(DAM_OK, dam_cursor_read(cursor, buffer, sizeof buffer, offsets, 8, &count));
  assert_int_equal(count, 1);
  assert_int_equal(id_of(buffer, (size_t)offsets[1]), 'z');
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  cursor = open_cursor(fixture->array, 1, DAM_OMITTED, 1);
  ASSERT_STATUS(DAM_CORRUPT, dam_cursor_next(cursor, &data, &size, NULL));
  ASSERT_STATUS(DAM_OK, dam_cursor_next(cursor, &data, &size, NULL));
  assert_int_equal(id_of(data, size), 'z');
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_walk_follows_the_rules_of_slices),
      ARRAY_TEST(a_step_of_0_is_refused),
      ARRAY_TEST(a_cursor_keeps_its_snapshot_and_what_it_lent),
      ARRAY_TEST(packs_hold_what_fits_until_the_end),
      ARRAY_TEST(a_pack_too_small_for_one_tells_the_size_and_loses_nothing),
      ARRAY_TEST(single_steps_and_packs_may_be_mixed),
      DIRECTORY_TEST(a_damaged_document_is_told_between_its_neighbours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
