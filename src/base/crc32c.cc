#include "base/crc32c.h"

#include <array>

#include "base/bytes.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace dam {
namespace {

constexpr uint32_t kPolynomial = 0x82F63B78;  // Castagnoli, reflected

using Table = std::array<uint32_t, 256>;

constexpr std::array<Table, 8> make_slicing_tables() {
  std::array<Table, 8> tables{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? kPolynomial : 0);
    tables[0][i] = crc;
  }
  for (size_t t = 1; t < 8; ++t)
    for (size_t i = 0; i < 256; ++i)
      tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFF];
  return tables;
}

constexpr std::array<Table, 8> kSlicing = make_slicing_tables();

// Multiplying a checksum by x^(8 * kStride): what kStride zero bytes behind it would make of it.
constexpr size_t kStride = 256;

constexpr uint32_t shift_by_stride(uint32_t crc) {
  for (size_t zero = 0; zero < kStride; ++zero) crc = (crc >> 8) ^ kSlicing[0][crc & 0xFF];
  return crc;
}

// Why not shift all 1,024 entries: the shift is linear, and compilers limit the steps of a
// constant.
constexpr std::array<Table, 4> make_shift_tables() {
  std::array<Table, 4> tables{};
  for (size_t byte = 0; byte < 4; ++byte)
    for (uint32_t i = 1; i < 256; ++i) {
      const uint32_t rest = i & (i - 1);
      tables[byte][i] = rest == 0 ? shift_by_stride(i << (8 * byte))
                                  : tables[byte][rest] ^ tables[byte][i - rest];
    }
  return tables;
}

constexpr std::array<Table, 4> kShift = make_shift_tables();

[[maybe_unused]] uint32_t shift(uint32_t crc) {
  return kShift[0][crc & 0xFF] ^ kShift[1][(crc >> 8) & 0xFF] ^ kShift[2][(crc >> 16) & 0xFF] ^
         kShift[3][crc >> 24];
}

#if defined(__x86_64__)
#define DAM_CRC_TARGET [[gnu::target("sse4.2")]]
DAM_CRC_TARGET inline uint32_t step8(uint32_t crc, const uint8_t* p) {
  return static_cast<uint32_t>(_mm_crc32_u64(crc, load<uint64_t>(p)));
}
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) {
  return _mm_crc32_u8(crc, *p);
}
bool has_instruction() noexcept { return __builtin_cpu_supports("sse4.2"); }
#elif defined(__aarch64__)
#define DAM_CRC_TARGET [[gnu::target("+crc")]]
DAM_CRC_TARGET inline uint32_t step8(uint32_t crc, const uint8_t* p) {
  return __crc32cd(crc, load<uint64_t>(p));
}
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) { return __crc32cb(crc, *p); }
bool has_instruction() noexcept { return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0; }
#endif

#ifdef DAM_CRC_TARGET
DAM_CRC_TARGET uint32_t crc32c_by_instruction(uint32_t seed, const void* data, size_t size) {
  const auto* p = static_cast<const uint8_t*>(data);
  uint32_t crc = ~seed;
  // Why three: the instruction takes three cycles and a new one can start in each.
  for (; size >= 3 * kStride; size -= 3 * kStride, p += 3 * kStride) {
    uint32_t second = 0;
    uint32_t third = 0;
    for (size_t i = 0; i < kStride; i += 8) {
      crc = step8(crc, p + i);
      second = step8(second, p + kStride + i);
      third = step8(third, p + 2 * kStride + i);
    }
    crc = shift(shift(crc) ^ second) ^ third;
  }
  for (; size >= 8; size -= 8, p += 8) crc = step8(crc, p);
  for (; size > 0; --size, ++p) crc = step1(crc, p);
  return ~crc;
}

const auto kChosen = has_instruction() ? crc32c_by_instruction : crc32c_by_table;
#else
constexpr auto kChosen = crc32c_by_table;
#endif

}  // namespace

uint32_t crc32c(uint32_t seed, const void* data, size_t size) { return kChosen(seed, data, size); }

uint32_t crc32c_by_table(uint32_t seed, const void* data, size_t size) {
  const auto* p = static_cast<const uint8_t*>(data);
  uint32_t crc = ~seed;
  for (; size >= 8; size -= 8, p += 8) {
    const uint64_t word = load<uint64_t>(p) ^ crc;
    crc = 0;
    for (size_t i = 0; i < 8; ++i) crc ^= kSlicing[7 - i][(word >> (8 * i)) & 0xFF];
  }
  for (; size > 0; --size, ++p) crc = (crc >> 8) ^ kSlicing[0][(crc ^ *p) & 0xFF];
  return ~crc;
}

}  // namespace dam
