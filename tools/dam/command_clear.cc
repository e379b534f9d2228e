// `dam clear`: removes every document and leaves an empty array.
#include <string>

#include "command_table.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "clear";

ExitStatus run_clear(const Arguments& arguments) {
  Owned<dam_array> array;
  ExitStatus outcome = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (outcome != ExitStatus::kDone) return outcome;
  int64_t count = 0;
  dam_status status = dam_count(array.get(), &count);
  if (status == DAM_OK) status = dam_clear(array.get(), 0, nullptr);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  outcome = close_writer(kWhat, arguments.array(), std::move(array));
  if (outcome != ExitStatus::kDone) return outcome;
  ResultStream results;
  results.write_line(std::to_string(count));
  return results.finish(kWhat);
}

}  // namespace

const Command kClearCommand = {
    "clear",
    "remove every document",
    "Removes all documents at once and prints how many there were; the empty array stays in use.",
    kArrayOnly,
    {},
    "dam clear birds",
    run_clear,
};

}  // namespace dam::tool
