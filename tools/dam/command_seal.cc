// `dam seal`: marks an array as finished and prints the list of its files.
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "seal";

ExitStatus run_seal(const Arguments& arguments) {
  Owned<dam_array> array;
  const ExitStatus opened = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (opened != ExitStatus::kDone) return opened;
  char* text = nullptr;
  size_t size = 0;
  const WorkOutcome sealed =
      run_followed([&](dam_task* task) { return dam_seal(array.get(), task, &text, &size); });
  const Owned<char> owner(text);
  if (sealed.status != DAM_OK) {
    complain(kWhat, arguments.array(), sealed.failure);
    return exit_status_of(sealed.status);
  }
  std::string list(text, size);
  // On one line, as every value that --json asks for.
  if (arguments.json()) std::erase(list, '\n');
  ResultStream results;
  if (arguments.json())
    results.write_line(list);
  else
    results.write(list);
  const ExitStatus written = results.finish(kWhat);
  const ExitStatus closed = close_writer(kWhat, arguments.array(), std::move(array));
  return written != ExitStatus::kDone ? written : closed;
}

}  // namespace

const Command kSealCommand = {
    "seal",
    "mark an array as finished",
    "Makes the array durable, lists its files with sizes and checksums (XXH3-128), and stores\n"
    "the list beside them as `seal`. From then on the array can be read only, and `dam verify`\n"
    "compares it, or a copy of it, with the list first. Deleting `seal` ends that.",
    kArrayOnly,
    {},
    "dam seal birds",
    run_seal,
};

}  // namespace dam::tool
