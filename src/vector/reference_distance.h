// The reference distance: the definition of every answer of a match.
//
// In double, in one fixed order: component i goes to lane i mod 8, the lanes are added as
// ((l0 + l1) + (l2 + l3)) + ((l4 + l5) + (l6 + l7)). So its bits are the same on every processor;
// whatever is faster may only decide which rows it is asked for. Callers hold a StrictFloat.
// docs/match.md has the definitions of the metrics.
#pragma once

#include <span>

#include "vector/metric.h"

namespace dam {

// Greater magnitudes are refused, so that no sum overflows.
inline constexpr double kGreatestComponent = 0x1p500;

// No NaN, nothing beyond the greatest component.
bool all_within_range(std::span<const double> values);

// A vector as a metric compares it.
struct PreparedVector {
  std::span<const double> values;
  bool is_zero = false;  // told by prepare_vector for cosine only
};

// What cosine compares is divided by its norm, in place; other metrics take vectors as they are.
PreparedVector prepare_vector(Metric metric, std::span<double> values);

// Both prepared for `metric`, of one size and within range. Never NaN; never negative but for inner
// product.
double reference_distance(Metric metric, const PreparedVector& query, const PreparedVector& row);

// The norm in the same lanes; not of use below 2^-400 or so, where squares vanish.
double reference_norm(std::span<const double> values);

}  // namespace dam
