#include "vector/principal_axes.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "vector/code_kernels.h"

namespace dam {
namespace {

constexpr int kIterations = 4;
using Columns = std::vector<std::vector<float>>;

// A fixed sequence (splitmix64), so that equal data gives equal codes.
class Sequence {
 public:
  float next() {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return static_cast<float>(static_cast<int32_t>((z ^ (z >> 31)) >> 32)) * 0x1p-31F;
  }

 private:
  uint64_t state_ = 1;
};

FloatRows transposed(const FloatRows& rows) {
  FloatRows out = {rows.dim, rows.count, std::vector<float>(rows.values.size())};
  for (uint64_t r = 0; r < rows.count; r++) {
    for (uint64_t i = 0; i < rows.dim; i++) out.values[i * rows.count + r] = rows.row(r)[i];
  }
  return out;
}

// The product of each row with each column, as columns.
Columns products(const FloatRows& rows, const Columns& columns) {
  Columns out(columns.size(), std::vector<float>(rows.count));
  std::vector<float> panel(rows.dim * kPanelColumns);
  float sums[4][kPanelColumns];
  float* const to[] = {sums[0], sums[1], sums[2], sums[3]};
  for (size_t first = 0; first < columns.size(); first += kPanelColumns) {
    const size_t width = std::min<size_t>(kPanelColumns, columns.size() - first);
    std::fill(panel.begin(), panel.end(), 0.0F);
    for (size_t k = 0; k < width; k++) {
      for (uint64_t i = 0; i < rows.dim; i++) panel[i * kPanelColumns + k] = columns[first + k][i];
    }
    for (uint64_t r = 0; r < rows.count; r += 4) {
      const float* from[4];
      for (uint64_t at = 0; at < 4; at++) from[at] = rows.row(std::min(r + at, rows.count - 1));
      code_kernels().rotate(from, panel.data(), rows.dim, to);
      for (uint64_t at = 0; at < std::min<uint64_t>(4, rows.count - r); at++) {
        for (size_t k = 0; k < width; k++) out[first + k][r + at] = sums[at][k];
      }
    }
  }
  return out;
}

double product(const std::vector<float>& a, const std::vector<float>& b) {
  double lanes[4] = {};
  size_t i = 0;
  for (; i + 4 <= a.size(); i += 4) {
    for (size_t lane = 0; lane < 4; lane++)
      lanes[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
  }
  for (; i < a.size(); i++) lanes[0] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

void subtract(std::vector<float>& from, const std::vector<float>& direction, double times) {
  const auto factor = static_cast<float>(times);
  for (size_t i = 0; i < from.size(); i++) from[i] -= factor * direction[i];
}

// Gram and Schmidt, twice, which is enough. A column that depends on those before it is made anew.
void orthonormalize(Columns& columns, Sequence& sequence) {
  for (size_t k = 0; k < columns.size(); k++) {
    double length = 0;
    for (int attempt = 0; attempt < 8; attempt++) {
      const double before = std::sqrt(product(columns[k], columns[k]));
      for (int pass = 0; pass < 2; pass++) {
        for (size_t j = 0; j < k; j++)
          subtract(columns[k], columns[j], product(columns[k], columns[j]));
      }
      length = std::sqrt(product(columns[k], columns[k]));
      if (length > before * 1e-4 && length > 0) break;
      for (float& value : columns[k]) value = sequence.next();
    }
    for (float& value : columns[k]) value = static_cast<float>(static_cast<double>(value) / length);
  }
}

}  // namespace

std::vector<std::vector<float>> principal_axes(const FloatRows& rows, uint64_t wanted) {
  Sequence sequence;
  Columns columns(std::min(wanted, rows.dim), std::vector<float>(rows.dim));
  for (std::vector<float>& column : columns) {
    for (float& value : column) value = sequence.next();
  }
  const FloatRows turned = transposed(rows);
  orthonormalize(columns, sequence);
  for (int i = 0; i < kIterations; i++) {
    columns = products(turned, products(rows, columns));
    orthonormalize(columns, sequence);
  }
  return columns;
}

void mix_directions(std::vector<std::vector<float>>& directions) {
  const size_t count = directions.size();
  for (size_t half = 1; half < count; half *= 2) {
    for (size_t a = 0; a < count; a++) {
      if ((a & half) != 0) continue;
      for (size_t i = 0; i < directions[a].size(); i++) {
        const float x = directions[a][i], y = directions[a + half][i];
        directions[a][i] = x + y;
        directions[a + half][i] = x - y;
      }
    }
  }
  const auto factor = static_cast<float>(1 / std::sqrt(static_cast<double>(count)));
  for (std::vector<float>& direction : directions) {
    for (float& value : direction) value *= factor;
  }
}

}  // namespace dam
