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

// Up to kPanelColumns columns from `first` on, as the kernel reads them.
std::vector<float> panel_of(const Columns& columns, size_t first, size_t width) {
  const size_t length = columns[first].size();
  std::vector<float> panel(length * kPanelColumns, 0.0F);
  for (size_t k = 0; k < width; k++) {
    for (size_t i = 0; i < length; i++) panel[i * kPanelColumns + k] = columns[first + k][i];
  }
  return panel;
}

// The products of rows `first` .. `first + 3` with a panel; behind the last row comes it again.
void multiply_four(const FloatRows& rows, uint64_t first, const std::vector<float>& panel,
                   float (&sums)[4][kPanelColumns]) {
  const float* from[4];
  float* const to[] = {sums[0], sums[1], sums[2], sums[3]};
  for (uint64_t r = 0; r < 4; r++) from[r] = rows.row(std::min(first + r, rows.count - 1));
  code_kernels().rotate(from, panel.data(), rows.dim, to);
}

// The product of each row with each column, as columns.
Columns products(const FloatRows& rows, const Columns& columns) {
  Columns out(columns.size(), std::vector<float>(rows.count));
  float sums[4][kPanelColumns];
  for (size_t first = 0; first < columns.size(); first += kPanelColumns) {
    const size_t width = std::min<size_t>(kPanelColumns, columns.size() - first);
    const std::vector<float> panel = panel_of(columns, first, width);
    for (uint64_t row = 0; row < rows.count; row++) {
      if (row % 4 == 0) multiply_four(rows, row, panel, sums);
      for (size_t k = 0; k < width; k++) out[first + k][row] = sums[row % 4][k];
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

// Takes the directions before column k out of it, twice, which is enough; the share of its length
// that is left, and the length.
double clear_of_others(Columns& columns, size_t k, double& out_length) {
  const double before = std::sqrt(product(columns[k], columns[k]));
  for (size_t j = 0; j < 2 * k; j++)
    subtract(columns[k], columns[j % k], product(columns[k], columns[j % k]));
  out_length = std::sqrt(product(columns[k], columns[k]));
  return before > 0 ? out_length / before : 0;
}

// Gram and Schmidt. A column that depends on those before it is made anew.
void orthonormalize(Columns& columns, Sequence& sequence) {
  constexpr double kLeastLeft = 1e-4;
  constexpr int kAttempts = 8;
  for (size_t k = 0; k < columns.size(); k++) {
    double length = 0;
    double left = clear_of_others(columns, k, length);
    for (int i = 0; i < kAttempts && left < kLeastLeft; i++) {
      for (float& value : columns[k]) value = sequence.next();
      left = clear_of_others(columns, k, length);
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
