// The distances of docs/match.md written a second time, as plainly as they are defined there.
//
// Shares no line with src/vector: eight partial sums in an array, components one after the other.
#pragma once

#include <vector>

#include "vector/metric.h"

namespace dam {

using PlainVector = std::vector<double>;

// `lanes`: 8 for dense vectors, 1 for sparse ones.
double plain_distance(Metric metric, PlainVector query, PlainVector row, unsigned lanes);

}  // namespace dam
