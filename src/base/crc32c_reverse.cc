#include "base/crc32c_reverse.h"

#include <array>

#include "base/crc32c_table.h"

namespace dam {
namespace {

constexpr CrcTable kForward = make_crc_table();

// No two entries of the table share their top byte.
constexpr std::array<uint8_t, 256> make_index_of_top() {
  std::array<uint8_t, 256> index{};
  for (uint32_t i = 0; i < 256; ++i) index[kForward[i] >> 24] = static_cast<uint8_t>(i);
  return index;
}

constexpr auto kIndexOfTop = make_index_of_top();

}  // namespace

uint32_t crc32c_seed_of(uint32_t checksum, const void* data, size_t size) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  uint32_t crc = ~checksum;
  while (size-- > 0) {
    const uint32_t index = kIndexOfTop[crc >> 24];
    crc = ((crc ^ kForward[index]) << 8) | (index ^ bytes[size]);
  }
  return ~crc;
}

}  // namespace dam
