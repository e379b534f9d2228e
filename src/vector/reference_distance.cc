#include "vector/reference_distance.h"

#include <cmath>
#include <cstring>

#include "vector/vector_scale.h"

// Why: reordered or fused operations would be another definition. src/meson.build turns fusing off.
#ifdef __FAST_MATH__
#error "the reference distance is not to be built with -ffast-math"
#endif

namespace dam {
namespace {

constexpr size_t kLanes = 8;
// Eight doubles that the compiler maps to whatever registers there are, lane by lane.
using Lanes = double __attribute__((vector_size(kLanes * sizeof(double))));

void read_lanes(const double* from, Lanes& out) { std::memcpy(&out, from, sizeof out); }

double sum_of(const Lanes& l) {
  return ((l[0] + l[1]) + (l[2] + l[3])) + ((l[4] + l[5]) + (l[6] + l[7]));
}

struct SquaredDifference {
  template <typename T>
  [[gnu::always_inline]] void operator()(const T& a, const T& b, T& out) const {
    const T difference = a - b;
    out += difference * difference;
  }
};

struct Product {
  template <typename T>
  [[gnu::always_inline]] void operator()(const T& a, const T& b, T& out) const {
    out += a * b;
  }
};

struct AbsoluteDifference {
  [[gnu::always_inline]] void operator()(const Lanes& a, const Lanes& b, Lanes& out) const {
    const Lanes difference = a - b;
    out += difference < 0 ? -difference : difference;
  }
  void operator()(const double& a, const double& b, double& out) const { out += std::abs(a - b); }
};

struct Unequal {
  [[gnu::always_inline]] void operator()(const Lanes& a, const Lanes& b, Lanes& out) const {
    const Lanes zero = {};
    out += a != b ? zero + 1 : zero;
  }
  void operator()(const double& a, const double& b, double& out) const { out += a != b ? 1 : 0; }
};

// The sum over all components of what `term` adds for a pair.
template <typename Term>
double lane_sum(std::span<const double> query, std::span<const double> row, Term term) {
  Lanes sums = {};
  const size_t whole = query.size() / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes) {
    Lanes a, b;
    read_lanes(&query[i], a);
    read_lanes(&row[i], b);
    term(a, b, sums);
  }
  for (size_t i = whole; i < query.size(); i++) {
    double sum = sums[i - whole];
    term(query[i], row[i], sum);
    sums[i - whole] = sum;
  }
  return sum_of(sums);
}

double hamming(std::span<const double> query, std::span<const double> row) {
  if (query.empty()) return 0;
  return lane_sum(query, row, Unequal()) / static_cast<double>(query.size());
}

double jaccard(std::span<const double> query, std::span<const double> row) {
  size_t in_both = 0, in_any = 0;
  for (size_t i = 0; i < query.size(); i++) {
    in_both += query[i] != 0 && row[i] != 0 ? 1U : 0U;
    in_any += query[i] != 0 || row[i] != 0 ? 1U : 0U;
  }
  if (in_any == 0) return 0;
  return 1 - static_cast<double>(in_both) / static_cast<double>(in_any);
}

double cosine(const PreparedVector& query, const PreparedVector& row) {
  if (query.is_zero || row.is_zero) return query.is_zero && row.is_zero ? 0 : 1;
  return lane_sum(query.values, row.values, SquaredDifference()) / 2;
}

}  // namespace

bool all_within_range(std::span<const double> values) {
  bool within = true;
  for (const double value : values) within &= std::abs(value) <= kGreatestComponent;
  return within;
}

double reference_norm(std::span<const double> values) {
  return std::sqrt(lane_sum(values, values, Product()));
}

PreparedVector prepare_vector(Metric metric, std::span<double> values) {
  if (metric != Metric::kCosine) return {values, false};
  if (scale_tiny(values)) return {values, true};
  const double norm = reference_norm(values);
  // Why no reciprocal: a quotient is rounded once, so vectors of equal direction stay closer.
  for (double& value : values) value /= norm;
  return {values, false};
}

double reference_distance(Metric metric, const PreparedVector& query, const PreparedVector& row) {
  switch (metric) {
    case Metric::kCosine:
      return cosine(query, row);
    case Metric::kEuclidean:
      return std::sqrt(lane_sum(query.values, row.values, SquaredDifference()));
    case Metric::kSqEuclidean:
      return lane_sum(query.values, row.values, SquaredDifference());
    case Metric::kInnerProduct:
      return 1 - lane_sum(query.values, row.values, Product());
    case Metric::kHamming:
      return hamming(query.values, row.values);
    case Metric::kJaccard:
      return jaccard(query.values, row.values);
    case Metric::kManhattan:
      return lane_sum(query.values, row.values, AbsoluteDifference());
  }
  return 0;
}

}  // namespace dam
