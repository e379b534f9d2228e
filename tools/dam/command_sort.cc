// `dam sort`: documents in the order of a value, printed or made the array's own.
#include "command_table.h"
#include "result_rows.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "sort";

ExitStatus run_sort(const Arguments& arguments) {
  int64_t limit = 0;
  const ExitStatus outcome = take_integer(kWhat, arguments, "--limit", -1, limit);
  if (outcome != ExitStatus::kDone) return outcome;
  if (arguments.has("--limit") && limit < 0) return wrong_usage(kWhat, "--limit is 0 or more");
  if (arguments.has("--limit") && arguments.has("--in-place"))
    return wrong_usage(kWhat, "--limit and --in-place exclude each other");
  const std::string_view path = arguments.text("PATH");
  const uint32_t flags = arguments.has("--descending") ? DAM_SORT_DESCENDING : 0;
  return run_ordered(kWhat, arguments, [&](dam_snapshot* snapshot, dam_results** out_results) {
    return dam_sort(snapshot, path.data(), path.size(), flags, limit, out_results);
  });
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"PATH", "such as id or tags.price; left out: the position", false, false},
};

constexpr OptionRow kOptions[] = {
    {"--descending", "", "the greatest first; without PATH, the array in reverse"},
    {"--limit", "N", "print only the first N"},
    {"--in-place", "", "print nothing; give the array that order, by a prune"},
};

}  // namespace

const Command kSortCommand = {
    "sort",
    "print or bring documents into the order of a value",
    "Prints all documents as JSON lines in the order of the value that a path leads to: booleans,\n"
    "numbers by value, texts and bytes byte by byte; then values that have no order, such as\n"
    "lists, and last documents without one. Equals stay in their order.",
    kPositionals,
    kOptions,
    "dam sort birds text --descending --limit 2",
    run_sort,
};

}  // namespace dam::tool
