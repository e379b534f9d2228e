// `dam delete`: deletes by id, position, slice or filter in one commit and prints how many went.
#include <algorithm>
#include <set>
#include <string>

#include "command_table.h"
#include "handles.h"
#include "position_list.h"
#include "result_stream.h"
#include "slice_text.h"
#include "where_option.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "delete";

struct Deletion {
  std::string_view path;
  dam_array* array;
  int64_t deleted = 0;
};

// Ids that are not there are named; the others go together or not at all.
dam_status delete_ids(Deletion& deletion, const std::vector<std::string>& ids, dam_batch* batch) {
  const std::set<std::string> unique(ids.begin(), ids.end());
  for (const std::string& id : unique) {
    int32_t live = 0;
    dam_status status = dam_contains(deletion.array, id.data(), id.size(), &live);
    if (status == DAM_OK && live == 0) {
      complain(kWhat, deletion.path, "no document \"" + id + "\"");
      continue;
    }
    if (status == DAM_OK) {
      status = dam_batch_delete(batch, id.data(), id.size(), DAM_ANY_REVISION);
    }
    if (status != DAM_OK) return status;
    ++deletion.deleted;
  }
  return DAM_OK;
}

dam_status delete_positions(Deletion& deletion, const std::vector<int64_t>& positions,
                            dam_batch* batch) {
  int64_t count = 0;
  dam_status status = dam_count(deletion.array, &count);
  std::set<int64_t> unique;
  for (int64_t position : positions) {
    if (position >= -count && position < count) {
      unique.insert(position < 0 ? position + count : position);
      continue;
    }
    complain(kWhat, deletion.path,
             "no position " + std::to_string(position) + ", the array has " +
                 std::to_string(count) + " documents");
  }
  for (int64_t position : unique) {
    if (status == DAM_OK) status = dam_batch_delete_at(batch, position, DAM_ANY_REVISION);
  }
  deletion.deleted = static_cast<int64_t>(unique.size());
  return status;
}

dam_status delete_listed(Deletion& deletion, const std::vector<std::string>& ids,
                         const std::vector<int64_t>& positions) {
  dam_batch* raw_batch = nullptr;
  dam_status status = dam_batch_begin(deletion.array, &raw_batch);
  if (status != DAM_OK) return status;
  Owned<dam_batch> batch(raw_batch);
  status = ids.empty() ? delete_positions(deletion, positions, raw_batch)
                       : delete_ids(deletion, ids, raw_batch);
  if (status != DAM_OK || deletion.deleted == 0) return keep_failure(status);
  return dam_batch_commit(batch.release(), 0, nullptr);
}

ExitStatus delete_where(Deletion& deletion, const dam_filter* filter) {
  return run_search(kWhat, deletion.path, [&](dam_task* task) {
    return dam_delete_where(deletion.array, filter, 0, task, &deletion.deleted, nullptr);
  });
}

ExitStatus run_delete(const Arguments& arguments) {
  const std::vector<std::string>& ids = arguments.list("ID");
  std::vector<int64_t> positions;
  ExitStatus outcome = parse_positions(kWhat, arguments.list("--at"), positions);
  if (outcome != ExitStatus::kDone) return outcome;
  const bool by_slice = arguments.has("--slice");
  const bool by_filter = arguments.has("--where");
  if (!ids.empty() + !positions.empty() + by_slice + by_filter != 1)
    return wrong_usage(kWhat, "give ids, or --at positions, or a --slice, or --where a filter");
  Owned<dam_filter> filter;
  if (by_filter) outcome = take_filter(kWhat, arguments.text("--where"), filter);
  if (outcome != ExitStatus::kDone) return outcome;
  std::optional<Slice> slice = parse_slice(arguments.text("--slice"));
  if (by_slice && !slice) {
    return wrong_usage(kWhat, "--slice is A:B or A:B:C with a step other than 0");
  }
  Owned<dam_array> array;
  outcome = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (outcome != ExitStatus::kDone) return outcome;
  Deletion deletion{arguments.array(), array.get()};
  if (by_filter) {
    outcome = delete_where(deletion, filter.get());
    if (outcome != ExitStatus::kDone) return outcome;
  } else {
    dam_status status = by_slice ? dam_delete_range(array.get(), slice->start, slice->stop,
                                                    slice->step, 0, &deletion.deleted)
                                 : delete_listed(deletion, ids, positions);
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  }
  outcome = close_writer(kWhat, arguments.array(), std::move(array));
  ResultStream results;
  results.write_line(std::to_string(deletion.deleted));
  ExitStatus finished = results.finish(kWhat);
  if (outcome != ExitStatus::kDone) return outcome;
  if (finished != ExitStatus::kDone) return finished;
  return deletion.deleted > 0 ? ExitStatus::kDone : ExitStatus::kNothingFound;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"ID", "ids of documents (after -- when one starts with a dash)", false, true},
};
constexpr OptionRow kOptions[] = {
    {"--at", "POSITION", "documents at positions; negative ones count from the end", true},
    {"--slice", "A:B:C", "positions from A up to B in steps of C, by Python's rules"},
    {"--where", "FILTER", "documents that pass a filter (see dam find)"},
};

}  // namespace

const Command kDeleteCommand = {
    "delete",
    "delete documents",
    "Deletes documents in one commit and prints how many; the exit status is 1 when none was "
    "there.",
    kPositionals,
    kOptions,
    "dam delete birds robin wren",
    run_delete,
};

}  // namespace dam::tool
