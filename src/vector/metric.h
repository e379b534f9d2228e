// What a distance measures; the numbers are those of DAM_METRIC_*.
#pragma once

#include <cstdint>

namespace dam {

enum class Metric : int32_t {
  kCosine = 0,
  kEuclidean = 1,
  kSqEuclidean = 2,
  kInnerProduct = 3,
  kHamming = 4,
  kJaccard = 5,
  kManhattan = 6,
};

inline constexpr Metric kAllMetrics[] = {
    Metric::kCosine,  Metric::kEuclidean, Metric::kSqEuclidean, Metric::kInnerProduct,
    Metric::kHamming, Metric::kJaccard,   Metric::kManhattan,
};

}  // namespace dam
