// The code of one vector: small integers, and how far they can be from what they stand for.
#pragma once

#include <cstdint>
#include <span>

#include "vector/code_basis.h"

namespace dam {

// The vector's components along the basis are scale * code, off by no more than `error` together;
// what the basis leaves out of it is residual_low to residual_high long.
struct RowCode {
  float scale = 0;
  float error = 0;
  float residual_low = 0;
  float residual_high = 0;
  int32_t code_norm = 0;  // sum of squared codes
  int32_t code_sum = 0;
  double length = 0;  // of the centered vector
};

// Vectors of more units than this are not coded: only `length` is told.
inline constexpr double kGreatestLength = 0x1p60;

// `centered`, `rotated`: as the basis made them (for a plain basis the same). `codes`: room for
// basis.components(). Under a StrictFloat.
RowCode encode_row(const CodeBasis& basis, std::span<const float> centered,
                   std::span<const float> rotated, int8_t* codes);

}  // namespace dam
