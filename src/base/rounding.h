// Rounding without the mathematics library: a self-contained libdam.so links libc alone.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace dam {

// The nearest integer, of two equally near ones the even one. Beyond 2^52 a double is an integer;
// below, adding 2^52 leaves no room for a fraction. Rounds as the processor is told to, which is to
// nearest unless a host changed it.
inline double to_nearest_even(double value) {
  constexpr double kIntegersOnly = 0x1p52;
  if (!(std::fabs(value) < kIntegersOnly)) return value;
  const double shift = std::copysign(kIntegersOnly, value);
  return std::copysign((value + shift) - shift, value);
}

// The power of two that a positive finite number begins with.
inline int binary_exponent(double magnitude) {
  int exponent = 0;
  static_cast<void>(std::frexp(magnitude, &exponent));
  return exponent - 1;
}

// The next float above a positive finite one.
inline float next_above(float value) {
  return std::bit_cast<float>(std::bit_cast<uint32_t>(value) + 1);
}

}  // namespace dam
