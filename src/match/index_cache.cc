#include "match/index_cache.h"

namespace dam {

// Counts the queries; true if it is for the caller to make the index now.
bool IndexCache::note(const View& view, const Wanted& wanted, Entry& entry) {
  if (!entry.is_of(view, wanted)) {
    entry = {};
    entry.generation = view.generation();
    entry.revision = view.revision();
    entry.dim = wanted.index.dim;
  }
  entry.queries += wanted.queries;
  if (entry.is_begun || entry.queries < kWorthQueries) return false;
  entry.is_begun = true;
  return true;
}

Result<std::shared_ptr<const EmbeddingIndex>> IndexCache::find(const View& view,
                                                               const Wanted& wanted) {
  Entry& entry = entries_[static_cast<size_t>(wanted.index.kind)];
  {
    const std::lock_guard lock(mutex_);
    if (!note(view, wanted, entry)) return entry.index;
  }
  auto made = EmbeddingIndex::build(view, wanted.index);
  const std::lock_guard lock(mutex_);
  const bool is_wanted = entry.is_of(view, wanted);
  if (is_wanted && made.ok()) entry.index = made.value();
  if (is_wanted && !made.ok()) entry.is_begun = false;
  return made;
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
