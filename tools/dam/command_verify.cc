// `dam verify`: reads every byte of an array and names each damaged place.
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "json_scan.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "verify";

struct Verdict {
  WorkOutcome outcome;
  std::string report;
};

ExitStatus print_verdict(const Arguments& arguments, const Verdict& verdict) {
  ResultStream results;
  std::string json =
      "{\"sound\":" + std::string(verdict.outcome.status == DAM_OK ? "true" : "false");
  json += ",\"damage\":[";
  std::string_view rest = verdict.report;
  const bool named = !rest.empty();
  while (!rest.empty()) {
    size_t end = rest.find('\n');
    if (json.back() != '[') json += ',';
    append_json_string(json, rest.substr(0, end));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
  if (arguments.json()) {
    results.write_line(json + "]}");
  } else if (verdict.outcome.status == DAM_OK) {
    results.write_line("sound");
  } else {
    results.write(verdict.report);
    if (named && !verdict.report.ends_with('\n')) results.write("\n");
  }
  return results.finish(kWhat);
}

ExitStatus run_verify(const Arguments& arguments) {
  Verdict verdict;
  const std::string path(arguments.array());
  verdict.outcome = run_followed([&](dam_task* task) {
    char* report = nullptr;
    size_t size = 0;
    const dam_status status = dam_verify(path.c_str(), task, &report, &size);
    if (report != nullptr) verdict.report.assign(report, size);
    // Why not dam_free alone: the text of the failure is still to be asked for.
    Owned<char> owner(report);
    return keep_failure(status);
  });
  const dam_status status = verdict.outcome.status;
  ExitStatus printed = ExitStatus::kDone;
  if (status == DAM_OK || status == DAM_CORRUPT) printed = print_verdict(arguments, verdict);
  if (status == DAM_OK) return printed;
  complain(kWhat, path, verdict.outcome.failure);
  return exit_status_of(status);
}

}  // namespace

const Command kVerifyCommand = {
    "verify",
    "read everything and name each damaged place",
    "Reads every byte of the array and compares all that must agree. Prints `sound`, or a line "
    "for\n"
    "each damaged place and exits with 3. Nothing is written; a writer may go on meanwhile.",
    kArrayOnly,
    {},
    "dam verify birds",
    run_verify,
};

}  // namespace dam::tool
