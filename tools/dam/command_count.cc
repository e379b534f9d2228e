// `dam count`: the number of documents, alone on a line.
#include "command_table.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

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

}  // namespace

const Command kCountCommand = {
    "count",
    "print the number of documents",
    "Prints how many documents the array holds, alone on a line.",
    kArrayOnly,
    {},
    "dam count birds",
    run_count,
};

}  // namespace dam::tool
