// Merging arrays by id.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/task_progress.h"
#include "exchange/merge_array.h"

using dam::OpenArray;
using dam::Status;

dam_status dam_merge(dam_array* array, dam_array* other, uint32_t flags, dam_task* task,
                     int64_t* out_added, int64_t* out_changed) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::HandleUse use;
    DAM_TRY(use.enter(dam::HandleKind::kArray, other));
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, durability));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto from = static_cast<OpenArray*>(use.object())->store->view();
    dam::MergeCounts counts;
    const auto tell = [&](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    Status status = dam::merge_array({*open.store, *from, durability, tell}, counts);
    if (out_added != nullptr) *out_added = counts.added;
    if (out_changed != nullptr) *out_changed = counts.changed;
    return status;
  });
}
