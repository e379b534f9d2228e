// How long work follows the task its caller may have given.
#pragma once

#include <cstdint>
#include <memory>

#include "api/open_handles.h"

namespace dam {

// The progress of an optional task; its handle may be released while the work goes on.
Status follow_task(dam_task* task, std::shared_ptr<TaskProgress>& out_progress);

// Tells how much is done of how much; false when the work is to stop.
bool tell_progress(TaskProgress& progress, uint64_t done, uint64_t total);

}  // namespace dam
