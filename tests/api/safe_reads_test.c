// Safe reads: a file that is cut off under a reader answers IO, where a map would end the process.
//
// The readers are children, so that a signal is a failed test and not the end of all of them.
#define _XOPEN_SOURCE 700
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_fixture.h"

#define LONG_ID "an id of more than sixteen bytes"

static dam_array* open_reader(const char* path, int64_t safe_reads) {
  dam_options* options = NULL;
  dam_array* array = NULL;
  if (dam_options_create(&options) != DAM_OK) return NULL;
  if (dam_options_set(options, DAM_OPTION_READ_ONLY, 1) != DAM_OK) return NULL;
  if (dam_options_set(options, DAM_OPTION_SAFE_READS, safe_reads) != DAM_OK) return NULL;
  if (dam_open(path, options, &array) != DAM_OK) return NULL;
  dam_options_free(options);
  return array;
}

/* What is left is the superblock and the commit points. */
static int cut_off(const char* path) {
  char name[320];
  snprintf(name, sizeof name, "%s/body.bin", path);
  if (truncate(name, 4096) != 0) return -1;
  snprintf(name, sizeof name, "%s/header.bin", path);
  return truncate(name, 8192);
}

/* Makes an array of documents, with later versions and without, and closes it. */
static void make_array(struct array_fixture* fixture) {
  dam_array* array = NULL;
  size_t size;
  void* data = make_bytes("b", "changed", &size);
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &array));
  append_letters(array, "abcd");
  append(array, LONG_ID, "long");
  ASSERT_STATUS(DAM_OK, dam_set(array, "b", 1, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete(array, "c", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(array));
  free(data);
}

static int exit_status_of(const char* (*work)(const char*), const char* path) {
  int status = -1;
  pid_t child;
  fflush(NULL);
  child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    const char* complaint;
    signal(SIGBUS, SIG_DFL); /* cmocka's own handler would run on */
    alarm(20);
    complaint = work(path);
    if (complaint != NULL) fprintf(stderr, "child: %s (%s)\n", complaint, dam_last_error());
    _exit(complaint != NULL);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static const char* read_what_is_there(const char* path) {
  static const int64_t kOffsets[] = {0, 1, 2};
  dam_array* array = open_reader(path, 1);
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  dam_document* documents[2] = {NULL, NULL};
  void* packed = NULL;
  int64_t* offsets = NULL;
  int64_t ends[8];
  int64_t count = 0;
  const void* lent[2];
  size_t size;
  char buffer[1024];
  if (array == NULL) return "it does not open";
  if (dam_get(array, "a", 1, &documents[0]) != DAM_OK) return "get";
  dam_document_free(documents[0]);
  if (dam_read(array, LONG_ID, DAM_NUL_TERMINATED, buffer, sizeof buffer, &size) != DAM_OK)
    return "read";
  if (dam_get_many(array, "ab", kOffsets, 2, documents) != DAM_OK) return "get_many";
  dam_document_free(documents[0]);
  dam_document_free(documents[1]);
  if (dam_read_many(array, "ab", kOffsets, 2, &packed, &offsets) != DAM_OK) return "read_many";
  dam_free(packed);
  dam_free(offsets);
  if (dam_snapshot_open(array, &snapshot) != DAM_OK) return "snapshot";
  if (dam_cursor_open(snapshot, DAM_OMITTED, DAM_OMITTED, 1, &cursor) != DAM_OK) return "cursor";
  if (dam_cursor_read(cursor, buffer, sizeof buffer, ends, 2, &count) != DAM_OK) return "page";
  if (count != 2) return "a page of two documents has another number";
  if (dam_cursor_next(cursor, &lent[0], &size, NULL) != DAM_OK) return "next";
  if (dam_snapshot_get(snapshot, "b", 1, &lent[1], &size) != DAM_OK) return "snapshot_get";
  /* What was lent is a copy, and stays. */
  if (cut_off(path) != 0) return "the files cannot be cut off";
  assert_document_text(lent[1], size, "changed");
  if (((const char*)lent[0])[4] != 'D') return "what a cursor lent has changed";
  dam_cursor_close(cursor);
  dam_snapshot_release(snapshot);
  return dam_close(array) == DAM_OK ? NULL : "close";
}

static void reads_and_lent_copies_are_right(void** state) {
  struct array_fixture* fixture = *state;
  make_array(fixture);
  assert_int_equal(exit_status_of(read_what_is_there, fixture->path), 0);
}

static const char* read_what_was_cut_off(const char* path) {
  static const int64_t kOffsets[] = {0, 1, 2};
  dam_array* array = open_reader(path, 1);
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  dam_document* documents[2];
  void* packed;
  int64_t* offsets;
  int64_t ends[8];
  int64_t count = 0;
  int64_t revision = 0;
  const void* lent;
  size_t size;
  char buffer[1024];
  if (array == NULL || dam_snapshot_open(array, &snapshot) != DAM_OK) return "it does not open";
  if (dam_cursor_open(snapshot, 0, 3, 1, &cursor) != DAM_OK) return "cursor";
  if (dam_read(array, "a", 1, buffer, sizeof buffer, &size) != DAM_OK) return "a sound read fails";
  if (cut_off(path) != 0) return "the files cannot be cut off";
  if (dam_get(array, "a", 1, documents) != DAM_IO) return "get";
  if (dam_get_at(array, 0, documents) != DAM_IO) return "get_at";
  if (dam_get_many(array, "ab", kOffsets, 2, documents) != DAM_IO) return "get_many";
  if (dam_read(array, "b", 1, buffer, sizeof buffer, &size) != DAM_IO) return "read";
  if (strstr(dam_last_error(), "header.bin ends at") == NULL) return "the text";
  if (dam_read_at(array, 3, buffer, sizeof buffer, &size) != DAM_IO) return "read_at";
  if (dam_read_many(array, "ab", kOffsets, 2, &packed, &offsets) != DAM_IO) return "read_many";
  if (dam_revision(array, "a", 1, &revision) != DAM_IO) return "revision";
  if (dam_id_at(array, 0, buffer, sizeof buffer, &size) != DAM_IO) return "id_at";
  if (dam_snapshot_get(snapshot, "a", 1, &lent, &size) != DAM_IO) return "snapshot_get";
  if (dam_snapshot_get_at(snapshot, 0, &lent, &size) != DAM_IO) return "snapshot_get_at";
  if (dam_cursor_read(cursor, buffer, sizeof buffer, ends, 2, &count) != DAM_IO) return "page";
  if (dam_cursor_next(cursor, &lent, &size, NULL) != DAM_IO) return "next";
  dam_cursor_close(cursor);
  dam_snapshot_release(snapshot);
  return dam_close(array) == DAM_OK ? NULL : "close";
}

static void a_file_that_is_cut_off_answers_io(void** state) {
  struct array_fixture* fixture = *state;
  make_array(fixture);
  assert_int_equal(exit_status_of(read_what_was_cut_off, fixture->path), 0);
}

static const char* back_up_what_was_cut_off(const char* path) {
  char target[320];
  char body[320];
  dam_array* array = open_reader(path, 1);
  if (array == NULL) return "it does not open";
  snprintf(target, sizeof target, "%s-copy", path);
  snprintf(body, sizeof body, "%s/body.bin", path);
  if (truncate(body, 4096) != 0) return "the file cannot be cut off";
  if (dam_backup(array, target, NULL) != DAM_IO) return "backup";
  return dam_close(array) == DAM_OK ? NULL : "close";
}

static void long_work_looks_before_it_touches(void** state) {
  struct array_fixture* fixture = *state;
  make_array(fixture);
  assert_int_equal(exit_status_of(back_up_what_was_cut_off, fixture->path), 0);
}

static const char* read_from_the_map(const char* path) {
  dam_array* array = open_reader(path, 0);
  char buffer[1024];
  size_t size;
  if (array == NULL || cut_off(path) != 0) return NULL; /* success here fails the test */
  (void)dam_read(array, "a", 1, buffer, sizeof buffer, &size);
  return NULL;
}

/* Else the tests above would show nothing. */
static void without_safe_reads_the_process_ends(void** state) {
  struct array_fixture* fixture = *state;
  make_array(fixture);
  assert_int_not_equal(exit_status_of(read_from_the_map, fixture->path), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      DIRECTORY_TEST(reads_and_lent_copies_are_right),
      DIRECTORY_TEST(a_file_that_is_cut_off_answers_io),
      DIRECTORY_TEST(long_work_looks_before_it_touches),
      DIRECTORY_TEST(without_safe_reads_the_process_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
