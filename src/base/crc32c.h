// CRC-32C (Castagnoli), the checksum of every byte libdam stores.
//
// crc32c(crc32c(0, a), b) == crc32c(0, ab): a seed is the checksum of what comes before. Any single
// burst of at most 32 bits is detected, which is why this and not a truncated hash guards frames.
// Three interleaved streams of the CPU's own instruction (SSE 4.2, ARMv8 CRC) where it has one,
// tables otherwise; all give the same number.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dam {

uint32_t crc32c(uint32_t seed, const void* data, size_t size);

// crc32c of five little-endian words and half a one, in the few instructions that those take: what
// each look at a header entry costs.
struct CrcWords {
  uint64_t words[5];
  uint32_t last;
};
uint32_t crc32c(uint32_t seed, const CrcWords& data);

// The portable form, for tests to compare with.
uint32_t crc32c_by_table(uint32_t seed, const void* data, size_t size);

}  // namespace dam
