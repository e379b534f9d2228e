// `dam shuffle`: all documents in an order drawn by a seed, printed or made the array's own.
#include "command_table.h"
#include "result_rows.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "shuffle";

dam_status shuffle(dam_array* array, int64_t seed, Owned<dam_snapshot>& out_snapshot,
                   Owned<dam_results>& out_results) {
  dam_snapshot* snapshot = nullptr;
  dam_results* results = nullptr;
  dam_status status = dam_snapshot_open(array, &snapshot);
  out_snapshot.reset(snapshot);
  if (status == DAM_OK) status = dam_shuffle(snapshot, seed, &results);
  out_results.reset(results);
  return status;
}

ExitStatus run_shuffle(const Arguments& arguments) {
  int64_t seed = 0;
  ExitStatus outcome = take_integer(kWhat, arguments, "--seed", 0, seed);
  if (outcome != ExitStatus::kDone) return outcome;
  const bool in_place = arguments.has("--in-place");
  Owned<dam_array> array;
  outcome =
      open_array(kWhat, arguments.array(), in_place ? OpenMode::kWrite : OpenMode::kRead, array);
  if (outcome != ExitStatus::kDone) return outcome;
  Owned<dam_snapshot> snapshot;
  Owned<dam_results> results;
  const dam_status status = shuffle(array.get(), seed, snapshot, results);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  if (!in_place) return print_documents(kWhat, arguments, snapshot.get(), results.get());
  outcome = reorder(kWhat, arguments.array(), array.get(), results.get());
  if (outcome != ExitStatus::kDone) return outcome;
  return close_writer(kWhat, arguments.array(), std::move(array));
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
