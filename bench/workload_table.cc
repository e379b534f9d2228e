// The table of workloads, in the order in which a repetition runs them within their phase.
#include "workload.h"

namespace bench {

const std::vector<Workload>& workloads() {
  static const std::vector<Workload> table = {
      {"load", Phase::kLoad, load_batches},
      {"settle", Phase::kLoad, close_after_load},
      {"disk", Phase::kLoad, measure_disk},
      {"get_lent_first", Phase::kRead, get_lent},
      {"compare", Phase::kRead, compare_bytes},
      {"get_lent_checked", Phase::kRead, get_lent},
      {"get_position_checked", Phase::kRead, get_by_position, Feature::kPositions},
      {"touch", Phase::kRead, touch_all, Feature::kPositions},
      {"get_copied", Phase::kRead, get_copied},
      {"get_lent", Phase::kRead, get_lent},
      {"get_handle", Phase::kRead, get_handles, Feature::kHandles},
      {"get_dependent", Phase::kRead, get_dependent},
      {"get_many_copied", Phase::kRead, get_many_copied},
      {"get_many_handles", Phase::kRead, get_many_handles, Feature::kHandles},
      {"get_position", Phase::kRead, get_by_position, Feature::kPositions},
      {"scan", Phase::kRead, scan_checked},
      {"reload", Phase::kRead, reload_unchanged, Feature::kNews},
      {"open_clean", Phase::kClosed, open_clean, Feature::kCount},
      {"open_first_get", Phase::kClosed, open_for_first_get},
      {"open_write", Phase::kClosed, open_for_writing, Feature::kCount},
      {"commit_visible", Phase::kWrite, commit_visible},
      {"commit_durable", Phase::kWrite, commit_durable},
      {"delete", Phase::kWrite, delete_by_id},
      {"compare_written", Phase::kWrite, compare_bytes},
      {"open_killed", Phase::kKilled, open_after_kill},
  };
  return table;
}

}  // namespace bench
