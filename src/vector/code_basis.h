// The axes that codes are made along: a mean, and K orthonormal directions of d dimensions.
//
// Any directions are correct; those along which the rows vary most let few components bound the
// whole distance. Codes are made in a unit in which no row is longer than about 1; the unit is a
// power of two, so it costs no rounding. docs/match.md, "The bound".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dam {

class CodeBasis {
 public:
  // No rotation: the components themselves, K = d.
  static CodeBasis plain(std::vector<double> mean, double unit);
  // `columns`: orthonormal as far as floats are, `count` of them, each of mean.size() numbers.
  static CodeBasis rotated(std::vector<double> mean, double unit,
                           const std::vector<std::vector<float>>& columns);

  uint64_t dim() const { return mean_.size(); }
  uint64_t components() const { return components_; }  // K
  bool is_plain() const { return panels_.empty() && components_ == dim(); }
  double unit() const { return unit_; }
  std::span<const double> mean() const { return mean_; }

  // (values - mean) * unit, rounded to floats; `out` has dim() of them.
  void center(std::span<const double> values, float* out) const;
  // The components of 4 centered rows along the directions; each `out` has components() rounded up
  // to kPanelColumns.
  void rotate(const float* const* rows, float* const* out) const;
  uint64_t padded_components() const;

  // How far what `rotate` makes can be off, as a share of the row's length; 0 for a plain one.
  double rotation_error() const { return rotation_error_; }

 private:
  CodeBasis(std::vector<double> mean, double unit) : mean_(std::move(mean)), unit_(unit) {}

  std::vector<double> mean_;
  double unit_;
  uint64_t components_ = 0;
  std::vector<float> panels_;  // kPanelColumns columns each
  double rotation_error_ = 0;
};

}  // namespace dam
