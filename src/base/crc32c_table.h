// What both directions of CRC-32C stand on: the polynomial, and what it makes of each byte.
#pragma once

#include <array>
#include <cstdint>

namespace dam {

inline constexpr uint32_t kCrcPolynomial = 0x82F63B78;  // Castagnoli, reflected

using CrcTable = std::array<uint32_t, 256>;

constexpr CrcTable make_crc_table() {
  CrcTable table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? kCrcPolynomial : 0);
    table[i] = crc;
  }
  return table;
}

}  // namespace dam
