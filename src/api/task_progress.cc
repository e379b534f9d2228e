#include "api/task_progress.h"

namespace dam {

Status follow_task(dam_task* task, std::shared_ptr<TaskProgress>& out_progress) {
  if (task == nullptr) {
    out_progress = std::make_shared<TaskProgress>();
    return {};
  }
  HandleUse use;
  DAM_TRY(use.enter(OpenTask::kKind, task));
  out_progress = static_cast<OpenTask*>(use.object())->progress;
  return {};
}

bool tell_progress(TaskProgress& progress, uint64_t done, uint64_t total) {
  progress.done.store(static_cast<int64_t>(done), std::memory_order_relaxed);
  progress.total.store(static_cast<int64_t>(total), std::memory_order_relaxed);
  return !progress.cancelled.load(std::memory_order_relaxed);
}

}  // namespace dam
