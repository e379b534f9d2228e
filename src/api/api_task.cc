// Tokens through which one thread follows and cancels the long work of another.
#include "api/arguments.h"
#include "api/open_handles.h"

using dam::OpenTask;
using dam::Status;

dam_status dam_task_create(dam_task** out_task) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_task, "out_task"));
    auto task = std::make_unique<OpenTask>();
    task->progress = std::make_shared<dam::TaskProgress>();
    return dam::hand_out(std::move(task), out_task);
  });
}

dam_status dam_task_cancel(dam_task* task) {
  return dam::with<OpenTask>(task, [](OpenTask& open) -> Status {
    open.progress->cancelled.store(true, std::memory_order_relaxed);
    return {};
  });
}

dam_status dam_task_progress(dam_task* task, int64_t* out_done, int64_t* out_total) {
  return dam::with<OpenTask>(task, [&](OpenTask& open) -> Status {
    DAM_TRY(dam::require(out_done, "out_done"));
    DAM_TRY(dam::require(out_total, "out_total"));
    *out_done = open.progress->done.load(std::memory_order_relaxed);
    *out_total = open.progress->total.load(std::memory_order_relaxed);
    return {};
  });
}

dam_status dam_task_release(dam_task* task) { return dam::close_handle<OpenTask>(task); }
