// `dam verify`: reads every byte of an array and names each damaged place.
//
// The check runs on a thread of its own, so that this one can show its progress and cancel it.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "command_table.h"
#include "handles.h"
#include "json_scan.h"
#include "result_stream.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "verify";

struct Verdict {
  dam_status status = DAM_OK;
  std::string failure;
  std::string report;
  std::atomic<bool> reached{false};
};

void verify(const std::string& path, dam_task* task, Verdict& verdict) {
  char* report = nullptr;
  size_t size = 0;
  verdict.status = dam_verify(path.c_str(), task, &report, &size);
  if (verdict.status != DAM_OK) verdict.failure = failure_text(verdict.status);
  Owned<char> owner(report);
  if (report != nullptr) verdict.report.assign(report, size);
  verdict.reached.store(true);
  verdict.reached.notify_all();
}

void follow(dam_task* task, const Verdict& verdict) {
  Progress progress("bytes", 0);
  while (!verdict.reached.load()) {
    int64_t done = 0;
    int64_t total = 0;
    (void)dam_task_progress(task, &done, &total);
    progress.set_total(total);
    progress.show(done, done);
    if (interrupted()) (void)dam_task_cancel(task);
    // Short at first, so that checking a small array is not slowed down by watching it.
    std::this_thread::sleep_for(std::chrono::milliseconds(done == 0 ? 1 : 20));
  }
}

ExitStatus print_verdict(const Arguments& arguments, const Verdict& verdict) {
  ResultStream results;
  std::string json = "{\"sound\":" + std::string(verdict.status == DAM_OK ? "true" : "false");
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
  } else if (verdict.status == DAM_OK) {
    results.write_line("sound");
  } else {
    results.write(verdict.report);
    if (named && !verdict.report.ends_with('\n')) results.write("\n");
  }
  return results.finish(kWhat);
}

ExitStatus run_verify(const Arguments& arguments) {
  dam_task* raw_task = nullptr;
  dam_status status = dam_task_create(&raw_task);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  Owned<dam_task> task(raw_task);
  Verdict verdict;
  const std::string path(arguments.array());
  std::thread checker([&] { verify(path, raw_task, verdict); });
  follow(raw_task, verdict);
  checker.join();
  ExitStatus printed = ExitStatus::kDone;
  if (verdict.status == DAM_OK || verdict.status == DAM_CORRUPT) {
    printed = print_verdict(arguments, verdict);
  }
  if (verdict.status == DAM_OK) return printed;
  complain(kWhat, path, verdict.failure);
  return exit_status_of(verdict.status);
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
