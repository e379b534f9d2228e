// How much the benchmarks of stores do, and which documents there are to ask for. All of their
// programs share it: each works on what the one before left.
#ifndef BENCH_SCALE_H_
#define BENCH_SCALE_H_

#include <cstddef>

#include "document_maker.h"

namespace bench {

constexpr size_t kDocumentSize = 1024;

struct Scale {
  int64_t documents = 1000000;
  int64_t repetitions = 5;
  int64_t long_repetitions = 3;  // of what takes seconds
  int64_t gets = 128000;
  int64_t commits = 20000;
  int64_t durable_commits = 200;
  int64_t deletes = 20000;
  int64_t opens = 50;
  int64_t tail_commits = 50000;  // about 55 MB, just below a checkpoint
  int64_t pruned = 20000;        // deleted before each prune
  int64_t cold_gets = 2000;
  int64_t side_by_side_ms = 1000;
};

// To see that it works; the figures mean little.
Scale quick_scale();

// Prime, so that its multiples visit every document before any comes again.
inline int64_t nth_deleted(const Scale& scale, int64_t n) { return n * 700001 % scale.documents; }

inline int64_t first_pruned(const Scale& scale) { return scale.deletes * scale.repetitions; }

// A document that was loaded and that no benchmark deletes.
inline int64_t surviving_document(const Scale& scale, RandomNumbers* random) {
  const int64_t deleted = first_pruned(scale) + scale.pruned * scale.long_repetitions;
  return nth_deleted(scale, deleted + random->below(scale.documents - deleted));
}

}  // namespace bench

#endif  // BENCH_SCALE_H_
