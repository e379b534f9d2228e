// The persisted part of the id index: one file of 64-byte buckets, read from the map.
//
//   page 0, page 1  two header slots, written by turns: the valid one of the greater sequence
//   counts then buckets    7 x { 24-bit fingerprint, 40-bit slot } | mark and count u32 | crc32c
//   u32
//
// The top bits of a hash name its home bucket, the low 24 are its fingerprint; a search goes on to
// the next bucket while the one it looked at is full. The buckets beyond the last home are padding,
// so that it never wraps, and the last of all is never full. Invariant: no entry ever moves or
// goes, so any mixture of older and newer pages still leads to every entry a stamp covers.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/status.h"
#include "index/id_entry.h"
#include "platform/file.h"
#include "platform/mapping.h"

namespace dam {

// Why no alignas: files align buckets, and the address sanitizer of gcc 12 misplaces over-aligned
// variables on its own stack (its bug 110027).
struct IdBucket {
  static constexpr uint32_t kEntries = 7;
  static constexpr unsigned kSlotBits = 40;
  static constexpr uint32_t kMark = 0x64690000;  // so that no valid bucket is all zeros

  std::array<uint64_t, kEntries> entries{};
  uint32_t mark_count = kMark;
  uint32_t crc = 0;

  static uint64_t entry_of(uint64_t hash, uint64_t slot) { return hash << kSlotBits | slot; }
  static uint64_t slot_of(uint64_t entry) { return entry & ((uint64_t{1} << kSlotBits) - 1); }
  uint32_t count() const { return mark_count - kMark; }
  bool is_full() const { return count() == kEntries; }
  // The checksum binds a bucket to its table (`seed`) and its place.
  uint32_t checksum(uint32_t seed, uint64_t number) const;
  bool checks(uint32_t seed, uint64_t number) const;
};
static_assert(sizeof(IdBucket) == 64);

// What both header slots say, and what a new table is made with.
struct IdTableHeader {
  IdStamp stamp;
  unsigned home_bits = 0;     // there are 2^home_bits home buckets
  uint64_t bucket_count = 0;  // with the padding; a multiple of 64
  uint64_t entry_count = 0;   // decides when to grow; exact after growth, else near
  uint64_t sequence = 0;

  uint64_t home_of(uint64_t hash) const { return hash >> (64 - home_bits); }
  // Of all checksums of buckets.
  uint32_t seed() const;
};

// Read by any thread; write_page and commit belong to the one that folds.
class IdTable {
 public:
  static constexpr uint64_t kPageSize = 4096;
  static constexpr uint64_t kHeaderSize = 2 * kPageSize;
  static constexpr uint64_t kBucketsPerPage = kPageSize / sizeof(IdBucket);
  static constexpr unsigned kLeastHomeBits = 6;
  static constexpr unsigned kMostHomeBits = 36;

  // CORRUPT when the file must be discarded, NOT_FOUND when there is none.
  static Result<std::shared_ptr<IdTable>> open(const std::string& path, Access access,
                                               bool reads_safely = false);
  static void encode_header(const IdTableHeader& header, MutableBytes slot);
  static constexpr size_t kHeaderSlotSize = 512;

  const std::string& path() const { return file_.path(); }
  const File& file() const { return file_; }
  uint64_t size_bytes() const { return kHeaderSize + header_.bucket_count * sizeof(IdBucket); }
  const IdTableHeader& header() const { return header_; }
  // The header as the file has it now: a writer in another process may have moved it on.
  Result<IdTableHeader> read_header() const;

  template <typename Visit>
  IdSearch find(uint64_t hash, Visit&& visit) const;
  void prefetch(uint64_t hash) const { __builtin_prefetch(bucket_at(header_.home_of(hash))); }
  // A verified copy of a bucket; false, and the table is marked damaged, when it cannot be had.
  bool read(uint64_t number, IdBucket& to) const;
  bool is_damaged() const { return damaged_.load(std::memory_order_relaxed); }
  void mark_damaged() const { damaged_.store(true, std::memory_order_relaxed); }

  Status write_page(uint64_t page, const IdBucket* buckets);
  // Durability: pages first, then the header that speaks for them. The stamp's uuid and generation
  // are the table's own, for its checksums are bound to them.
  Status commit(const IdStamp& stamp, uint64_t entry_count);

 private:
  IdTable() = default;
  const uint8_t* bucket_at(uint64_t number) const {
    return mapping_.data() + kHeaderSize + number * sizeof(IdBucket);
  }
  bool copy(uint64_t number, IdBucket& to) const;

  File file_;
  Mapping mapping_;
  IdTableHeader header_;
  uint32_t seed_ = 0;
  bool reads_safely_ = false;
  mutable std::atomic<bool> damaged_{false};
};

template <typename Visit>
IdSearch IdTable::find(uint64_t hash, Visit&& visit) const {
  const uint64_t fingerprint = hash << IdBucket::kSlotBits;
  IdBucket bucket;
  for (uint64_t number = header_.home_of(hash); number < header_.bucket_count; ++number) {
    if (!read(number, bucket)) return IdSearch::kDamaged;
    for (uint32_t i = 0; i < bucket.count(); ++i) {
      const uint64_t slot = bucket.entries[i] ^ fingerprint;
      if (slot < IdEntry::kSlotLimit && visit(slot)) return IdSearch::kStopped;
    }
    if (!bucket.is_full()) return IdSearch::kExhausted;
  }
  mark_damaged();
  return IdSearch::kDamaged;
}

}  // namespace dam
