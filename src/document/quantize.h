// Floats as int8 with a scale and a zero point: numbers are (value - zero_point) * scale.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

#include "base/status.h"

namespace dam {

struct Quantization {
  float scale = 1;
  int32_t zero_point = 0;
};

// `out` has the size of `numbers`. The 256 steps reach from the smallest number to the greatest,
// and each number becomes the nearest, so that none is off by more than half a scale. Numbers that
// are all the same are kept exactly. kInvalidArgument for one that is not finite.
Result<Quantization> quantize(std::span<const float> numbers, std::span<int8_t> out);

// In double: the difference can need 33 bits. A step at the end of the range of Number may lie
// half a scale beyond it.
template <typename Number>
Number dequantized(int8_t value, const Quantization& by) {
  using Limits = std::numeric_limits<Number>;
  const double number =
      (static_cast<double>(value) - by.zero_point) * static_cast<double>(by.scale);
  return static_cast<Number>(std::clamp(number, static_cast<double>(Limits::lowest()),
                                        static_cast<double>(Limits::max())));
}

}  // namespace dam
