// `dam count`: the number of documents, or of those that pass a filter, alone on a line.
#include <string>

#include "command_table.h"
#include "handles.h"
#include "result_rows.h"
#include "result_stream.h"
#include "where_option.h"

namespace dam::tool {
namespace {

ExitStatus count_where(const Arguments& arguments) {
  Owned<dam_filter> filter;
  ExitStatus outcome = take_filter("count", arguments.text("--where"), filter);
  QueriedArray queried;
  if (outcome == ExitStatus::kDone)
    outcome = open_queried("count", arguments.array(), OpenMode::kRead, queried);
  if (outcome != ExitStatus::kDone) return outcome;
  int64_t count = 0;
  outcome = run_search("count", arguments.array(), [&](dam_task* task) {
    return dam_count_where(queried.snapshot.get(), filter.get(), nullptr, 0, task, &count);
  });
  if (outcome != ExitStatus::kDone) return outcome;
  ResultStream results;
  results.write_line(std::to_string(count));
  const ExitStatus finished = results.finish("count");
  if (finished != ExitStatus::kDone) return finished;
  return count > 0 ? ExitStatus::kDone : ExitStatus::kNothingFound;
}

ExitStatus run_count(const Arguments& arguments) {
  Owned<dam_array> array;
  ExitStatus opened = open_array("count", arguments.array(), OpenMode::kRead, array);
  if (opened != ExitStatus::kDone) return opened;
  int64_t count = 0;
  dam_status status = dam_count(array.get(), &count);
  if (status != DAM_OK) return failed_call("count", arguments.array(), status);
  ResultStream results;
  results.write_line(std::to_string(count));
  return results.finish("count");
}

ExitStatus run_count_or_where(const Arguments& arguments) {
  return arguments.has("--where") ? count_where(arguments) : run_count(arguments);
}

constexpr OptionRow kOptions[] = {
    {"--where", "FILTER", "only documents that pass; the exit status is 1 when none does"},
};

}  // namespace

const Command kCountCommand = {
    "count",
    "print the number of documents",
    "Prints how many documents the array holds, or how many of them pass a filter, alone on a\n"
    "line.",
    kArrayOnly,
    kOptions,
    "dam count birds",
    run_count_or_where,
};

}  // namespace dam::tool
