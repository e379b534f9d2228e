// How the processor rounds in the calling thread, read and set without the mathematics library.
// A mode is one of FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO of <cfenv>.
#pragma once

#include <cfenv>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dam {

inline constexpr uint32_t kRoundingModes = FE_TONEAREST | FE_DOWNWARD | FE_UPWARD | FE_TOWARDZERO;

#if defined(__x86_64__)

// The x87 control word holds the mode in the bits of the FE_ values, MXCSR three bits above them.
inline constexpr int kMxcsrShift = 3;

inline uint32_t rounding_mode() { return (_mm_getcsr() >> kMxcsrShift) & kRoundingModes; }

inline void set_rounding_mode(uint32_t mode) {
  uint16_t control = 0;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  control = static_cast<uint16_t>((control & ~kRoundingModes) | mode);
  __asm__ volatile("fldcw %0" : : "m"(control));
  _mm_setcsr((_mm_getcsr() & ~(kRoundingModes << kMxcsrShift)) | (mode << kMxcsrShift));
}

#elif defined(__aarch64__)

inline uint64_t floating_point_control() {
  uint64_t control = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  return control;
}

inline uint32_t rounding_mode() {
  return static_cast<uint32_t>(floating_point_control()) & kRoundingModes;
}

inline void set_rounding_mode(uint32_t mode) {
  const uint64_t control = (floating_point_control() & ~uint64_t{kRoundingModes}) | mode;
  __asm__ volatile("msr fpcr, %0" : : "r"(control));
}

#endif

}  // namespace dam
