// The scale that keeps the squares of a tiny vector from vanishing.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace dam {

// Below this magnitude a vector is multiplied by 2^600 before its norm is taken: exact, as is every
// multiplication by a power of two that makes nothing subnormal.
inline constexpr double kLeastSquared = 0x1p-400;
inline constexpr double kTinyScale = 0x1p600;

inline double greatest_magnitude(std::span<const double> values) {
  double greatest = 0;
  for (const double value : values) greatest = std::max(greatest, std::abs(value));
  return greatest;
}

// True if all components are zero; tiny ones are scaled.
inline bool scale_tiny(std::span<double> values) {
  const double greatest = greatest_magnitude(values);
  if (greatest == 0) return true;
  if (greatest < kLeastSquared) {
    for (double& value : values) value *= kTinyScale;
  }
  return false;
}

}  // namespace dam
