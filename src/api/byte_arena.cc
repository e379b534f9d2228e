#include "api/byte_arena.h"

#include <algorithm>
#include <cstring>

namespace dam {
namespace {

constexpr size_t kLeastBlock = size_t{4} << 10;
constexpr size_t kMostBlock = size_t{1} << 20;
constexpr size_t kBlocksBeforeMost = 8;

// Blocks double, so that a small batch stays small and a large one takes few.
size_t next_block_size(size_t block_count) {
  return block_count >= kBlocksBeforeMost ? kMostBlock : kLeastBlock << block_count;
}

}  // namespace

Bytes ByteArena::keep(Bytes bytes) {
  const size_t size = round_up(bytes.size(), 8);
  if (size > free_size_) {
    const size_t block_size = std::max(size, next_block_size(blocks_.size()));
    blocks_.push_back(std::make_unique_for_overwrite<uint64_t[]>(block_size / 8));
    free_ = reinterpret_cast<uint8_t*>(blocks_.back().get());
    free_size_ = block_size;
  }
  uint8_t* const copy = free_;
  std::copy(bytes.begin(), bytes.end(), copy);
  free_ += size;
  free_size_ -= size;
  return Bytes(copy, bytes.size());
}

}  // namespace dam
