// Every store of the comparison, for the programs that measure more than libdam.
#include "candidate.h"

namespace bench {

std::vector<std::unique_ptr<Candidate>> make_candidates() {
  std::vector<std::unique_ptr<Candidate>> all;
  for (const auto make : {make_libdam, make_lmdb, make_sqlite, make_rocksdb, make_leveldb})
    all.push_back(make());
  return all;
}

}  // namespace bench
