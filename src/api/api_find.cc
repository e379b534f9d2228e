// Asking a snapshot with a filter, and deleting what passes one.
#include <algorithm>
#include <utility>
#include <vector>

#include "api/arguments.h"
#include "api/filter_object.h"
#include "api/open_handles.h"
#include "api/options_object.h"
#include "api/results_object.h"
#include "api/task_progress.h"
#include "api/text_output.h"
#include "document/document_view.h"
#include "query/find.h"

using dam::FindQuery;
using dam::FoundRows;
using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

Status follow_with(dam_task* task, FindQuery& query) {
  if (task == nullptr) return {};
  std::shared_ptr<TaskProgress> progress;
  DAM_TRY(follow_task(task, progress));
  query.follow = [progress](uint64_t done, uint64_t total) {
    return tell_progress(*progress, done, total);
  };
  return {};
}

struct LevelsArgument {
  const char* path;
  size_t size;
};

// What find, count and explain take alike.
Status take_query(const dam_filter* filter, const LevelsArgument& levels, dam_task* task,
                  FindQuery& out) {
  out.filter = filter_or_all(filter);
  if (levels.path != nullptr) {
    std::string_view text;
    DAM_TRY(take_text(levels.path, levels.size, "path", text));
    DAM_ASSIGN(out.paths, parse_traverse_paths(text));
  }
  return follow_with(task, out);
}

OwnedResults results_of(std::shared_ptr<const View> view, const FindQuery& query,
                        const FoundRows& found) {
  OwnedResults results(new dam_results);
  results->view = std::move(view);
  results->count = static_cast<int64_t>(found.rows.size());
  std::vector<int64_t> positions;
  positions.reserve(found.rows.size());
  for (const FoundRow& row : found.rows) positions.push_back(row.position);
  results->columns.push_back({DAM_RESULTS_POSITION, std::move(positions)});
  const bool has_parts = std::any_of(query.paths.begin(), query.paths.end(),
                                     [](const TraversePath& path) { return !path.empty(); });
  if (!has_parts) return results;
  results->parts.reserve(found.rows.size());
  for (const FoundRow& row : found.rows) results->parts.push_back(row.document);
  return results;
}

// The document of a row as a delete that fails if another commit changed it.
Status aim_at_row(const View& view, const FoundRow& row, WriteOperation& out) {
  Record record;
  DAM_TRY(view.record_at(static_cast<uint64_t>(row.position), View::Check::kFirstTouch, record));
  out.kind = WriteOperation::Kind::kDeleteAt;
  out.slot = record.slot;
  out.seen.generation = view.generation();
  out.seen.offset = record.offset;
  out.seen.id = document_id(record.document);
  return view.revision_of(record.slot, out.seen.revision);
}

struct DeleteOutcome {
  uint64_t count = 0;
  uint64_t revision = 0;
};

// The search runs outside of the writers' lock; where another commit changed a document that was
// found, all is searched again. Some writer always gets on.
Status delete_found(Store& store, const FindQuery& query, Durability durability,
                    DeleteOutcome& out) {
  for (;;) {
    const std::shared_ptr<const View> view = store.view();
    FoundRows found;
    DAM_TRY(find_rows(view, query, found));
    std::vector<WriteOperation> operations(found.rows.size());
    for (size_t i = 0; i < operations.size(); ++i)
      DAM_TRY(aim_at_row(*view, found.rows[i], operations[i]));
    Result<CommitResult> done = store.commit(operations, durability);
    if (done.ok()) {
      out.count = operations.size();
      out.revision = operations.empty() ? view->revision() : done.value().revision;
      return {};
    }
    const Code code = done.status().code();
    if (code != Code::kConflict && code != Code::kNotFound) return std::move(done).status();
  }
}

}  // namespace
}  // namespace dam

dam_status dam_find(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                    size_t path_size, const dam_options* options, dam_task* task,
                    dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    FindQuery query;
    DAM_TRY(dam::take_query(filter, {path, path_size}, task, query));
    if (options != nullptr) {
      query.offset = options->find_offset;
      query.limit = options->find_limit;
    }
    FoundRows found;
    DAM_TRY(dam::find_rows(open.view, query, found));
    *out_results = dam::results_of(open.view, query, found).release();
    return {};
  });
}

dam_status dam_count_where(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                           size_t path_size, dam_task* task, int64_t* out_count) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_count, "out_count"));
    FindQuery query;
    DAM_TRY(dam::take_query(filter, {path, path_size}, task, query));
    FoundRows found;
    DAM_TRY(dam::count_rows(open.view, query, found));
    *out_count = static_cast<int64_t>(found.count);
    return {};
  });
}

dam_status dam_explain(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                       size_t path_size, dam_task* task, char** out_text, size_t* out_text_size) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_text, "out_text"));
    DAM_TRY(dam::require(out_text_size, "out_text_size"));
    FindQuery query;
    DAM_TRY(dam::take_query(filter, {path, path_size}, task, query));
    FoundRows found;
    DAM_TRY(dam::count_rows(open.view, query, found));
    return dam::hand_out_text(found.explain, {out_text, out_text_size});
  });
}

dam_status dam_delete_where(dam_array* array, const dam_filter* filter, uint32_t flags,
                            dam_task* task, int64_t* out_count, int64_t* out_revision) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> Status {
    DAM_TRY(dam::require(filter, "filter"));
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, durability));
    FindQuery query;
    query.filter = filter->tree;
    DAM_TRY(dam::follow_with(task, query));
    dam::DeleteOutcome outcome;
    DAM_TRY(dam::delete_found(*open.store, query, durability, outcome));
    if (out_count != nullptr) *out_count = static_cast<int64_t>(outcome.count);
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(outcome.revision);
    return {};
  });
}
