// Copies of bytes that live until the arena goes, each at a multiple of 8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"

namespace dam {

class ByteArena {
 public:
  Bytes keep(Bytes bytes);

 private:
  std::vector<std::unique_ptr<uint64_t[]>> blocks_;
  uint8_t* free_ = nullptr;
  size_t free_size_ = 0;
};

}  // namespace dam
