// `dam merge`: other arrays merged into one by id.
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "merge";

struct Totals {
  int64_t added = 0;
  int64_t changed = 0;
};

ExitStatus merge_one(dam_array* array, const std::string& path, Totals& totals) {
  Owned<dam_array> other;
  const ExitStatus opened = open_array(kWhat, path, OpenMode::kRead, other);
  if (opened != ExitStatus::kDone) return opened;
  Totals more;
  const WorkOutcome merged = run_followed([&](dam_task* task) {
    return dam_merge(array, other.get(), 0, task, &more.added, &more.changed);
  });
  totals.added += more.added;
  totals.changed += more.changed;
  if (merged.status == DAM_OK) return ExitStatus::kDone;
  complain(kWhat, path, merged.failure);
  return exit_status_of(merged.status);
}

ExitStatus run_merge(const Arguments& arguments) {
  Owned<dam_array> array;
  ExitStatus outcome = open_array(kWhat, arguments.array(), OpenMode::kCreate, array);
  Totals totals;
  for (const std::string& path : arguments.list("OTHER")) {
    if (outcome == ExitStatus::kDone) outcome = merge_one(array.get(), path, totals);
  }
  if (outcome != ExitStatus::kDone) return outcome;
  outcome = close_writer(kWhat, arguments.array(), std::move(array));
  if (outcome != ExitStatus::kDone) return outcome;
  ResultStream results;
  const std::string added = std::to_string(totals.added);
  const std::string changed = std::to_string(totals.changed);
  results.write_line(arguments.json() ? "{\"added\":" + added + ",\"changed\":" + changed + "}"
                                      : added + " added, " + changed + " changed");
  return results.finish(kWhat);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array to merge into; made when it is absent", true, false},
    {"OTHER", "directories of arrays to merge, the one that is to win first", true, true},
};

}  // namespace

const Command kMergeCommand = {
    "merge",
    "merge other arrays into one by id",
    "Adds the documents that ARRAY lacks. Where both have one of an id, what ARRAY's lacks is "
    "taken\n"
    "from the other; chunks and matches are merged by their ids likewise. Merging an array twice\n"
    "changes nothing.",
    kPositionals,
    {},
    "dam merge flock birds",
    run_merge,
};

}  // namespace dam::tool
