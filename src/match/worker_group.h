// Threads for the time of one call: each runs the same work, the caller is one of them.
#pragma once

#include <functional>

#include "base/status.h"

namespace dam {

// 0 stands for all processors that the process may use.
unsigned thread_count(unsigned asked);

// Runs `work` in up to `threads` threads with a number each, from 0, and the floating point control
// of the reference distance. Where the system gives fewer threads, fewer run. The failure of the
// lowest number that failed; memory that runs out in any of them is kNoMemory.
Status run_workers(unsigned threads, const std::function<Status(unsigned worker)>& work);

}  // namespace dam
