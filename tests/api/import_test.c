// A store of Jina on its way into an array, as a C program sees it.
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array_fixture.h"

enum { KEY_BYTES = 4 * 36, SLOT_BYTES = KEY_BYTES + 24 };

/* Two documents: {1: "a", 13: "sings"} and {1: "b", 11: {"n": 2.0}}. */
static const char body[] =
    "\x0a\x01"
    "a\x6a\x05sings"
    "\x0a\x01"
    "b\x5a\x10\x0a\x0e\x0a\x01"
    "n\x12\x09\x11\0\0\0\0\0\0\0\x40";
enum { FIRST_BYTES = 10, BODY_BYTES = sizeof body - 1 };

static const char* source(const struct array_fixture* fixture) {
  static char path[300];
  snprintf(path, sizeof path, "%s/jina", fixture->directory);
  return path;
}

static void write_file(const struct array_fixture* fixture, const char* name, const void* bytes,
                       size_t size) {
  char path[400];
  FILE* file;
  snprintf(path, sizeof path, "%s/%s", source(fixture), name);
  file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}

static void put_slot(unsigned char* slot, char id, int64_t begin, int64_t end) {
  const int64_t numbers[] = {0, begin, end};
  memset(slot, 0, KEY_BYTES);
  slot[0] = (unsigned char)id;
  memcpy(slot + KEY_BYTES, numbers, sizeof numbers);
}

/* A store of a and b, whose second record ends `cut` bytes too late. */
static void make_store(const struct array_fixture* fixture, int64_t cut) {
  unsigned char header[2 * SLOT_BYTES];
  put_slot(header, 'a', 0, FIRST_BYTES);
  put_slot(header + SLOT_BYTES, 'b', FIRST_BYTES, BODY_BYTES + cut);
  assert_int_equal(mkdir(source(fixture), 0700), 0);
  write_file(fixture, "header.bin", header, sizeof header);
  write_file(fixture, "body.bin", body, BODY_BYTES);
}

static int remove_store(void** state) {
  const struct array_fixture* fixture = *state;
  const char* names[] = {"header.bin", "body.bin"};
  char path[400];
  size_t i;
  for (i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "%s/%s", source(fixture), names[i]);
    unlink(path);
  }
  rmdir(source(fixture));
  return close_array(state);
}

static dam_options* options_with(int32_t option, int64_t value) {
  dam_options* options = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, option, value));
  return options;
}

static double number_of_b(dam_array* array, int32_t* out_kind) {
  dam_document* document = NULL;
  double number = 0; /* of an integer the same as a double */
  ASSERT_STATUS(DAM_OK, dam_get(array, "b", 1, &document));
  ASSERT_STATUS(DAM_OK, dam_document_tag(document, "n", 1, out_kind, NULL, &number, NULL, NULL));
  dam_document_free(document);
  return number;
}

static void documents_come_over_in_their_order(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 0;
  int64_t damaged = -1;
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_OK,
                dam_import(fixture->array, source(fixture), NULL, NULL, &damaged, &report, &size));
  assert_int_equal(damaged, 0);
  assert_int_equal(size, strlen(report));
  assert_non_null(strstr(report, "2 documents imported, 0 damaged or in doubt\n"));
  dam_free(report);
  assert_string_equal(joined_ids(fixture->array), "ab");
  assert_text(fixture->array, "a", "sings");
}

static void outputs_and_options_are_optional(void** state) {
  struct array_fixture* fixture = *state;
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_OK, dam_import(fixture->array, source(fixture), NULL, NULL, NULL, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "ab");
}

static void one_half_of_a_report_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 0;
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_import(fixture->array, source(fixture), NULL, NULL, NULL, &report, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_import(fixture->array, source(fixture), NULL, NULL, NULL, NULL, &size));
  assert_string_equal(joined_ids(fixture->array), "");
}

static void damage_is_counted_and_told(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t size = 0;
  int64_t damaged = -1;
  make_store(fixture, 1);
  ASSERT_STATUS(DAM_OK,
                dam_import(fixture->array, source(fixture), NULL, NULL, &damaged, &report, &size));
  assert_int_equal(damaged, 1);
  assert_non_null(
      strstr(report, "slot 1, id \"b\", offset 10: ends at offset 32, body.bin has 31"));
  dam_free(report);
  assert_string_equal(joined_ids(fixture->array), "a");
}

