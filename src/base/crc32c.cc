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

// Interleaved streams are joined by multiplying a checksum by x^(8 * stride): what `stride` zero
// bytes behind it would make of it. Long strides for the bulk, short ones for what is left.
constexpr size_t kLongStride = 256;
constexpr size_t kShortStride = 64;
using ShiftTables = std::array<Table, 4>;

constexpr uint32_t shift_by_zeros(uint32_t crc, size_t zeros) {
  for (size_t zero = 0; zero < zeros; ++zero) crc = (crc >> 8) ^ kSlicing[0][crc & 0xFF];
  return crc;
}

// Why not shift all 1,024 entries: the shift is linear, and compilers limit the steps of a
// constant.
constexpr ShiftTables make_shift_tables(size_t stride) {
  ShiftTables tables{};
  for (size_t byte = 0; byte < 4; ++byte)
    for (uint32_t i = 1; i < 256; ++i) {
      const uint32_t rest = i & (i - 1);
      tables[byte][i] = rest == 0 ? shift_by_zeros(i << (8 * byte), stride)
                                  : tables[byte][rest] ^ tables[byte][i - rest];
    }
  return tables;
}

constexpr ShiftTables kLongShift = make_shift_tables(kLongStride);
constexpr ShiftTables kShortShift = make_shift_tables(kShortStride);

[[maybe_unused]] inline uint32_t shift(const ShiftTables& by, uint32_t crc) {
  return by[0][crc & 0xFF] ^ by[1][(crc >> 8) & 0xFF] ^ by[2][(crc >> 16) & 0xFF] ^
         by[3][crc >> 24];
}

#if defined(__x86_64__)
#define DAM_CRC_TARGET [[gnu::target("sse4.2")]]
DAM_CRC_TARGET inline uint32_t step8(uint32_t crc, const uint8_t* p) {
  return static_cast<uint32_t>(_mm_crc32_u64(crc, load<uint64_t>(p)));
}
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) {
  return _mm_crc32_u8(crc, *p);
}
DAM_CRC_TARGET inline uint32_t step_word(uint32_t crc, uint64_t word) {
  return static_cast<uint32_t>(_mm_crc32_u64(crc, word));
}
DAM_CRC_TARGET inline uint32_t step_half(uint32_t crc, uint32_t half) {
  return _mm_crc32_u32(crc, half);
}
bool has_instruction() noexcept { return __builtin_cpu_supports("sse4.2"); }
#elif defined(__aarch64__)
#define DAM_CRC_TARGET [[gnu::target("+crc")]]
DAM_CRC_TARGET inline uint32_t step8(uint32_t crc, const uint8_t* p) {
  return __crc32cd(crc, load<uint64_t>(p));
}
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) { return __crc32cb(crc, *p); }
DAM_CRC_TARGET inline uint32_t step_word(uint32_t crc, uint64_t word) {
  return __crc32cd(crc, word);
}
DAM_CRC_TARGET inline uint32_t step_half(uint32_t crc, uint32_t half) {
  return __crc32cw(crc, half);
}
bool has_instruction() noexcept { return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0; }
#endif

#ifdef DAM_CRC_TARGET
// Takes as many triples of `Stride` bytes as there are.
// Why three: the instruction takes three cycles and a new one can start in each.
template <size_t Stride>
DAM_CRC_TARGET inline uint32_t take_triples(const ShiftTables& by, uint32_t crc, const uint8_t*& p,
                                            size_t& size) {
  for (; size >= 3 * Stride; size -= 3 * Stride, p += 3 * Stride) {
    uint32_t second = 0;
    uint32_t third = 0;
    for (size_t i = 0; i < Stride; i += 8) {
      crc = step8(crc, p + i);
      second = step8(second, p + Stride + i);
      third = step8(third, p + 2 * Stride + i);
    }
    crc = shift(by, shift(by, crc) ^ second) ^ third;
  }
  return crc;
}

DAM_CRC_TARGET uint32_t crc32c_by_instruction(uint32_t seed, const void* data, size_t size) {
  const auto* p = static_cast<const uint8_t*>(data);
  uint32_t crc = ~seed;
  if (size >= 3 * kShortStride) {
    crc = take_triples<kLongStride>(kLongShift, crc, p, size);
    crc = take_triples<kShortStride>(kShortShift, crc, p, size);
  }
  for (; size >= 8; size -= 8, p += 8) crc = step8(crc, p);
  for (; size > 0; --size, ++p) crc = step1(crc, p);
  return ~crc;
}

const auto kChosen = has_instruction() ? crc32c_by_instruction : crc32c_by_table;
#else
constexpr auto kChosen = crc32c_by_table;
#endif

static_assert(offsetof(CrcWords, last) == sizeof(CrcWords::words));

uint32_t words_by_table(uint32_t seed, const CrcWords& data) {
  return crc32c_by_table(seed, &data, offsetof(CrcWords, last) + sizeof data.last);
}

#ifdef DAM_CRC_TARGET
DAM_CRC_TARGET uint32_t words_by_instruction(uint32_t seed, const CrcWords& data) {
  uint32_t crc = ~seed;
  for (const uint64_t word : data.words) crc = step_word(crc, word);
  return ~step_half(crc, data.last);
}

const auto kChosenForWords = has_instruction() ? words_by_instruction : words_by_table;
#else
constexpr auto kChosenForWords = words_by_table;
#endif

}  // namespace

uint32_t crc32c(uint32_t seed, const CrcWords& data) { return kChosenForWords(seed, data); }

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
