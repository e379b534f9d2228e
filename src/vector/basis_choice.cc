#include "vector/basis_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "vector/principal_axes.h"

namespace dam {
namespace {

constexpr uint64_t kProbes = 32;  // rows of the sample that play queries
constexpr uint64_t kMostDirections = 256;
constexpr double kLeastUnit = 0x1p-400, kMostUnit = 0x1p400;
constexpr double kMostRotationError = 0.02;

// What a search does, in nanoseconds, roughly: only the ratios matter.
constexpr double kByteCost = 0.02;      // of scanning a code
constexpr double kRowCost = 1.0;        // of the bound of a row
constexpr double kReadCost = 200;       // of finding a row that survives
constexpr double kComponentCost = 0.7;  // of its reference distance

std::vector<double> mean_of(std::span<const double> sample, uint64_t dim) {
  std::vector<double> mean(dim, 0.0);
  const uint64_t count = sample.size() / dim;
  for (uint64_t r = 0; r < count; r++) {
    for (uint64_t i = 0; i < dim; i++) mean[i] += sample[r * dim + i] / static_cast<double>(count);
  }
  return mean;
}

double greatest_length(std::span<const double> sample, const std::vector<double>& mean) {
  double greatest = 0;
  for (size_t r = 0; r < sample.size() / mean.size(); r++) {
    double sum = 0;
    for (size_t i = 0; i < mean.size(); i++) {
      const double off = sample[r * mean.size() + i] - mean[i];
      sum += off * off;
    }
    greatest = std::max(greatest, sum);
  }
  return std::sqrt(greatest);
}

// Squared distances from each probe to each row of the sample, of some of the components.
class Distances {
 public:
  Distances(const FloatRows& rows, uint64_t probes) : rows_(rows), probes_(probes) {}

  std::vector<double> among(uint64_t first, uint64_t last) const {
    std::vector<double> out(probes_ * rows_.count);
    for (uint64_t p = 0; p < probes_; p++) {
      for (uint64_t r = 0; r < rows_.count; r++)
        out[p * rows_.count + r] = between(rows_.row(probe_row(p)), rows_.row(r), first, last);
    }
    return out;
  }
  uint64_t probe_row(uint64_t probe) const { return probe * rows_.count / probes_; }

 private:
  static double between(const float* a, const float* b, uint64_t first, uint64_t last) {
    float sum = 0;
    for (uint64_t i = first; i < last; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return static_cast<double>(sum);
  }

  const FloatRows& rows_;
  uint64_t probes_;
};

// How a choice would do: the share of rows whose bound is below the distance of the nearest.
class Trial {
 public:
  Trial(const FloatRows& centered, uint64_t rows)
      : centered_(centered),
        rows_(static_cast<double>(rows)),
        distances_(centered, std::min(kProbes, centered.count)),
        whole_(distances_.among(0, centered.dim)),
        lengths_(centered.count) {
    for (uint64_t r = 0; r < centered.count; r++) lengths_[r] = length(centered, r);
    find_nearest();
  }

  // `coded`: the components that are coded, one row after the other; `error`: of each row's code.
  double cost(const FloatRows& coded, const std::vector<double>& errors) const {
    const Distances apart(coded, std::min(kProbes, centered_.count));
    const std::vector<double> leading = apart.among(0, coded.dim);
    std::vector<double> residuals(coded.count);
    for (uint64_t r = 0; r < coded.count; r++) {
      const double inside = length(coded, r);
      residuals[r] = std::sqrt(std::max(0.0, lengths_[r] * lengths_[r] - inside * inside));
    }
    double survivors = 0;
    for (size_t p = 0; p < nearest_.size(); p++) {
      const uint64_t query = apart.probe_row(p);
      for (uint64_t r = 0; r < coded.count; r++) {
        const double inside =
            std::max(0.0, std::sqrt(leading[p * coded.count + r]) - errors[query] - errors[r]);
        const double gap = residuals[query] - residuals[r];
        survivors += inside * inside + gap * gap <= nearest_[p] ? 1 : 0;
      }
    }
    const double share = survivors / static_cast<double>(nearest_.size() * coded.count);
    return rows_ * (kRowCost + kByteCost * static_cast<double>(coded.dim) +
                    share * (kReadCost + kComponentCost * static_cast<double>(centered_.dim)));
  }

