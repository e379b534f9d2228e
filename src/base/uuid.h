// UUIDs of version 7 (RFC 9562): identifiers that sort by the time they were made.
//
// Pure arithmetic: the caller brings the time and the randomness. What one sequence gives ascends
// strictly, also within a millisecond and when the clock steps back. Threads: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dam {

class UuidSequence {
 public:
  static constexpr size_t kRandomBytes = 10;
  using Text = std::array<char, 36>;  // canonical, lower case, without a NUL

  Text next(int64_t unix_ms, std::span<const uint8_t, kRandomBytes> random);

 private:
  // The 122 bits that are not version and variant, as one number: 48 of time, 12 and 62 of chance.
  uint64_t high_ = 0;
  uint64_t low_ = 0;
};

}  // namespace dam
