// `dam backup`: a consistent copy of an array that may be in use, as an array of its own.
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "backup";

ExitStatus run_backup(const Arguments& arguments) {
  const std::string path(arguments.text("DIRECTORY"));
  Owned<dam_array> array;
  const ExitStatus opened = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (opened != ExitStatus::kDone) return opened;
  int64_t count = 0;
  const dam_status counted = dam_count(array.get(), &count);
  if (counted != DAM_OK) return failed_call(kWhat, arguments.array(), counted);
  const WorkOutcome copied =
      run_followed([&](dam_task* task) { return dam_backup(array.get(), path.c_str(), task); });
  if (copied.status != DAM_OK) {
    complain(kWhat, path, copied.failure);
    return exit_status_of(copied.status);
  }
  ResultStream results;
  const std::string number = std::to_string(count);
  results.write_line(arguments.json() ? "{\"documents\":" + number + "}" : number + " documents");
  return results.finish(kWhat);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"DIRECTORY", "where to make the copy; no array may be there", true, false},
};

}  // namespace

const Command kBackupCommand = {
    "backup",
    "copy an array that may be in use",
    "Copies the array, as it is at one moment, to an array of its own, and prints how many\n"
    "documents that are. A writer may go on meanwhile. The copy is durable when it is done; "
    "Ctrl-C,\n"
    "a full disk or a crash leave no array there, or a whole one.",
    kPositionals,
    {},
    "dam backup birds copy-of-birds",
    run_backup,
};

}  // namespace dam::tool
