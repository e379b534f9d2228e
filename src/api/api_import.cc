// Documents that other systems wrote, on their way into an array.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/options_object.h"
#include "api/task_progress.h"
#include "api/text_output.h"
#include "exchange/jina_import.h"

using dam::OpenArray;
using dam::Status;

dam_status dam_import(dam_array* array, const char* path, const dam_options* options,
                      dam_task* task, int64_t* out_damaged, char** out_report,
                      size_t* out_report_size) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    const dam::TextOutput output = {out_report, out_report_size};
    DAM_TRY(dam::require(path, "path"));
    DAM_TRY(dam::check_text_output(output));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto follow = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    dam::ImportOutcome outcome;
    auto choices = options != nullptr ? options->import : dam::JinaImportOptions();
    choices.progress = follow;
    const Status done = dam::import_jina(path, choices, *open.store, outcome);
    if (done.ok() || done.code() == dam::Code::kCorrupt)
      DAM_TRY(dam::hand_out_text(outcome.report, output));
    if (!done.ok()) return done;
    if (out_damaged != nullptr) *out_damaged = static_cast<int64_t>(outcome.damaged);
    return {};
  });
}
