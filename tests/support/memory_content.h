// The content of one in-memory file, and what of it would outlive a power cut.
//
// The bytes are those of the page cache: what every process sees. Beside them stands, in the order
// of writing, what the disk may not have yet: each part of a write that lies in one 512-byte sector
// is a Patch that remembers the bytes it replaced. Taking patches back, last first, leads from what
// is seen to what is durable; a sync forgets them. A sector on the disk holds the state after some
// prefix of its patches, each sector independently of the others. Sizes are pending likewise.
//
// A sync may also fail as Linux does: the pages count as clean from then on although the disk never
// took them. Such patches stay pending through later syncs until their page is written again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/memory_arena.h"

namespace dam::test {

class MemoryContent {
 public:
  static constexpr uint64_t kSector = 512;
  static constexpr uint64_t kPage = 4096;

  struct Patch {
    uint64_t offset;
    uint64_t order;  // of all changes to the file system, for cuts in time
    size_t former;   // where the replaced bytes stand in former_bytes()
    uint32_t size;
    bool forsaken;  // a failed sync declared it clean

    uint64_t sector() const { return offset / kSector; }
    uint64_t page() const { return offset / kPage; }
  };
  struct PendingSize {
    uint64_t size;
    uint64_t order;
  };

  MemoryContent() = default;

  uint64_t size() const { return size_; }
  uint64_t durable_size() const { return durable_size_; }
  const std::vector<PendingSize>& pending_sizes() const { return sizes_; }
  const std::vector<Patch>& patches() const { return patches_; }
  ArenaSlot& slot() { return slot_; }
  const uint8_t* data() const { return slot_.data(); }

  size_t read(uint64_t offset, std::span<uint8_t> to) const;
  // The caller has checked that the end fits into the slot.
  void write(uint64_t offset, std::span<const uint8_t> from, uint64_t order);
  void resize(uint64_t size, uint64_t order);

  void sync();
  void fail_sync();
  // What memory pressure does after a failed sync: clean pages are read again from the disk.
  void evict_forsaken();

  // Makes this (fresh) content what `other` shows, pending changes included.
  void copy_from(const MemoryContent& other);
  // Makes this (fresh) content one state the disk may hold: `size`, and the patches with a true in
  // `kept`; nothing is pending afterwards.
  void survive(const MemoryContent& other, uint64_t size, const std::vector<bool>& kept);

 private:
  void replace(uint64_t offset, std::span<const uint8_t> from, uint64_t order);
  void take_back(const MemoryContent& source, const Patch& patch);
  void clear_beyond(uint64_t size);

  ArenaSlot slot_;
  uint64_t size_ = 0;
  uint64_t durable_size_ = 0;
  std::vector<PendingSize> sizes_;
  std::vector<Patch> patches_;
  std::vector<uint8_t> former_bytes_;
  bool has_forsaken_ = false;
};

}  // namespace dam::test
