// Shared by the tests of the format: seeds, hexadecimal, and every single-bit flip of some bytes.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "format/check_seed.h"
#include "unit/cmocka_cpp.h"

namespace dam::test {

inline Superblock sample_superblock(uint8_t first = 1, uint64_t generation = 1) {
  Superblock superblock;
  for (size_t i = 0; i < superblock.uuid.size(); ++i)
    superblock.uuid[i] = static_cast<uint8_t>(first + i);
  superblock.generation = generation;
  for (size_t i = 0; i < superblock.hash_key.size(); ++i)
    superblock.hash_key[i] = static_cast<uint8_t>(0xF0 + i);
  return superblock;
}

inline CheckSeed sample_seed(uint8_t first = 1, uint64_t generation = 1) {
  return CheckSeed(sample_superblock(first, generation));
}

// Two digits a byte, eight bytes a group, trailing zero groups left out.
inline std::string hex_of(const uint8_t* bytes, size_t size) {
  std::string text;
  std::string zeros;
  for (size_t i = 0; i < size; ++i) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02x%s", bytes[i], i % 8 == 7 ? " " : "");
    zeros += digits;
    if (bytes[i] == 0) continue;
    text += zeros;
    zeros.clear();
  }
  return text;
}

// Calls visit(flipped bytes, bit) with each bit of `bytes` in turn flipped.
template <typename Visit>
void for_each_flip(std::vector<uint8_t> bytes, Visit&& visit) {
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= static_cast<uint8_t>(1U << (bit % 8));
    visit(static_cast<const std::vector<uint8_t>&>(bytes), bit);
    bytes[bit / 8] ^= static_cast<uint8_t>(1U << (bit % 8));
  }
}

}  // namespace dam::test
