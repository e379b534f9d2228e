// Backup and salvage, as a C program sees them.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "array_fixture.h"

static const char* beside(const struct array_fixture* fixture, const char* name) {
  static char path[300];
  snprintf(path, sizeof path, "%s/%s", fixture->directory, name);
  return path;
}

static dam_array* open_at(const char* path) {
  dam_array* array = NULL;
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &array));
  return array;
}

static void remove_file_of(const struct array_fixture* fixture, const char* name) {
  char path[300];
  snprintf(path, sizeof path, "%s/%s", fixture->path, name);
  assert_int_equal(unlink(path), 0);
}

static void a_backup_is_an_array_of_its_own(void** state) {
  struct array_fixture* fixture = *state;
  const char* path = beside(fixture, "copy");
  dam_array* copy;
  int64_t revision;
  int64_t copied;
  append_letters(fixture->array, "abcd");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "b", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_backup(fixture->array, path, NULL));
  copy = open_at(path);
  assert_string_equal(joined_ids(copy), "acd");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "c", 1, &revision));
  ASSERT_STATUS(DAM_OK, dam_revision(copy, "c", 1, &copied));
  assert_int_equal(copied, revision);
  append_letters(copy, "x");
  ASSERT_STATUS(DAM_OK, dam_close(copy));
  ASSERT_STATUS(DAM_OK, dam_verify(path, NULL, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "acd");
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_backup(fixture->array, path, NULL));
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_backup(fixture->array, fixture->path, NULL));
}

static void a_task_follows_and_stops_a_backup(void** state) {
  struct array_fixture* fixture = *state;
  dam_task* task = NULL;
  int64_t done;
  int64_t total;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_backup(fixture->array, beside(fixture, "first"), task));
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_true(done > 0 && done == total);
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED, dam_backup(fixture->array, beside(fixture, "second"), task));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_verify(beside(fixture, "second"), NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_CLOSED, dam_backup(fixture->array, beside(fixture, "third"), task));
}

static void a_read_only_handle_makes_backups(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = NULL;
  dam_array* reader = NULL;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  dam_options_free(options);
  append_letters(fixture->array, "d");
  ASSERT_STATUS(DAM_OK, dam_backup(reader, beside(fixture, "copy"), NULL));
  ASSERT_STATUS(DAM_OK, dam_close(reader));
  reader = open_at(beside(fixture, "copy"));
  assert_string_equal(joined_ids(reader), "abc");
  ASSERT_STATUS(DAM_OK, dam_close(reader));
}

static void salvage_brings_documents_back(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = open_at(fixture->path);
  char* report = NULL;
  size_t size = 99;
  int64_t recovered = -1;
  int64_t uncertain = -1;
  const char* out = beside(fixture, "saved");
  append_letters(array, "abc");
  ASSERT_STATUS(DAM_BUSY, dam_salvage(fixture->path, out, NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(array));
  remove_file_of(fixture, "header.bin");
  ASSERT_STATUS(DAM_CORRUPT, dam_open(fixture->path, NULL, &array));
  ASSERT_STATUS(DAM_OK,
                dam_salvage(fixture->path, out, NULL, &recovered, &uncertain, &report, &size));
  assert_int_equal(recovered, 3);
  assert_int_equal(uncertain, 0);
  assert_string_equal(report, "header.bin is missing\n");
  assert_int_equal(size, strlen(report));
  dam_free(report);
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_salvage(fixture->path, out, NULL, NULL, NULL, NULL, NULL));
  array = open_at(out);
  assert_string_equal(joined_ids(array), "abc");
  ASSERT_STATUS(DAM_OK, dam_close(array));
  ASSERT_STATUS(DAM_OK, dam_verify(out, NULL, NULL, NULL));
}

static void what_cannot_be_saved_is_told(void** state) {
  struct array_fixture* fixture = *state;
  const char* out = beside(fixture, "saved");
  char* report = NULL;
  size_t size = 0;
  int64_t recovered = -7;
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_salvage(fixture->path, out, NULL, &recovered, NULL, &report, &size));
  assert_null(report);
  ASSERT_STATUS(DAM_OK, dam_close(open_at(fixture->path)));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_salvage(fixture->path, fixture->path, NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_salvage(fixture->path, out, NULL, NULL, NULL, &report, NULL));
  remove_file_of(fixture, "body.bin");
  ASSERT_STATUS(DAM_CORRUPT,
                dam_salvage(fixture->path, out, NULL, &recovered, NULL, &report, &size));
  assert_non_null(report);
  dam_free(report);
  assert_int_equal(recovered, -7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_backup_is_an_array_of_its_own),  ARRAY_TEST(a_task_follows_and_stops_a_backup),
      ARRAY_TEST(a_read_only_handle_makes_backups), DIRECTORY_TEST(salvage_brings_documents_back),
      DIRECTORY_TEST(what_cannot_be_saved_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
