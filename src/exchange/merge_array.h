// One array merged into another by id: absent documents are added, shared ones made one.
#pragma once

#include <cstdint>
#include <functional>

#include "base/status.h"
#include "store/store.h"

namespace dam {

// Told how many documents are done of how many; false asks the work to stop (CANCELLED).
using MergeProgress = std::function<bool(uint64_t done, uint64_t total)>;

struct MergeCounts {
  int64_t added = 0;
  int64_t changed = 0;
};

struct MergeRequest {
  Store& target;
  const View& other;
  Durability durability;
  MergeProgress progress;
};

// Goes through `other` in order and commits in batches, so memory is bounded and a failure leaves
// the batches before it; `out_counts` is right then too. A document of the target that `other` has
// nothing new for is not written. No change of another writer is lost: a batch that one came
// before is made again.
Status merge_array(const MergeRequest& request, MergeCounts& out_counts);

}  // namespace dam
