#include "vector/code_basis.h"

#include <cmath>

#include "base/bytes.h"
#include "vector/code_kernels.h"

namespace dam {
namespace {

std::vector<float> panels_of(const std::vector<std::vector<float>>& columns, uint64_t dim) {
  const uint64_t padded = round_up(columns.size(), kPanelColumns);
  std::vector<float> panels(padded * dim, 0.0F);
  for (uint64_t k = 0; k < columns.size(); k++) {
    float* const panel = &panels[k / kPanelColumns * kPanelColumns * dim];
    for (uint64_t i = 0; i < dim; i++) panel[i * kPanelColumns + k % kPanelColumns] = columns[k][i];
  }
  return panels;
}

double product(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); i++)
    sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

// No less than the spectral norm of V^T V - I: its Frobenius norm, and what rounding can hide.
double departure(const std::vector<std::vector<float>>& columns) {
  double sum = 0;
  for (size_t a = 0; a < columns.size(); a++) {
    for (size_t b = 0; b < columns.size(); b++) {
      const double off = product(columns[a], columns[b]) - (a == b ? 1 : 0);
      sum += off * off;
    }
  }
  const auto entries = static_cast<double>(columns.size() * columns[0].size());
  return std::sqrt(sum) * (1 + 0x1p-40) + entries * 0x1p-51;
}

}  // namespace

CodeBasis CodeBasis::plain(std::vector<double> mean, double unit) {
  CodeBasis basis(std::move(mean), unit);
  basis.components_ = basis.dim();
  return basis;
}

CodeBasis CodeBasis::rotated(std::vector<double> mean, double unit,
                             const std::vector<std::vector<float>>& columns) {
  CodeBasis basis(std::move(mean), unit);
  basis.components_ = columns.size();
  basis.panels_ = panels_of(columns, basis.dim());
  const double delta = departure(columns);
  // The longest chain of rounded operations of one sum, times half a unit in the last place.
  const auto parts = static_cast<double>((basis.dim() + kPanelRows - 1) / kPanelRows);
  const double gamma = 1.01 * 0x1p-24 * (static_cast<double>(kPanelRows) + 2 + parts);
  const double frobenius = std::sqrt(static_cast<double>(columns.size())) * (1 + delta);
  basis.rotation_error_ = 1.03 * delta + gamma * frobenius;
  return basis;
}

void CodeBasis::center(std::span<const double> values, float* out) const {
  for (size_t i = 0; i < mean_.size(); i++)
    out[i] = static_cast<float>((values[i] - mean_[i]) * unit_);
}

uint64_t CodeBasis::padded_components() const { return round_up(components_, kPanelColumns); }

void CodeBasis::rotate(const float* const* rows, float* const* out) const {
  const uint64_t panel_floats = kPanelColumns * dim();
  for (uint64_t panel = 0; panel * kPanelColumns < components_; panel++) {
    float* at[4];
    for (int r = 0; r < 4; r++) at[r] = out[r] + panel * kPanelColumns;
    code_kernels().rotate(rows, &panels_[panel * panel_floats], dim(), at);
  }
}

}  // namespace dam
