#include "match/embedding_index.h"

#include <algorithm>

namespace dam {

bool has_codes(Metric metric) {
  return metric == Metric::kCosine || metric == Metric::kEuclidean ||
         metric == Metric::kSqEuclidean || metric == Metric::kInnerProduct;
}

IndexKind index_kind(Metric metric) {
  return metric == Metric::kCosine ? IndexKind::kNormalized : IndexKind::kAsStored;
}

uint64_t EmbeddingIndex::row_at(uint64_t position) const {
  const auto found = std::ranges::lower_bound(rows_, position, {}, &Row::position);
  if (found == rows_.end() || found->position != position) return row_count();
  return static_cast<uint64_t>(found - rows_.begin());
}

uint64_t EmbeddingIndex::memory_bytes() const {
  return table_.memory_bytes() + rows_.size() * sizeof(Row);
}

}  // namespace dam
