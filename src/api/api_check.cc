// Numbers about an array, and the proof that its bytes agree.
#include <string>

#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/task_progress.h"
#include "api/text_output.h"
#include "store/verify_array.h"

using dam::Status;

namespace dam {
namespace {

constexpr bool equals(Stat stat, int32_t number) { return static_cast<int32_t>(stat) == number; }

static_assert(equals(Stat::kDocuments, DAM_STAT_DOCUMENTS) &&
              equals(Stat::kSlots, DAM_STAT_SLOTS) &&
              equals(Stat::kLiveBytes, DAM_STAT_LIVE_BYTES) &&
              equals(Stat::kDeadBytes, DAM_STAT_DEAD_BYTES) &&
              equals(Stat::kGeneration, DAM_STAT_GENERATION) &&
              equals(Stat::kRevision, DAM_STAT_REVISION) &&
              equals(Stat::kBodyBytes, DAM_STAT_BODY_BYTES) &&
              equals(Stat::kHeaderBytes, DAM_STAT_HEADER_BYTES) &&
              equals(Stat::kIndexBytes, DAM_STAT_INDEX_BYTES) &&
              equals(Stat::kIndexMemory, DAM_STAT_INDEX_MEMORY) &&
              equals(Stat::kDurableRevision, DAM_STAT_DURABLE_REVISION) &&
              equals(Stat::kEmbeddingDim, DAM_STAT_EMBEDDING_DIM) &&
              equals(Stat::kPinnedBytes, DAM_STAT_PINNED_BYTES) &&
              equals(Stat::kGarbagePercent, DAM_STAT_GARBAGE_PERCENT) &&
              equals(Stat::kKeyLength, DAM_STAT_KEY_LENGTH) &&
              equals(Stat::kSealed, DAM_STAT_SEALED));

}  // namespace
}  // namespace dam

dam_status dam_stat(dam_array* array, int32_t stat, int64_t* out_value) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_value, "out_value"));
    if (stat < DAM_STAT_DOCUMENTS || stat > DAM_STAT_SEALED)
      return Status::error(dam::Code::kInvalidArgument, "stat %d is not known", stat);
    DAM_ASSIGN(*out_value, open.store->stat(static_cast<dam::Stat>(stat)));
    return {};
  });
}

dam_status dam_verify(const char* path, dam_task* task, char** out_report,
                      size_t* out_report_size) {
  return dam::boundary([&]() -> Status {
    const dam::TextOutput output = {out_report, out_report_size};
    DAM_TRY(dam::require(path, "path"));
    DAM_TRY(dam::check_text_output(output));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto follow = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    std::string report;
    Status verdict = dam::verify_array(path, follow, report);
    if (verdict.ok() || verdict.code() == dam::Code::kCorrupt)
      DAM_TRY(dam::hand_out_text(report, output));
    return verdict;
  });
}

dam_status dam_seal(dam_array* array, dam_task* task, char** out_text, size_t* out_text_size) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> Status {
    const dam::TextOutput output = {out_text, out_text_size};
    DAM_TRY(dam::check_text_output(output));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    const auto follow = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    DAM_ASSIGN(const std::string list, open.store->seal(follow));
    return dam::hand_out_text(list, output);
  });
}
