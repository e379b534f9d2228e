#include "where_option.h"

#include <string>

#include "followed_work.h"

namespace dam::tool {

ExitStatus take_filter(std::string_view what, std::string_view json,
                       Owned<dam_filter>& out_filter) {
  dam_filter* filter = nullptr;
  const dam_status status = dam_filter_parse(json.data(), json.size(), &filter);
  out_filter.reset(filter);
  if (status == DAM_OK) return ExitStatus::kDone;
  if (status != DAM_INVALID_ARGUMENT) return failed_call(what, "filter", status);
  return wrong_usage(what, "filter: " + std::string(failure_text(status)));
}

ExitStatus run_search(std::string_view what, std::string_view path,
                      const std::function<dam_status(dam_task* task)>& search) {
  const WorkOutcome done = run_followed(search, WorkUnit::kDocuments);
  if (done.status == DAM_OK) return ExitStatus::kDone;
  // Of what is given to a search, only what was typed can be wrong.
  if (done.status == DAM_INVALID_ARGUMENT) return wrong_usage(what, done.failure);
  complain(what, path, done.failure);
  return exit_status_of(done.status);
}

}  // namespace dam::tool
