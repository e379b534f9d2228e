// A read-only window on a file, larger than the file, so that it grows without moving.
//
// Safety: bytes beyond the end of the file must not be touched (SIGBUS); callers bound every access
// by a published length. Never stored through.
#pragma once

#include <cstdint>

#include "platform/file.h"

namespace dam {

class Mapping {
 public:
  Mapping() = default;
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();

  // A window of `window_size` bytes, halved down to `least_size` where the address space is
  // limited.
  static Result<Mapping> map(const File& file, uint64_t window_size, uint64_t least_size);

  const uint8_t* data() const { return data_; }
  uint64_t size() const { return size_; }
  // Brings bytes into memory; IO where touching them would raise SIGBUS. What is cut off from the
  // file later raises it all the same. Does nothing before Linux 5.14.
  Status populate(uint64_t offset, uint64_t count) const;
  // Tells the system that reads will come in no order, so that it reads no neighbours ahead.
  void expect_random_reads() const;

 private:
  const uint8_t* data_ = nullptr;
  uint64_t size_ = 0;
};

}  // namespace dam
