// `dam sample`: some documents, drawn by a seed.
#include "command_table.h"
#include "result_rows.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "sample";

ExitStatus run_sample(const Arguments& arguments) {
  int64_t count = 0;
  int64_t seed = 0;
  ExitStatus outcome = take_integer(kWhat, arguments, "COUNT", 0, count);
  if (outcome == ExitStatus::kDone) outcome = take_integer(kWhat, arguments, "--seed", 0, seed);
  if (outcome != ExitStatus::kDone) return outcome;
  if (count < 0) return wrong_usage(kWhat, "COUNT is 0 or more");
  QueriedArray queried;
  outcome = open_queried(kWhat, arguments.array(), OpenMode::kRead, queried);
  if (outcome != ExitStatus::kDone) return outcome;
  dam_results* raw_results = nullptr;
  const dam_status status = dam_sample(queried.snapshot.get(), count, seed, &raw_results);
  const Owned<dam_results> results(raw_results);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  return print_documents(kWhat, arguments, queried.snapshot.get(), raw_results);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"COUNT", "how many documents to draw", true, false},
};

constexpr OptionRow kOptions[] = {
    {"--seed", "N", "the integer to draw by; default 0"},
};

}  // namespace

const Command kSampleCommand = {
    "sample",
    "print documents drawn by a seed",
    "Prints different documents, drawn by a seed, as JSON lines in the order of the draws. One\n"
    "seed draws the same from the same documents everywhere, and a sample is the beginning of\n"
    "every larger one. More than there are is an error.",
    kPositionals,
    kOptions,
    "dam sample birds 2 --seed 7",
    run_sample,
};

}  // namespace dam::tool
