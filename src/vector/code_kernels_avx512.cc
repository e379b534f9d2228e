// Kernels for AVX-512 with its instructions for dot products of bytes (VNNI).
#include "vector/code_kernels_sets.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(                                                          \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,prefer-vector-width=512")
#endif

namespace dam {
namespace avx512 {

#include "vector/code_kernels_body.h"

// Four groups at once: the sums of one would wait for one another.
constexpr uint64_t kTogether = 4;

void dots_of_four(const uint8_t* codes, const int8_t* query, uint64_t components, int32_t* out) {
  const uint64_t group_bytes = components * kGroupRows;
  __m512i sums[kTogether] = {};
  for (uint64_t j = 0; j < components; j += kGroupComponents) {
    int32_t four;
    __builtin_memcpy(&four, query + j, sizeof four);
    const __m512i bytes = _mm512_set1_epi32(four);
    for (uint64_t group = 0; group < kTogether; group++) {
      const __m512i rows = _mm512_loadu_si512(codes + group * group_bytes + j * kGroupRows);
      sums[group] = _mm512_dpbusd_epi32(sums[group], rows, bytes);
    }
  }
  for (uint64_t group = 0; group < kTogether; group++)
    _mm512_storeu_si512(out + group * kGroupRows, sums[group]);
}

void dots_of_one(const uint8_t* codes, const int8_t* query, uint64_t components, int32_t* out) {
  __m512i sums = {};
  for (uint64_t j = 0; j < components; j += kGroupComponents) {
    int32_t four;
    __builtin_memcpy(&four, query + j, sizeof four);
    const __m512i rows = _mm512_loadu_si512(codes + j * kGroupRows);
    sums = _mm512_dpbusd_epi32(sums, rows, _mm512_set1_epi32(four));
  }
  _mm512_storeu_si512(out, sums);
}

void dots(const CodeGroups& groups, const int8_t* query, int32_t* out) {
  const uint64_t group_bytes = groups.components * kGroupRows;
  uint64_t group = 0;
  for (; group + kTogether <= groups.count; group += kTogether)
    dots_of_four(groups.codes + group * group_bytes, query, groups.components,
                 out + group * kGroupRows);
  for (; group < groups.count; group++)
    dots_of_one(groups.codes + group * group_bytes, query, groups.components,
                out + group * kGroupRows);
}

void keys(const RowBounds& rows, const QueryBounds& query, const int32_t* dots, double* out) {
  keys_of_rows(rows, query, dots, out);
}

void rotate(const float* const* rows, const float* panel, uint64_t length, float* const* out) {
  rotate_rows(rows, panel, length, out);
}

}  // namespace avx512

const CodeKernels kAvx512Kernels = {"avx512", avx512::dots, avx512::keys, avx512::rotate};

}  // namespace dam

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
