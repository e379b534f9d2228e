// What belongs to no array: versions, memory, the log and the table of all functions.
#include <cstddef>
#include <cstdlib>
#include <iterator>

#include "base/log_sink.h"
#include "dam.h"

#define DAM_TEXT_OF(number) DAM_TEXT_OF_INNER(number)
#define DAM_TEXT_OF_INNER(number) #number

// Every member of dam_api in order. Hosts were compiled with these places: only
// the end may grow.
// clang-format off
#define DAM_FUNCTIONS(X)                                                                           \
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

namespace dam {
namespace {

#define DAM_OFFSET(name) offsetof(dam_api, name),
constexpr size_t kOffsets[] = {DAM_FUNCTIONS(DAM_OFFSET)};
#undef DAM_OFFSET

constexpr bool follow_one_another() {
  for (size_t i = 0; i < std::size(kOffsets); ++i) {
    if (kOffsets[i] != sizeof(size_t) + i * sizeof(void (*)())) return false;
  }
  return true;
}

static_assert(offsetof(dam_api, size_bytes) == 0);
static_assert(follow_one_another(), "a member of dam_api moved");
static_assert(sizeof(dam_api) == sizeof(size_t) + std::size(kOffsets) * sizeof(void (*)()),
              "a member of dam_api is not listed here");

#define DAM_MEMBER(name) .name = ::name,
constexpr dam_api kApi = {.size_bytes = sizeof(dam_api), DAM_FUNCTIONS(DAM_MEMBER)};
#undef DAM_MEMBER

}  // namespace
}  // namespace dam

const char* dam_version(void) {
  return DAM_TEXT_OF(DAM_VERSION_MAJOR) "." DAM_TEXT_OF(DAM_VERSION_MINOR) "." DAM_TEXT_OF(
      DAM_VERSION_PATCH);
}

int32_t dam_abi_version(void) { return DAM_ABI_VERSION; }

void dam_free(void* memory) { std::free(memory); }

void dam_set_log(dam_log_sink sink, void* context) { dam::set_log_sink(sink, context); }

const dam_api* dam_get_api(int32_t abi_version) {
  return abi_version == DAM_ABI_VERSION ? &dam::kApi : nullptr;
}
