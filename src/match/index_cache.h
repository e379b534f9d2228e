// The embedding indexes of one array: those of the views that were matched last.
//
// An index costs more than some scans, so a view gets one once it was asked enough queries.
// Threads: any number; while one makes an index, others do without it and wait for nobody.
#pragma once

#include <memory>
#include <mutex>

#include "match/embedding_index.h"

namespace dam {

class IndexCache {
 public:
  struct Wanted {
    EmbeddingIndex::Request index;
    uint64_t queries = 0;  // of this match
  };

  // The index of the view; nullptr as long as it is not worth one, and where none can be made.
  Result<std::shared_ptr<const EmbeddingIndex>> find(const View& view, const Wanted& wanted);

  uint64_t memory_bytes() const;

  // As many queries of one view are worth an index.
  static constexpr uint64_t kWorthQueries = 8;

 private:
  struct Entry {
    uint64_t generation = 0;
    uint64_t revision = 0;
    uint64_t dim = 0;
    uint64_t queries = 0;
    bool is_begun = false;  // to be made; it stays so where none can be made
    std::shared_ptr<const EmbeddingIndex> index;

    bool is_of(const View& view, const Wanted& wanted) const {
      return generation == view.generation() && revision == view.revision() &&
             dim == wanted.index.dim;
    }
  };

  static bool note(const View& view, const Wanted& wanted, Entry& entry);

  mutable std::mutex mutex_;  // never held while an index is made
  Entry entries_[2];          // by IndexKind
};

}  // namespace dam
