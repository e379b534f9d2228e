// Kernels for AVX2 with FMA.
//
// Why not vpmaddubsw for the dots: it saturates at 16 bits, which two full codes exceed.
#include "vector/code_kernels_sets.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

namespace dam {
namespace avx2 {

#include "vector/code_kernels_body.h"

void dots_of_group(const uint8_t* codes, const int8_t* query, uint64_t components, int32_t* out) {
  const __m256i zero = _mm256_setzero_si256();
  __m256i sums[4] = {zero, zero, zero, zero};  // two sums for each of four rows
  for (uint64_t j = 0; j < components; j += kGroupComponents) {
    int32_t four;
    __builtin_memcpy(&four, query + j, sizeof four);
    const __m256i wide = _mm256_cvtepi8_epi16(_mm_set1_epi32(four));
    for (int part = 0; part < 4; part++) {
      const __m128i rows = _mm_loadu_si128(reinterpret_cast<const __m128i*>(
          codes + j * kGroupRows + 16 * static_cast<size_t>(part)));
      sums[part] =
          _mm256_add_epi32(sums[part], _mm256_madd_epi16(_mm256_cvtepu8_epi16(rows), wide));
    }
  }
  for (int part = 0; part < 4; part++) {
    alignas(32) int32_t halves[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(halves), sums[part]);
    for (int row = 0; row < 4; row++) out[4 * part + row] = halves[2 * row] + halves[2 * row + 1];
  }
}

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

}  // namespace avx2

const CodeKernels kAvx2Kernels = {"avx2", avx2::dots, avx2::keys, avx2::rotate};

}  // namespace dam

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
