#include "vector/row_code.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dam {
namespace {

// Rounding of sums of up to 2^16 squares, and of roots of them, is below an eighth of this share.
constexpr double kShare = 0x1p-34;
// More than all that can vanish below the least float.
constexpr double kVanished = 0x1p-110;
// Of a float nearest to a double.
constexpr double kCenteringError = 0x1p-23;

float round_away(double value, float towards) {
  const auto nearest = static_cast<float>(value);
  const auto wide = static_cast<double>(nearest);
  const bool fits = towards > 0 ? wide >= value : wide <= value;
  return fits ? nearest : std::nextafter(nearest, towards);
}

float round_up_to_float(double value) {
  return round_away(value, std::numeric_limits<float>::infinity());
}

float round_down_to_float(double value) {
  return round_away(value, -std::numeric_limits<float>::infinity());
}

double squares_of(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return sum;
}

float scale_for(std::span<const float> values) {
  float greatest = 0;
  for (const float value : values) greatest = std::max(greatest, std::abs(value));
  return round_up_to_float(static_cast<double>(greatest) / 127);
}

// The codes, and the square of what they miss.
double quantize_components(std::span<const float> rotated, RowCode& code, int8_t* codes) {
  const auto scale = static_cast<double>(code.scale);
  double missed = 0;
  for (size_t k = 0; k < rotated.size(); k++) {
    const auto component = static_cast<double>(rotated[k]);
    const double steps =
        scale == 0 ? 0 : std::clamp(std::nearbyint(component / scale), -127., 127.);
    const auto step = static_cast<int32_t>(steps);
    codes[k] = static_cast<int8_t>(step);
    code.code_norm += step * step;
    code.code_sum += step;
    const double off = component - scale * steps;
    missed += off * off;
  }
  return missed;
}

// By Pythagoras from the lengths of the vector and of its rotated components, each of which is
// known up to `doubt`.
void bound_residual(double length, double rotated_length, double doubt, RowCode& code) {
  const double centering = kCenteringError * length + kVanished;
  const double square = length * length;
  const double least = std::max(0.0, rotated_length * (1 - kShare) - doubt);
  const double most = rotated_length * (1 + kShare) + doubt;
  const double high = std::max(0.0, square * (1 + kShare) - least * least);
  // Four times, for `length` is rounded up already.
  const double low = std::max(0.0, square * (1 - 4 * kShare) - most * most);
  code.residual_high = round_up_to_float(std::sqrt(high) * (1 + kShare) + centering);
  code.residual_low = round_down_to_float(std::max(0.0, std::sqrt(low) * (1 - kShare) - centering));
}

}  // namespace

RowCode encode_row(const CodeBasis& basis, std::span<const float> centered,
                   std::span<const float> rotated, int8_t* codes) {
  RowCode code;
  code.length = std::sqrt(squares_of(centered)) * (1 + kShare);
  if (!(code.length <= kGreatestLength)) return code;
  code.scale = scale_for(rotated);
  const double missed = std::sqrt(quantize_components(rotated, code, codes)) * (1 + kShare);
  const double doubt = code.length * basis.rotation_error();
  const double centering = kCenteringError * code.length + kVanished;
  code.error = round_up_to_float((missed + doubt + centering) * (1 + kShare));
  if (!basis.is_plain()) bound_residual(code.length, std::sqrt(squares_of(rotated)), doubt, code);
  return code;
}

}  // namespace dam
