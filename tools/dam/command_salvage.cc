// `dam salvage`: writes what is whole of a damaged array to a new one, and names what is not.
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "json_scan.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "salvage";

struct Salvaged {
  WorkOutcome outcome;
  int64_t recovered = 0;
  int64_t uncertain = 0;
  std::string report;
};

std::string json_of(const Salvaged& salvaged) {
  std::string json = "{\"recovered\":" + std::to_string(salvaged.recovered) +
                     ",\"uncertain\":" + std::to_string(salvaged.uncertain) + ",\"damage\":[";
  std::string_view rest = salvaged.report;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    if (json.back() != '[') json += ',';
    append_json_string(json, rest.substr(0, end));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
  return json + "]}";
}

std::string text_of(const Salvaged& salvaged) {
  return salvaged.report + std::to_string(salvaged.recovered) + " documents recovered, " +
         std::to_string(salvaged.uncertain) + " of them uncertain";
}

ExitStatus run_salvage(const Arguments& arguments) {
  const std::string path(arguments.array());
  const std::string target_path(arguments.text("OUT"));
  Salvaged salvaged;
  salvaged.outcome = run_followed([&](dam_task* task) {
    char* report = nullptr;
    size_t size = 0;
    const dam_status status = dam_salvage(path.c_str(), target_path.c_str(), task,
                                          &salvaged.recovered, &salvaged.uncertain, &report, &size);
    if (report != nullptr) salvaged.report.assign(report, size);
    Owned<char> owner(report);
    return keep_failure(status);
  });
  const dam_status status = salvaged.outcome.status;
  ExitStatus printed = ExitStatus::kDone;
  if (status == DAM_OK || status == DAM_CORRUPT) {
    ResultStream results;
    results.write_line(arguments.json() ? json_of(salvaged) : text_of(salvaged));
    printed = results.finish(kWhat);
  }
  if (status != DAM_OK) {
    complain(kWhat, path, salvaged.outcome.failure);
    return exit_status_of(status);
  }
  if (printed != ExitStatus::kDone) return printed;
  return salvaged.report.empty() ? ExitStatus::kDone : ExitStatus::kDamaged;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the damaged array; nothing is written there", true, false},
    {"OUT", "where to make the new array; none may be there", true, false},
};

}  // namespace

const Command kSalvageCommand = {
    "salvage",
    "save what is whole of a damaged array",
    "Reads whatever is left of an array that does not open and writes each document that is whole\n"
    "to a new one. Prints a line for each damaged place, then how many documents were recovered\n"
    "and how many of them are uncertain: a later version, or a deletion, may be lost. Exits with "
    "3\n"
    "when anything was damaged, with 0 when nothing was.",
    kPositionals,
    {},
    "dam salvage birds saved-birds",
    run_salvage,
};

}  // namespace dam::tool