static void strict_makes_damage_a_failure_and_stores_nothing(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_IMPORT_STRICT, 1);
  char* report = NULL;
  size_t size = 0;
  int64_t damaged = -7;
  make_store(fixture, 1);
  ASSERT_STATUS(DAM_CORRUPT, dam_import(fixture->array, source(fixture), options, NULL, &damaged,
                                        &report, &size));
  assert_non_null(strstr(dam_last_error(), "slot 1, id \"b\""));
  assert_non_null(report);
  dam_free(report);
  dam_options_free(options);
  assert_int_equal(damaged, -7);
  assert_string_equal(joined_ids(fixture->array), "");
}

static void numbers_of_tags_are_doubles_unless_integers_are_asked_for(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_IMPORT_INTEGERS, 1);
  int32_t kind = -1;
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_OK, dam_import(fixture->array, source(fixture), NULL, NULL, NULL, NULL, NULL));
  assert_true(number_of_b(fixture->array, &kind) == 2);
  assert_int_equal(kind, DAM_TAG_NUMBER);
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_IMPORT_UPSERT, 1));
  ASSERT_STATUS(DAM_OK,
                dam_import(fixture->array, source(fixture), options, NULL, NULL, NULL, NULL));
  dam_options_free(options);
  assert_true(number_of_b(fixture->array, &kind) == 2);
  assert_int_equal(kind, DAM_TAG_INTEGER);
  assert_string_equal(joined_ids(fixture->array), "ab");
}

static void a_task_follows_and_stops_an_import(void** state) {
  struct array_fixture* fixture = *state;
  dam_task* task = NULL;
  int64_t done = -1;
  int64_t total = -1;
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_import(fixture->array, source(fixture), NULL, task, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_progress(task, &done, &total));
  assert_int_equal(done, 4);
  assert_int_equal(total, 4);
  ASSERT_STATUS(DAM_OK, dam_task_cancel(task));
  ASSERT_STATUS(DAM_CANCELLED,
                dam_import(fixture->array, source(fixture), NULL, task, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
}

static void an_absent_store_is_not_found_and_a_reader_does_not_import(void** state) {
  struct array_fixture* fixture = *state;
  dam_options* options = options_with(DAM_OPTION_READ_ONLY, 1);
  dam_array* reader = NULL;
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_import(fixture->array, source(fixture), NULL, NULL, NULL, NULL, NULL));
  make_store(fixture, 0);
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
  dam_options_free(options);
  ASSERT_STATUS(DAM_READ_ONLY, dam_import(reader, source(fixture), NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(reader));
}

static void options_out_of_range_are_refused(void** state) {
  dam_options* options = options_with(DAM_OPTION_IMPORT_KEY_LENGTH, 4096);
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_IMPORT_KEY_LENGTH, 4097));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_IMPORT_KEY_LENGTH, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_IMPORT_HEADER_IDS, 2));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(options, DAM_OPTION_IMPORT_LIST_DELETED, 2));
  dam_options_free(options);
}

#define IMPORT_TEST(test) cmocka_unit_test_setup_teardown(test, open_array, remove_store)

int main(void) {
  const struct CMUnitTest tests[] = {
      IMPORT_TEST(documents_come_over_in_their_order),
      IMPORT_TEST(outputs_and_options_are_optional),
      IMPORT_TEST(one_half_of_a_report_is_refused),
      IMPORT_TEST(damage_is_counted_and_told),
      IMPORT_TEST(strict_makes_damage_a_failure_and_stores_nothing),
      IMPORT_TEST(numbers_of_tags_are_doubles_unless_integers_are_asked_for),
      IMPORT_TEST(a_task_follows_and_stops_an_import),
      IMPORT_TEST(an_absent_store_is_not_found_and_a_reader_does_not_import),
      cmocka_unit_test(options_out_of_range_are_refused),
  };
  return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
