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

/* In the order of the table. */
// clang-format off
#define ALL_FUNCTIONS(X)                                                                           \
  X(dam_version) X(dam_abi_version) X(dam_status_name) X(dam_last_error) X(dam_options_create)     \
  X(dam_options_set) X(dam_options_free) X(dam_open) X(dam_close) X(dam_reload) X(dam_flush)       \
  X(dam_sync) X(dam_path) X(dam_append) X(dam_extend) X(dam_count) X(dam_contains) X(dam_get)      \
  X(dam_get_at) X(dam_get_many) X(dam_read_many) X(dam_read) X(dam_read_at) X(dam_position)        \
  X(dam_id_at) X(dam_ids) X(dam_revision) X(dam_set) X(dam_set_at) X(dam_delete) X(dam_delete_at)  \
  X(dam_delete_range) X(dam_snapshot_open) X(dam_snapshot_release) X(dam_snapshot_count)           \
  X(dam_snapshot_revision) X(dam_snapshot_get) X(dam_snapshot_get_at) X(dam_snapshot_position)     \
  X(dam_snapshot_id_at) X(dam_cursor_open) X(dam_cursor_next) X(dam_cursor_read)                   \
  X(dam_cursor_close) X(dam_batch_begin) X(dam_batch_append) X(dam_batch_set) X(dam_batch_set_at)  \
  X(dam_batch_delete) X(dam_batch_delete_at) X(dam_batch_commit) X(dam_batch_discard) X(dam_stat)  \
  X(dam_verify) X(dam_task_create) X(dam_task_cancel) X(dam_task_progress) X(dam_task_release)     \
  X(dam_document_from_bytes) X(dam_document_from_json) X(dam_document_to_json)                     \
  X(dam_document_bytes) X(dam_document_id) X(dam_document_free) X(dam_free) X(dam_set_log)         \
  X(dam_wait) X(dam_prune) X(dam_prune_ordered) X(dam_clear)                                       \
  X(dam_document_has) X(dam_document_content_type) X(dam_document_string) X(dam_document_buffer)   \
  X(dam_document_integer) X(dam_document_number) X(dam_document_count) X(dam_document_child)       \
  X(dam_document_tensor) X(dam_document_sparse) X(dam_document_quantization)                       \
  X(dam_document_floats) X(dam_document_doubles) X(dam_document_tag) X(dam_tags_open)              \
  X(dam_tags_next) X(dam_tags_key) X(dam_tags_close) X(dam_document_score)                         \
  X(dam_document_score_string) X(dam_document_score_name) X(dam_builder_create)                    \
  X(dam_builder_finish) X(dam_builder_discard) X(dam_builder_clear) X(dam_builder_set_string)      \
  X(dam_builder_set_buffer) X(dam_builder_set_integer) X(dam_builder_set_number)                   \
  X(dam_builder_add_child) X(dam_builder_set_tensor) X(dam_builder_set_floats)                     \
  X(dam_builder_set_quantized) X(dam_builder_set_sparse) X(dam_builder_set_quantization)           \
  X(dam_quantize) X(dam_dequantize) X(dam_builder_set_tag) X(dam_builder_set_tag_integer)          \
  X(dam_builder_set_tag_number) X(dam_builder_set_tag_string) X(dam_builder_set_tag_buffer)        \
  X(dam_builder_clear_tag) X(dam_builder_set_score) X(dam_builder_set_score_string)                \
  X(dam_document_patch) X(dam_document_merge) X(dam_document_hash) X(dam_document_equal)           \
  X(dam_patch) X(dam_copy_into) X(dam_snapshot_copy_into) X(dam_same) X(dam_equal)                 \
  X(dam_builder_remove_child) X(dam_backup) X(dam_salvage) X(dam_results_count)                    \
  X(dam_results_read) X(dam_results_ids) X(dam_results_free) X(dam_results_document)               \
  X(dam_filter_parse) X(dam_filter_integer) X(dam_filter_number) X(dam_filter_string)              \
  X(dam_filter_join) X(dam_filter_tags) X(dam_filter_free) X(dam_find) X(dam_count_where)          \
  X(dam_explain) X(dam_delete_where) X(dam_sample) X(dam_shuffle) X(dam_traverse)                  \
  X(dam_traversal_next) X(dam_traversal_close) X(dam_document_keep) X(dam_sort) X(dam_split)       \
  X(dam_portions) X(dam_merge) X(dam_evaluate) X(dam_options_set_number) X(dam_queries_create)     \
  X(dam_queries_add_document) X(dam_queries_add_slice) X(dam_queries_add_ids)                      \
  X(dam_queries_add_matrix) X(dam_queries_count) X(dam_queries_free) X(dam_match)                  \
  X(dam_embeddings) X(dam_embeddings_set) X(dam_seal) X(dam_import) X(dam_select)                  \
  X(dam_select_at) X(dam_results_select) X(dam_columns_count) X(dam_columns_describe)              \
  X(dam_columns_read) X(dam_columns_free) X(dam_columns_export) X(dam_set_column)
// clang-format on

// clang-format off
#define MEMBER(name) {#name, (function)api->name, (function)name, offsetof(dam_api, name)},
// clang-format on

static void every_member_of_the_table_is_the_function_of_its_name(void** state) {
  const dam_api* api = dam_get_api(DAM_ABI_VERSION);
  const struct member members[] = {ALL_FUNCTIONS(MEMBER)};
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
  dam_results_free(NULL);
  dam_filter_free(NULL);
  dam_queries_free(NULL);
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
