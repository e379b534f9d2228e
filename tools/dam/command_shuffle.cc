// `dam shuffle`: all documents in an order drawn by a seed, printed or made the array's own.
#include "command_table.h"
#include "result_rows.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "shuffle";

ExitStatus run_shuffle(const Arguments& arguments) {
  int64_t seed = 0;
  const ExitStatus outcome = take_integer(kWhat, arguments, "--seed", 0, seed);
  if (outcome != ExitStatus::kDone) return outcome;
  return run_ordered(kWhat, arguments, [&](dam_snapshot* snapshot, dam_results** out_results) {
    return dam_shuffle(snapshot, seed, out_results);
  });
}

constexpr OptionRow kOptions[] = {
    {"--seed", "N", "the integer to draw by; default 0"},
    {"--in-place", "", "print nothing; give the array that order, by a prune"},
};

}  // namespace

const Command kShuffleCommand = {
    "shuffle",
    "print or bring documents into a drawn order",
    "Prints all documents as JSON lines in an order drawn by a seed, which is the same for the\n"
    "same number of documents everywhere.",
    kArrayOnly,
    kOptions,
    "dam shuffle birds --seed 7",
    run_shuffle,
};

}  // namespace dam::tool
