// Failures of the command line as one line each; see outcome.h.
#include "outcome.h"

#include <cstdio>
#include <string>

#include "terminal.h"

namespace dam::tool {
namespace {

struct KeptFailure {
  dam_status status = DAM_OK;
  std::string text;
};

thread_local KeptFailure kept_failure;

}  // namespace

void complain(std::string_view what, std::string_view where, std::string_view values) {
  std::string line = "dam: ";
  append_printable(line, what);
  line += ": ";
  append_printable(line, where);
  if (!where.empty() && !values.empty()) line += ", ";
  append_printable(line, values);
  line += '\n';
  clear_progress_line();
  std::fwrite(line.data(), 1, line.size(), stderr);
}

ExitStatus wrong_usage(std::string_view what, std::string_view values) {
  complain(what, "", values);
  std::fprintf(stderr, "Try: dam help\n");
  return ExitStatus::kWrongUsage;
}

dam_status keep_failure(dam_status status) {
  if (status != DAM_OK) kept_failure = {status, dam_last_error()};
  return status;
}

std::string_view failure_text(dam_status status) {
  std::string_view text = dam_last_error();
  if (text.empty() && kept_failure.status == status) text = kept_failure.text;
  return text.empty() ? std::string_view(dam_status_name(status)) : text;
}

ExitStatus failed_call(std::string_view what, std::string_view where, dam_status status) {
  complain(what, where, failure_text(status));
  return exit_status_of(status);
}

ExitStatus exit_status_of(dam_status status) {
  if (status == DAM_OK) return ExitStatus::kDone;
  if (status == DAM_CORRUPT) return ExitStatus::kDamaged;
  return ExitStatus::kFailed;
}

}  // namespace dam::tool
