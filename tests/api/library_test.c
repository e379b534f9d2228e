// Versions, memory, the log and the table of all functions.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

typedef void (*function)(void);

/* A member of the table, the function it must equal, and its place. */
struct member {
  const char* name;
  function own;
  function linked;
  size_t offset;
};

#define MEMBER(name) \
  { #name, (function)api->name, (function)name, offsetof(dam_api, name) }

static void every_member_of_the_table_is_the_function_of_its_name(void** state) {
  const dam_api* api = dam_get_api(DAM_ABI_VERSION);
  const struct member members[] = {
      MEMBER(dam_version), MEMBER(dam_abi_version), MEMBER(dam_status_name),
      MEMBER(dam_last_error), MEMBER(dam_options_create), MEMBER(dam_options_set),
      MEMBER(dam_options_free), MEMBER(dam_open), MEMBER(dam_close), MEMBER(dam_reload),
      MEMBER(dam_flush), MEMBER(dam_sync), MEMBER(dam_path), MEMBER(dam_append),
      MEMBER(dam_extend), MEMBER(dam_count), MEMBER(dam_contains), MEMBER(dam_get),
      MEMBER(dam_get_at), MEMBER(dam_get_many), MEMBER(dam_read_many), MEMBER(dam_read),
      MEMBER(dam_read_at), MEMBER(dam_position), MEMBER(dam_id_at), MEMBER(dam_ids),
      MEMBER(dam_revision), MEMBER(dam_set), MEMBER(dam_set_at), MEMBER(dam_delete),
      MEMBER(dam_delete_at), MEMBER(dam_delete_range), MEMBER(dam_snapshot_open),
      MEMBER(dam_snapshot_release), MEMBER(dam_snapshot_count), MEMBER(dam_snapshot_revision),
      MEMBER(dam_snapshot_get), MEMBER(dam_snapshot_get_at), MEMBER(dam_snapshot_position),
      MEMBER(dam_snapshot_id_at), MEMBER(dam_cursor_open), MEMBER(dam_cursor_next),
      MEMBER(dam_cursor_read), MEMBER(dam_cursor_close), MEMBER(dam_batch_begin),
      MEMBER(dam_batch_append), MEMBER(dam_batch_set), MEMBER(dam_batch_set_at),
      MEMBER(dam_batch_delete), MEMBER(dam_batch_delete_at), MEMBER(dam_batch_commit),
      MEMBER(dam_batch_discard), MEMBER(dam_stat), MEMBER(dam_verify), MEMBER(dam_task_create),
      MEMBER(dam_task_cancel), MEMBER(dam_task_progress), MEMBER(dam_task_release),
      MEMBER(dam_document_from_bytes), MEMBER(dam_document_from_json),
      MEMBER(dam_document_to_json), MEMBER(dam_document_bytes), MEMBER(dam_document_id),
      MEMBER(dam_document_free), MEMBER(dam_free), MEMBER(dam_set_log),
  };
  const size_t count = sizeof members / sizeof *members;
  size_t i;
  (void)state;
  assert_non_null(api);
  for (i = 0; i < count; ++i) {
    if (members[i].own != members[i].linked) fail_msg("%s is another function", members[i].name);
    assert_int_equal(members[i].offset, sizeof(size_t) + i * sizeof(function));
  }
  assert_int_equal(api->size_bytes, sizeof(size_t) + count * sizeof(function));
  assert_int_equal(api->size_bytes, sizeof(dam_api));
}

static void another_abi_has_no_table(void** state) {
  (void)state;
  assert_null(dam_get_api(DAM_ABI_VERSION + 1));
  assert_null(dam_get_api(0));
  assert_null(dam_get_api(-1));
}

static void the_table_serves_without_the_linked_names(void** state) {
  const dam_api* api = dam_get_api(1);
  dam_document* document = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK, api->dam_document_from_json("{}", 2, 0, &document));
  api->dam_document_free(document);
}

static void the_version_is_that_of_the_header(void** state) {
  (void)state;
  assert_string_equal(dam_version(), "0.1.0");
  assert_int_equal(DAM_VERSION_MAJOR, 0);
  assert_int_equal(DAM_VERSION_MINOR, 1);
  assert_int_equal(DAM_VERSION_PATCH, 0);
  assert_int_equal(dam_abi_version(), DAM_ABI_VERSION);
}

static void freeing_null_is_allowed_everywhere(void** state) {
  (void)state;
  dam_free(NULL);
  dam_document_free(NULL);
  dam_options_free(NULL);
}

static void count_line(void* context, int32_t level, const char* text) {
  assert_true(level >= 0 && level <= 2);
  assert_non_null(text);
  ++*(int*)context;
}

static void a_log_sink_may_be_set_and_taken_away(void** state) {
  struct array_fixture* fixture = *state;
  int lines = 0;
  dam_set_log(count_line, &lines);
  append_letters(fixture->array, "abc");
  dam_set_log(NULL, NULL);
  assert_true(lines >= 0);
  lines = 0;
  append_letters(fixture->array, "d");
  assert_int_equal(lines, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_member_of_the_table_is_the_function_of_its_name),
      cmocka_unit_test(another_abi_has_no_table),
      cmocka_unit_test(the_table_serves_without_the_linked_names),
      cmocka_unit_test(the_version_is_that_of_the_header),
      cmocka_unit_test(freeing_null_is_allowed_everywhere),
      ARRAY_TEST(a_log_sink_may_be_set_and_taken_away),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
