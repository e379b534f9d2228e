// The directions along which a sample of vectors varies most, by subspace iteration.
#pragma once

#include <cstdint>
#include <vector>

namespace dam {

// Vectors of one dimension, row by row.
struct FloatRows {
  uint64_t count = 0;
  uint64_t dim = 0;
  std::vector<float> values;

  const float* row(uint64_t index) const { return &values[index * dim]; }
};

// `wanted` orthonormal directions (fewer if the dimension is less), those of most variance first as
// far as a few iterations tell. `rows` are centered. The same for the same rows and kernels.
std::vector<std::vector<float>> principal_axes(const FloatRows& rows, uint64_t wanted);

// The same subspace, with directions in which no one stands out: small integers lose less then.
// Their number is a power of two.
void mix_directions(std::vector<std::vector<float>>& directions);

}  // namespace dam
