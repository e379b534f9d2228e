// Owners of what dam.h hands out: each gives its handle up when it goes out of scope.
#pragma once

#include <memory>
#include <string_view>

#include "command_table.h"
#include "dam.h"
#include "outcome.h"

namespace dam::tool {

struct Release {
  // A writer's close is checked by close_writer; by the time this runs there is nobody to tell.
  void operator()(dam_array* array) const { (void)dam_close(array); }
  void operator()(dam_snapshot* snapshot) const { (void)dam_snapshot_release(snapshot); }
  void operator()(dam_cursor* cursor) const { (void)dam_cursor_close(cursor); }
  void operator()(dam_batch* batch) const { (void)dam_batch_discard(batch); }
  void operator()(dam_task* task) const { (void)dam_task_release(task); }
  void operator()(dam_document* document) const { dam_document_free(document); }
  void operator()(dam_options* options) const { dam_options_free(options); }
  void operator()(dam_queries* queries) const { dam_queries_free(queries); }
  void operator()(dam_columns* columns) const { dam_columns_free(columns); }
  void operator()(dam_results* results) const { dam_results_free(results); }
  void operator()(dam_traversal* traversal) const { (void)dam_traversal_close(traversal); }
  void operator()(int64_t* numbers) const { dam_free(numbers); }
  void operator()(dam_filter* filter) const { dam_filter_free(filter); }
  void operator()(char* text) const { dam_free(text); }
};

template <typename Handle>
using Owned = std::unique_ptr<Handle, Release>;

enum class OpenMode { kRead, kWrite, kCreate, kWriteShared, kCreateShared };

// kSharedOption of a command decides whether it writes beside others.
OpenMode write_mode(const Arguments& arguments);
OpenMode create_mode(const Arguments& arguments);

// Opens the array or tells why not, in which case the answer is not kDone.
ExitStatus open_array(std::string_view what, std::string_view path, OpenMode mode,
                      Owned<dam_array>& out_array);

// Closes a written array; what the last write-back answered decides the exit status.
ExitStatus close_writer(std::string_view what, std::string_view path, Owned<dam_array> array);

struct Slice;

// Takes a snapshot of the array and begins a walk through a slice of it.
dam_status open_cursor(dam_array* array, const Slice& slice, Owned<dam_cursor>& out_cursor);

}  // namespace dam::tool
