// What every checksum of an array starts from: its uuid and generation, then the place of the
// bytes.
//
// Bytes that were copied from another array, another generation or another offset therefore fail
// their checksum even when they are whole.
#pragma once

#include <cstdint>

#include "base/crc32c.h"
#include "format/superblock.h"

namespace dam {

class CheckSeed {
 public:
  CheckSeed() = default;
  explicit CheckSeed(const Superblock& superblock) {
    base_ = crc32c(0, superblock.uuid.data(), superblock.uuid.size());
    base_ = crc32c(base_, &superblock.generation, sizeof superblock.generation);
  }

  // Of an array whose superblocks are lost, once salvage has found it.
  static CheckSeed from_start(uint32_t start) {
    CheckSeed seed;
    seed.base_ = start;
    return seed;
  }

  uint32_t start() const { return base_; }
  // The seed of bytes at `place`: a body offset, a slot, or the number of a commit point.
  uint32_t at(uint64_t place) const { return crc32c(base_, &place, sizeof place); }

 private:
  uint32_t base_ = 0;
};

}  // namespace dam
