// Round to nearest, subnormals kept: what the reference distance needs of a thread.
//
// Hosts change both, and so do libraries that are loaded beside us. A StrictFloat sets them for the
// thread it lives in and gives back what it found.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace dam {

class StrictFloat {
 public:
#if defined(__x86_64__)
  StrictFloat() : found_(_mm_getcsr()) { _mm_setcsr(found_ & ~kChanged); }
  ~StrictFloat() { _mm_setcsr(found_); }
#elif defined(__aarch64__)
  StrictFloat() : found_(control()) { set_control(found_ & ~kChanged); }
  ~StrictFloat() { set_control(found_); }
#else
#error "the floating point control of this processor is not known"
#endif
  StrictFloat(const StrictFloat&) = delete;
  StrictFloat& operator=(const StrictFloat&) = delete;

 private:
#if defined(__x86_64__)
  // Flush to zero, rounding, subnormals are zero.
  static constexpr uint32_t kChanged = 1U << 15 | 3U << 13 | 1U << 6;
  const uint32_t found_;
#else
  // Flush to zero of float and double, and of half; rounding.
  static constexpr uint64_t kChanged = uint64_t{1} << 24 | uint64_t{1} << 19 | uint64_t{3} << 22;
  static uint64_t control() {
    uint64_t value;
    asm volatile("mrs %0, fpcr" : "=r"(value));
    return value;
  }
  static void set_control(uint64_t value) { asm volatile("msr fpcr, %0" : : "r"(value)); }
  const uint64_t found_;
#endif
};

}  // namespace dam
