// `dam copy`: the documents of an array appended to another one.
#include <optional>
#include <string>

#include "command_table.h"
#include "handles.h"
#include "result_stream.h"
#include "slice_text.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "copy";

dam_status copy(dam_array* array, const Slice& slice, dam_array* target, uint32_t flags) {
  dam_snapshot* snapshot = nullptr;
  dam_status status = dam_snapshot_open(array, &snapshot);
  const Owned<dam_snapshot> owned(snapshot);
  if (status == DAM_OK)
    status = dam_snapshot_copy_into(snapshot, slice.start, slice.stop, slice.step, target, flags);
  return keep_failure(status);
}

ExitStatus print_count(const Arguments& arguments, int64_t before, int64_t after) {
  ResultStream results;
  const std::string count = std::to_string(after - before);
  results.write_line(arguments.json() ? "{\"added\":" + count + "}" : count + " added");
  return results.finish(kWhat);
}

ExitStatus run_copy(const Arguments& arguments) {
  Slice slice;
  if (arguments.has("--slice")) {
    const std::optional<Slice> given = parse_slice(arguments.text("--slice"));
    if (!given) return wrong_usage(kWhat, "--slice is A:B or A:B:C with a step other than 0");
    slice = *given;
  }
  const std::string_view path = arguments.text("TARGET");
  Owned<dam_array> array;
  Owned<dam_array> target;
  ExitStatus outcome = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (outcome == ExitStatus::kDone) outcome = open_array(kWhat, path, OpenMode::kCreate, target);
  if (outcome != ExitStatus::kDone) return outcome;
  int64_t before = 0;
  int64_t after = 0;
  dam_status status = dam_count(target.get(), &before);
  const uint32_t flags = arguments.has("--upsert") ? DAM_UPSERT : 0;
  if (status == DAM_OK) status = copy(array.get(), slice, target.get(), flags);
  if (status == DAM_OK) status = dam_count(target.get(), &after);
  if (status != DAM_OK) return failed_call(kWhat, path, status);
  outcome = close_writer(kWhat, path, std::move(target));
  return outcome == ExitStatus::kDone ? print_count(arguments, before, after) : outcome;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"TARGET", "directory of the array to append to; made when it is absent", true, false},
};

constexpr OptionRow kOptions[] = {
    {"--slice", "A:B:C", "only positions from A up to B in steps of C, by Python's rules"},
    {"--upsert", "", "replace documents of the same id, which keep their position"},
};

}  // namespace

const Command kCopyCommand = {
    "copy",
    "append documents to another array",
    "Appends the documents of an array, as they are at one moment, to another one and prints how\n"
    "many it has more. An id that is there already is an error before anything is copied.",
    kPositionals,
    kOptions,
    "dam copy birds aviary --slice :2",
    run_copy,
};

}  // namespace dam::tool
