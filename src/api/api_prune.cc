// Giving space back: prune, with or without an order, and clear.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/options_object.h"
#include "api/task_progress.h"

using dam::OpenArray;
using dam::Status;

namespace dam {
namespace {

Status prune(Store& store, PruneOptions& choices, const dam_options* options, dam_task* task) {
  std::shared_ptr<TaskProgress> progress;
  DAM_TRY(follow_task(task, progress));
  if (options != nullptr) choices.garbage_percent = options->garbage_percent;
  choices.progress = [&progress](uint64_t done, uint64_t total) {
    return tell_progress(*progress, done, total);
  };
  return store.prune(choices);
}

}  // namespace
}  // namespace dam

dam_status dam_prune(dam_array* array, const dam_options* options, dam_task* task) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::PruneOptions choices;
    return dam::prune(*open.store, choices, options, task);
  });
}

dam_status dam_prune_ordered(dam_array* array, const int64_t* positions, int64_t count,
                             const dam_options* options, dam_task* task) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::take_count(count));
    if (count != 0) DAM_TRY(dam::require(positions, "positions"));
    dam::PruneOptions choices;
    choices.order = std::span<const int64_t>(positions, static_cast<size_t>(count));
    return dam::prune(*open.store, choices, options, task);
  });
}

dam_status dam_clear(dam_array* array, uint32_t flags, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::Durability ignored = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, ignored));
    DAM_ASSIGN(const uint64_t revision, open.store->clear());
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(revision);
    return {};
  });
}
