#include "base/crc32c.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/crc32c_table.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#include <wmmintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#include <arm_neon.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace dam {
namespace {

constexpr std::array<CrcTable, 8> make_slicing_tables() {
  std::array<CrcTable, 8> tables{make_crc_table()};
  for (size_t t = 1; t < 8; ++t)
    for (size_t i = 0; i < 256; ++i)
      tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFF];
  return tables;
}

constexpr std::array<CrcTable, 8> kSlicing = make_slicing_tables();

// Three interleaved streams are joined by multiplying the checksums of the first two by powers of
// x: what the zero bytes of the later streams behind them would make of them. The instruction
// itself multiplies a word by x^32, and a product of two reflected halves stands one place off,
// hence 33. Source: Gopal et al., Fast CRC Computation for iSCSI Polynomial Using CRC32 Instruction
// (2011).
constexpr size_t kMostWords = 128;   // of one stream
constexpr size_t kLeastBytes = 192;  // below, joining costs more than it saves

// x^(first) for one word a stream, times x^(more) for each word more, modulo the polynomial.
constexpr std::array<uint32_t, kMostWords + 1> make_powers(unsigned first, unsigned more) {
  std::array<uint32_t, kMostWords + 1> powers{};
  uint32_t power = 0x80000000;  // x^0
  unsigned steps = first;
  for (size_t words = 1; words <= kMostWords; ++words, steps = more) {
    for (; steps > 0; --steps) power = (power >> 1) ^ ((power & 1) ? kCrcPolynomial : 0);
    powers[words] = power;
  }
  return powers;
}

[[maybe_unused]] constexpr auto kPastOneStream = make_powers(64 - 33, 64);
[[maybe_unused]] constexpr auto kPastTwoStreams = make_powers(128 - 33, 128);

#if defined(__x86_64__)
#define DAM_CRC_TARGET [[gnu::target("sse4.2,pclmul")]]
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) {
  return _mm_crc32_u8(crc, *p);
}
DAM_CRC_TARGET inline uint32_t step_word(uint32_t crc, uint64_t word) {
  return static_cast<uint32_t>(_mm_crc32_u64(crc, word));
}
DAM_CRC_TARGET inline uint32_t step_half(uint32_t crc, uint32_t half) {
  return _mm_crc32_u32(crc, half);
}
DAM_CRC_TARGET inline uint64_t multiply(uint32_t a, uint32_t b) {
  const __m128i product = _mm_clmulepi64_si128(_mm_cvtsi32_si128(static_cast<int>(a)),
                                               _mm_cvtsi32_si128(static_cast<int>(b)), 0);
  return static_cast<uint64_t>(_mm_cvtsi128_si64(product));
}
bool has_instruction() noexcept {
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}
#elif defined(__aarch64__)
#define DAM_CRC_TARGET [[gnu::target("+crc+crypto")]]
DAM_CRC_TARGET inline uint32_t step1(uint32_t crc, const uint8_t* p) { return __crc32cb(crc, *p); }
DAM_CRC_TARGET inline uint32_t step_word(uint32_t crc, uint64_t word) {
  return __crc32cd(crc, word);
}
DAM_CRC_TARGET inline uint32_t step_half(uint32_t crc, uint32_t half) {
  return __crc32cw(crc, half);
}
DAM_CRC_TARGET inline uint64_t multiply(uint32_t a, uint32_t b) {
  return vgetq_lane_u64(vreinterpretq_u64_p128(vmull_p64(a, b)), 0);
}
bool has_instruction() noexcept {
  constexpr unsigned long kBoth = HWCAP_CRC32 | HWCAP_PMULL;
  return (getauxval(AT_HWCAP) & kBoth) == kBoth;
}
#endif

#ifdef DAM_CRC_TARGET
DAM_CRC_TARGET inline uint32_t step8(uint32_t crc, const uint8_t* p) {
  return step_word(crc, load<uint64_t>(p));
}

// Why three: the instruction takes three cycles and a new one can start in each.
DAM_CRC_TARGET inline uint32_t take_streams(uint32_t crc, const uint8_t* p, size_t words) {
  const size_t stride = 8 * words;
  uint32_t second = 0;
  uint32_t third = 0;
  for (const uint8_t* const end = p + stride; p != end; p += 8) {
    crc = step8(crc, p);
    second = step8(second, p + stride);
    third = step8(third, p + 2 * stride);
  }
  return third ^ step_word(0, multiply(crc, kPastTwoStreams[words]) ^
                                  multiply(second, kPastOneStream[words]));
}

DAM_CRC_TARGET uint32_t crc32c_by_instruction(uint32_t seed, const void* data, size_t size) {
  const auto* p = static_cast<const uint8_t*>(data);
  uint32_t crc = ~seed;
  while (size >= kLeastBytes) {
    const size_t words = std::min(size / 24, kMostWords);
    crc = take_streams(crc, p, words);
    p += 24 * words;
    size -= 24 * words;
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
