// Long work of libdam on a thread of its own, so that this one can show its progress and stop it.
#pragma once

#include <functional>
#include <string>

#include "dam.h"

namespace dam::tool {

struct WorkOutcome {
  dam_status status = DAM_OK;
  std::string failure;  // its text, which only the thread that worked could ask for
};

// What the task of the work counts.
enum class WorkUnit { kBytes, kDocuments };

// Runs `work` with a task; Ctrl-C cancels it. `failure_text` of the outcome is kept.
WorkOutcome run_followed(const std::function<dam_status(dam_task* task)>& work,
                         WorkUnit unit = WorkUnit::kBytes);

}  // namespace dam::tool
