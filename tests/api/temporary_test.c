// Arrays without a directory: they take part in everything, and leave nothing.
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_fixture.h"

static dam_status open_temporary(const char* path, int32_t option, int64_t value,
                                 dam_array** out_array) {
  dam_options* options = NULL;
  dam_status status;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_TEMPORARY, 1));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, option, value));
  status = dam_open(path, options, out_array);
  dam_options_free(options);
  return status;
}

/* The fixture's array becomes a temporary one, whose files lie in the fixture's directory. */
static int open_without_name(void** state) {
  struct array_fixture* fixture;
  if (make_directory(state) != 0) return -1;
  fixture = *state;
  return open_temporary(fixture->directory, DAM_OPTION_CREATE, 1, &fixture->array);
}

static int close_without_name(void** state) {
  struct array_fixture* fixture = *state;
  const dam_status closed = dam_close(fixture->array);
  if (closed != DAM_OK && closed != DAM_CLOSED) return -1;
  return remove_directory(state);
}

static int names_in(const char* path) {
  DIR* directory = opendir(path);
  int count = -2; /* . and .. */
  assert_non_null(directory);
  while (readdir(directory) != NULL) ++count;
  closedir(directory);
  return count;
}

static void a_temporary_array_needs_no_path(void** state) {
  dam_array* array = NULL;
  char* text = NULL;
  size_t size = 77;
  (void)state;
  ASSERT_STATUS(DAM_OK, open_temporary(NULL, DAM_OPTION_CREATE, 1, &array));
  append_letters(array, "ab");
  assert_string_equal(joined_ids(array), "ab");
  ASSERT_STATUS(DAM_OK, dam_path(array, &text, &size));
  assert_int_equal(size, 0);
  assert_string_equal(text, "");
  dam_free(text);
  ASSERT_STATUS(DAM_OK, dam_close(array));
  ASSERT_STATUS(DAM_OK, open_temporary("", DAM_OPTION_CREATE, 1, &array));
  assert_string_equal(joined_ids(array), "");
  ASSERT_STATUS(DAM_OK, dam_close(array));
}

static void what_contradicts_it_is_refused(void** state) {
  dam_array* array = NULL;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, open_temporary(NULL, DAM_OPTION_READ_ONLY, 1, &array));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, open_temporary(NULL, DAM_OPTION_CREATE, 0, &array));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, open_temporary(NULL, DAM_OPTION_SHARED_WRITER, 1, &array));
  ASSERT_STATUS(DAM_NOT_FOUND, open_temporary("/no/such/place", DAM_OPTION_CREATE, 1, &array));
  assert_null(array);
}

static void every_operation_works_and_none_leaves_a_name(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  dam_snapshot* snapshot = NULL;
  int64_t count = -1;
  int32_t changed = -1;
  append_letters(array, "abcd");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_delete(array, "b", 1, 0, DAM_DURABLE, NULL));
  ASSERT_STATUS(DAM_OK, dam_flush(array));
  ASSERT_STATUS(DAM_OK, dam_sync(array));
  ASSERT_STATUS(DAM_OK, dam_reload(array, &changed));
  assert_int_equal(changed, 0);
  ASSERT_STATUS(DAM_OK, dam_prune(array, NULL, NULL));
  assert_string_equal(joined_ids(array), "acd");
  assert_text(array, "d", "d");
  ASSERT_STATUS(DAM_OK, dam_clear(array, 0, NULL));
  append_letters(array, "e");
  ASSERT_STATUS(DAM_OK, dam_snapshot_count(snapshot, &count));
  assert_int_equal(count, 4);
  assert_int_equal(names_in(fixture->directory), 0);
  ASSERT_STATUS(DAM_OK, dam_close(array));
  ASSERT_STATUS(DAM_OK, dam_snapshot_count(snapshot, &count));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void documents_are_copied_from_it_and_to_it(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* named = NULL;
  dam_array* backup = NULL;
  int32_t verdict = -1;
  char backup_path[300];
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &named));
  append_letters(named, "ab");
  ASSERT_STATUS(DAM_OK, dam_copy_into(named, fixture->array, 0, NULL, NULL));
  append_letters(fixture->array, "c");
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, named, DAM_UPSERT, NULL, NULL));
  assert_string_equal(joined_ids(named), "abc");
  ASSERT_STATUS(DAM_OK, dam_equal(named, fixture->array, NULL, &verdict));
  assert_int_equal(verdict, 1);
  ASSERT_STATUS(DAM_OK, dam_same(named, fixture->array, &verdict));
  assert_int_equal(verdict, 0);
  ASSERT_STATUS(DAM_OK, dam_same(fixture->array, fixture->array, &verdict));
  assert_int_equal(verdict, 1);
  snprintf(backup_path, sizeof backup_path, "%s/backup", fixture->directory);
  ASSERT_STATUS(DAM_OK, dam_backup(fixture->array, backup_path, NULL));
  ASSERT_STATUS(DAM_OK, dam_open(backup_path, NULL, &backup));
  assert_string_equal(joined_ids(backup), "abc");
  ASSERT_STATUS(DAM_OK, dam_close(backup));
  ASSERT_STATUS(DAM_OK, dam_close(named));
}

/* In a child; NULL, or what is wrong. */
static const char* use_inherited(dam_array* array) {
  dam_document* document = NULL;
  int32_t found = -1;
  if (dam_get(array, "a", 1, &document) != DAM_OK) return "a read fails";
  dam_document_free(document);
  if (dam_delete(array, "a", 1, 0, 0, NULL) != DAM_FORKED) return "a delete is not FORKED";
  if (dam_prune(array, NULL, NULL) != DAM_FORKED) return "a prune is not FORKED";
  (void)dam_close(array);
  return dam_contains(array, "a", 1, &found) == DAM_CLOSED ? NULL : "it is not closed";
}

static void a_child_reads_it_and_cannot_write(void** state) {
  struct array_fixture* fixture = *state;
  int status = -1;
  pid_t child;
  append_letters(fixture->array, "ab");
  fflush(NULL);
  child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    const char* complaint;
    alarm(20);
    complaint = use_inherited(fixture->array);
    if (complaint != NULL) fprintf(stderr, "child: %s (%s)\n", complaint, dam_last_error());
    _exit(complaint != NULL);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  append_letters(fixture->array, "c");
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "abc");
}

#define TEMPORARY_TEST(test) \
  cmocka_unit_test_setup_teardown(test, open_without_name, close_without_name)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_temporary_array_needs_no_path),
      cmocka_unit_test(what_contradicts_it_is_refused),
      TEMPORARY_TEST(every_operation_works_and_none_leaves_a_name),
      TEMPORARY_TEST(documents_are_copied_from_it_and_to_it),
      TEMPORARY_TEST(a_child_reads_it_and_cannot_write),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
