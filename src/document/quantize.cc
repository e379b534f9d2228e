#include "document/quantize.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/rounding.h"

namespace dam {
namespace {

constexpr double kLeast = -128;
constexpr double kMost = 127;
// Zero points and what is added to them stay far from the ends of 32 bits.
constexpr double kMostSteps = 1 << 30;

struct Range {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
};

Result<Range> range_of(std::span<const float> numbers) {
  Range range;
  for (const float& number : numbers) {
    if (!std::isfinite(number))
      return Status::error(Code::kInvalidArgument, "number %td is not finite",
                           &number - numbers.data());
    range.least = std::min(range.least, static_cast<double>(number));
    range.most = std::max(range.most, static_cast<double>(number));
  }
  return range;
}

// Rounded up, so that no number lies more than 255 steps from another.
float float_not_below(double value) {
  const auto nearest = static_cast<float>(value);
  if (static_cast<double>(nearest) >= value) return nearest;
  return next_above(nearest);
}

Quantization fit(const Range& range) {
  const double largest = std::max(std::abs(range.least), std::abs(range.most));
  if (range.least == range.most) return {largest == 0 ? 1 : static_cast<float>(largest), 0};
  const double step = std::max((range.most - range.least) / (kMost - kLeast), largest / kMostSteps);
  Quantization fitted = {float_not_below(step), 0};
  const double steps_below = to_nearest_even(range.least / static_cast<double>(fitted.scale));
  fitted.zero_point = static_cast<int32_t>(kLeast - steps_below);
  return fitted;
}

}  // namespace

Result<Quantization> quantize(std::span<const float> numbers, std::span<int8_t> out) {
  if (numbers.empty()) return Quantization();
  DAM_ASSIGN(const Range range, range_of(numbers));
  const Quantization by = fit(range);
  for (size_t i = 0; i < numbers.size(); i++) {
    const double steps =
        to_nearest_even(static_cast<double>(numbers[i]) / static_cast<double>(by.scale));
    out[i] = static_cast<int8_t>(std::clamp(steps + by.zero_point, kLeast, kMost));
  }
  return by;
}

}  // namespace dam
