#include "match/index_cache.h"

namespace dam {

Result<std::shared_ptr<const EmbeddingIndex>> IndexCache::find(const View& view,
                                                               const Wanted& wanted) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_[static_cast<size_t>(wanted.index.kind)];
  const bool is_same = entry.generation == view.generation() && entry.revision == view.revision() &&
                       entry.dim == wanted.index.dim;
  if (!is_same) {
    entry = {};
    entry.generation = view.generation();
    entry.revision = view.revision();
    entry.dim = wanted.index.dim;
  }
  entry.queries += wanted.queries;
  if (entry.was_made || entry.queries < kWorthQueries) return entry.index;
  DAM_ASSIGN(entry.index, EmbeddingIndex::build(view, wanted.index));
  entry.was_made = true;
  return entry.index;
}

uint64_t IndexCache::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  uint64_t bytes = 0;
  for (const Entry& entry : entries_) {
    if (entry.index) bytes += entry.index->memory_bytes();
  }
  return bytes;
}

}  // namespace dam
