// Copies that outlive trouble: a backup of a sound array, and what can be saved of a damaged one.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/task_progress.h"
#include "api/text_output.h"
#include "store/backup_array.h"
#include "store/salvage_array.h"

using dam::OpenArray;
using dam::Status;

dam_status dam_backup(dam_array* array, const char* path, dam_task* task) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(path, "path"));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto follow = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    return dam::backup_view(*open.store->view(), path, follow);
  });
}

dam_status dam_salvage(const char* path, const char* target_path, dam_task* task,
                       int64_t* out_recovered, int64_t* out_uncertain, char** out_report,
                       size_t* out_report_size) {
  return dam::boundary([&]() -> Status {
    const dam::TextOutput output = {out_report, out_report_size};
    DAM_TRY(dam::require(path, "path"));
    DAM_TRY(dam::require(target_path, "target_path"));
    DAM_TRY(dam::check_text_output(output));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto follow = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    dam::SalvageOutcome outcome;
    const Status done = dam::salvage_array(path, target_path, follow, outcome);
    if (done.ok() || done.code() == dam::Code::kCorrupt)
      DAM_TRY(dam::hand_out_text(outcome.report, output));
    if (!done.ok()) return done;
    if (out_recovered != nullptr) *out_recovered = static_cast<int64_t>(outcome.recovered);
    if (out_uncertain != nullptr) *out_uncertain = static_cast<int64_t>(outcome.uncertain);
    return {};
  });
}
