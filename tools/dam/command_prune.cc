// `dam prune`: gives the space of what was deleted and replaced back, and tells how much.
#include <charconv>
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "prune";

// What the array takes on the disk, and in which life of its files it is.
struct Sizes {
  int64_t generation = 0;
  int64_t bytes = 0;
};

dam_status take_sizes(dam_array* array, Sizes& out_sizes) {
  int64_t body = 0;
  int64_t header = 0;
  dam_status status = dam_stat(array, DAM_STAT_GENERATION, &out_sizes.generation);
  if (status == DAM_OK) status = dam_stat(array, DAM_STAT_BODY_BYTES, &body);
  if (status == DAM_OK) status = dam_stat(array, DAM_STAT_HEADER_BYTES, &header);
  out_sizes.bytes = body + header;
  return status;
}

dam_status make_options(int64_t garbage_percent, Owned<dam_options>& out_options) {
  dam_options* options = nullptr;
  dam_status status = dam_options_create(&options);
  out_options.reset(options);
  if (status != DAM_OK) return status;
  return dam_options_set(options, DAM_OPTION_GARBAGE_PERCENT, garbage_percent);
}

std::string result_text(const Arguments& arguments, const Sizes& before, const Sizes& after) {
  const bool pruned = after.generation != before.generation;
  if (arguments.json())
    return "{\"pruned\":" + std::string(pruned ? "true" : "false") +
           ",\"bytes_before\":" + std::to_string(before.bytes) +
           ",\"bytes_after\":" + std::to_string(after.bytes) + "}";
  if (!pruned) return "too little garbage, nothing done";
  return std::to_string(before.bytes) + " bytes before, " + std::to_string(after.bytes) + " after";
}

ExitStatus run_prune(const Arguments& arguments) {
  const std::string_view text = arguments.text("--garbage");
  int64_t percent = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), percent);
  const bool is_number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  if (!text.empty() && (!is_number || percent < 0 || percent > 100))
    return wrong_usage(kWhat, "--garbage is a number from 0 to 100");
  Owned<dam_array> array;
  ExitStatus outcome = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (outcome != ExitStatus::kDone) return outcome;
  Owned<dam_options> options;
  Sizes before;
  Sizes after;
  dam_status status = make_options(percent, options);
  if (status == DAM_OK) status = take_sizes(array.get(), before);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  const WorkOutcome pruned =
      run_followed([&](dam_task* task) { return dam_prune(array.get(), options.get(), task); });
  if (pruned.status != DAM_OK) {
    complain(kWhat, arguments.array(), pruned.failure);
    return exit_status_of(pruned.status);
  }
  status = take_sizes(array.get(), after);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  outcome = close_writer(kWhat, arguments.array(), std::move(array));
  if (outcome != ExitStatus::kDone) return outcome;
  ResultStream results;
  results.write_line(result_text(arguments, before, after));
  return results.finish(kWhat);
}

constexpr OptionRow kOptions[] = {
    {"--garbage", "PERCENT", "do nothing while less of the body is garbage; default 0"},
};

}  // namespace

const Command kPruneCommand = {
    "prune",
    "give the space of deleted documents back",
    "Rewrites the live documents into new files and prints the bytes before and after. Readers go\n"
    "on meanwhile. Ctrl-C, or a crash at any moment, leaves the array whole; the disk must have\n"
    "room for both until the end.",
    kArrayOnly,
    kOptions,
    "dam prune birds --garbage 30",
    run_prune,
};

}  // namespace dam::tool
