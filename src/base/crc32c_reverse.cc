#include "base/crc32c_reverse.h"

#include <array>

namespace dam {
namespace {

struct Tables {
  std::array<uint32_t, 256> forward{};
  std::array<uint8_t, 256> index_of_top{};  // no two entries of `forward` share their top byte
};

constexpr Tables make_tables() {
  constexpr uint32_t kPolynomial = 0x82F63B78;
  Tables tables;
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? kPolynomial : 0);
    tables.forward[i] = crc;
    tables.index_of_top[crc >> 24] = static_cast<uint8_t>(i);
  }
  return tables;
}

constexpr Tables kTables = make_tables();

}  // namespace

uint32_t crc32c_seed_of(uint32_t checksum, const void* data, size_t size) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  uint32_t crc = ~checksum;
  while (size-- > 0) {
    const uint32_t index = kTables.index_of_top[crc >> 24];
    crc = ((crc ^ kTables.forward[index]) << 8) | (index ^ bytes[size]);
  }
  return ~crc;
}

}  // namespace dam
