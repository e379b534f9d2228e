// Kernels for any processor; on x86 that is SSE2.
#include "vector/code_kernels_sets.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dam {
namespace portable {

#include "vector/code_kernels_body.h"

#if defined(__SSE2__)
// Two sums for each of two rows, from 4 components of each.
void add_products(__m128i codes, __m128i query, __m128i& sums) {
  sums = _mm_add_epi32(sums, _mm_madd_epi16(codes, query));
}

void dots_of_group(const uint8_t* codes, const int8_t* query, uint64_t components, int32_t* out) {
  const __m128i zero = _mm_setzero_si128();
  __m128i sums[8] = {zero, zero, zero, zero, zero, zero, zero, zero};
  for (uint64_t j = 0; j < components; j += kGroupComponents) {
    int32_t four;
    __builtin_memcpy(&four, query + j, sizeof four);
    const __m128i bytes = _mm_set1_epi32(four);
    // Each byte into the upper half of 16 bits, then down with its sign.
    const __m128i wide = _mm_srai_epi16(_mm_unpacklo_epi8(zero, bytes), 8);
    for (int part = 0; part < 4; part++) {
      const __m128i rows = _mm_loadu_si128(reinterpret_cast<const __m128i*>(
          codes + j * kGroupRows + 16 * static_cast<size_t>(part)));
      add_products(_mm_unpacklo_epi8(rows, zero), wide, sums[2 * part]);
      add_products(_mm_unpackhi_epi8(rows, zero), wide, sums[2 * part + 1]);
    }
  }
  for (int pair = 0; pair < 8; pair++) {
    alignas(16) int32_t halves[4];
    _mm_store_si128(reinterpret_cast<__m128i*>(halves), sums[pair]);
    out[2 * pair] = halves[0] + halves[1];
    out[2 * pair + 1] = halves[2] + halves[3];
  }
}
#else
void dots_of_group(const uint8_t* codes, const int8_t* query, uint64_t components, int32_t* out) {
  for (uint64_t r = 0; r < kGroupRows; r++) out[r] = 0;
  for (uint64_t j = 0; j < components; j++) {
    const uint8_t* column = codes + j / 4 * 64 + j % 4;
    for (uint64_t r = 0; r < kGroupRows; r++) out[r] += column[r * 4] * query[j];
  }
}
#endif

void dots(const CodeGroups& groups, const int8_t* query, int32_t* out) {
  for (uint64_t group = 0; group < groups.count; group++)
    dots_of_group(groups.codes + group * groups.components * kGroupRows, query, groups.components,
                  out + group * kGroupRows);
}

void keys(const RowBounds& rows, const QueryBounds& query, const int32_t* dots, double* out) {
  keys_of_rows(rows, query, dots, out);
}

void rotate(const float* const* rows, const float* panel, uint64_t length, float* const* out) {
  rotate_rows(rows, panel, length, out);
}

}  // namespace portable

const CodeKernels kPortableKernels = {"portable", portable::dots, portable::keys, portable::rotate};

}  // namespace dam
