#include "followed_work.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "handles.h"
#include "terminal.h"

namespace dam::tool {
namespace {

void follow(dam_task* task, WorkUnit unit, const std::atomic<bool>& reached) {
  Progress progress(unit == WorkUnit::kBytes ? "bytes" : "documents", 0);
  while (!reached.load()) {
    int64_t done = 0;
    int64_t total = 0;
    (void)dam_task_progress(task, &done, &total);
    progress.set_total(total);
    if (unit == WorkUnit::kBytes)
      progress.show(done, done);
    else
      progress.show_items(done, total);
    if (interrupted()) (void)dam_task_cancel(task);
    // Short at first, so that work on a small array is not slowed down by watching it.
    std::this_thread::sleep_for(std::chrono::milliseconds(done == 0 ? 1 : 20));
  }
}

}  // namespace

WorkOutcome run_followed(const std::function<dam_status(dam_task* task)>& work, WorkUnit unit) {
  WorkOutcome outcome;
  dam_task* raw_task = nullptr;
  outcome.status = dam_task_create(&raw_task);
  if (outcome.status != DAM_OK) {
    outcome.failure = failure_text(outcome.status);
    return outcome;
  }
  Owned<dam_task> task(raw_task);
  std::atomic<bool> reached{false};
  std::thread worker([&] {
    outcome.status = work(raw_task);
    if (outcome.status != DAM_OK) outcome.failure = failure_text(outcome.status);
    reached.store(true);
  });
  follow(raw_task, unit, reached);
  worker.join();
  return outcome;
}

}  // namespace dam::tool