 private:
  static double length(const FloatRows& rows, uint64_t row) {
    double sum = 0;
    for (uint64_t i = 0; i < rows.dim; i++)
      sum += static_cast<double>(rows.row(row)[i]) * static_cast<double>(rows.row(row)[i]);
    return std::sqrt(sum);
  }

  void find_nearest() {
    for (uint64_t p = 0; p < std::min(kProbes, centered_.count); p++) {
      double nearest = std::numeric_limits<double>::infinity();
      for (uint64_t r = 0; r < centered_.count; r++) {
        if (r != distances_.probe_row(p))
          nearest = std::min(nearest, whole_[p * centered_.count + r]);
      }
      nearest_.push_back(nearest);
    }
  }

  const FloatRows& centered_;
  double rows_;
  Distances distances_;
  std::vector<double> whole_;
  std::vector<double> lengths_;
  std::vector<double> nearest_;
};

using Columns = std::vector<std::vector<float>>;

FloatRows rotated_rows(const FloatRows& rows, const CodeBasis& basis) {
  FloatRows out = {rows.count, basis.components(), {}};
  out.values.resize(rows.count * out.dim);
  const uint64_t padded = basis.padded_components();
  std::vector<float> some(4 * padded);
  float* const to[] = {&some[0], &some[padded], &some[2 * padded], &some[3 * padded]};
  for (uint64_t r = 0; r < rows.count; r += 4) {
    const float* from[4];
    for (uint64_t at = 0; at < 4; at++) from[at] = rows.row(std::min(r + at, rows.count - 1));
    basis.rotate(from, to);
    for (uint64_t at = 0; at < std::min<uint64_t>(4, rows.count - r); at++)
      std::copy_n(to[at], out.dim, &out.values[(r + at) * out.dim]);
  }
  return out;
}

std::vector<double> errors_of(const FloatRows& coded) {
  std::vector<double> errors(coded.count);
  for (uint64_t r = 0; r < coded.count; r++) {
    float greatest = 0;
    for (uint64_t i = 0; i < coded.dim; i++)
      greatest = std::max(greatest, std::abs(coded.row(r)[i]));
    const double step = static_cast<double>(greatest) / 127;
    errors[r] = step * std::sqrt(static_cast<double>(coded.dim) / 12);
  }
  return errors;
}

struct Candidate {
  CodeBasis basis;
  double cost;
};

// The best of the leading 32, 64, 128, 256 directions, if it is better than `best`.
void try_rotations(const FloatRows& centered, const Trial& trial, const CodeBasis& plain,
                   Candidate& best) {
  const std::vector<double> mean(plain.mean().begin(), plain.mean().end());
  const Columns axes = principal_axes(centered, std::min(kMostDirections, centered.dim / 2));
  for (size_t count = 32; count <= axes.size(); count *= 2) {
    Columns columns(axes.begin(), axes.begin() + static_cast<ptrdiff_t>(count));
    mix_directions(columns);
    CodeBasis basis = CodeBasis::rotated(mean, plain.unit(), columns);
    if (!(basis.rotation_error() < kMostRotationError)) continue;
    const FloatRows coded = rotated_rows(centered, basis);
    const double cost = trial.cost(coded, errors_of(coded));
    if (cost < best.cost) best = {std::move(basis), cost};
  }
}

}  // namespace

std::optional<CodeBasis> choose_basis(std::span<const double> sample, uint64_t dim, uint64_t rows) {
  if (dim == 0 || dim > kMostCodedComponents || sample.empty()) return std::nullopt;
  std::vector<double> mean = mean_of(sample, dim);
  const double greatest = greatest_length(sample, mean);
  const double unit = greatest > 0 ? std::exp2(-std::ceil(std::log2(greatest))) : 1;
  if (!(unit >= kLeastUnit && unit <= kMostUnit)) return std::nullopt;
  const CodeBasis plain = CodeBasis::plain(std::move(mean), unit);
  FloatRows centered = {sample.size() / dim, dim, std::vector<float>(sample.size())};
  for (uint64_t r = 0; r < centered.count; r++)
    plain.center(sample.subspan(r * dim, dim), &centered.values[r * dim]);
  const Trial trial(centered, rows);
  Candidate best = {plain, trial.cost(centered, errors_of(centered))};
  try_rotations(centered, trial, plain, best);
  return std::move(best.basis);
}

}  // namespace dam
