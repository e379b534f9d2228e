#include "index/id_table_growth.h"

#include <utility>
#include <vector>

#include "index/id_spill.h"

namespace dam {
namespace {

constexpr uint64_t kChunkBuckets = 16384;  // 1 MiB

// One stretch of the old table. It begins behind a bucket that is not full and ends with one, so no
// run crosses its ends, and its entries have their homes inside it.
class Chunk {
 public:
  Chunk(const IdTable& from, const HashesOf& hashes_of) : from_(from), hashes_of_(hashes_of) {}

  Status take(const IdBucket& bucket, uint64_t number) {
    for (uint32_t i = 0; i < bucket.count(); ++i) {
      const uint64_t entry = bucket.entries[i];
      const uint64_t slot = IdBucket::slot_of(entry);
      hashes_.clear();
      DAM_TRY(hashes_of_(slot, hashes_));
      for (const uint64_t hash : hashes_) {
        const uint64_t home = from_.header().home_of(hash);
        if (IdBucket::entry_of(hash, slot) == entry && home >= start_ && home <= number)
          pairs_.push_back({hash, slot});
      }
    }
    return {};
  }

  bool may_end_with(const IdBucket& bucket, uint64_t number) const {
    return !bucket.is_full() && number + 1 - start_ >= kChunkBuckets;
  }

  Status hand_over(IdTableBuilder& to, uint64_t next_start) {
    DAM_TRY(add_sorted(pairs_, to));
    pairs_.clear();
    start_ = next_start;
    return {};
  }

 private:
  const IdTable& from_;
  const HashesOf& hashes_of_;
  uint64_t start_ = 0;
  std::vector<uint64_t> hashes_;
  std::vector<IdSpill::Pair> pairs_;
};

}  // namespace

Status copy_entries(const IdTable& from, const HashesOf& hashes_of, IdTableBuilder& to) {
  Chunk chunk(from, hashes_of);
  const uint64_t end = from.header().bucket_count;
  IdBucket bucket;
  for (uint64_t number = 0; number < end; ++number) {
    if (!from.read(number, bucket))
      return Status::error(Code::kCorrupt, "bucket %llu of %s differs from its checksum",
                           static_cast<unsigned long long>(number), from.path().c_str());
    DAM_TRY(chunk.take(bucket, number));
    if (chunk.may_end_with(bucket, number)) DAM_TRY(chunk.hand_over(to, number + 1));
  }
  return chunk.hand_over(to, end);
}

}  // namespace dam
