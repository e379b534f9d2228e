// The reference distance of sparse vectors: one lane, ascending index over the union.
//
// Components that both vectors lack add nothing to any metric, so the answer is that of the same
// vectors written out, added up one after the other. Callers hold a StrictFloat.
#pragma once

#include <cstdint>
#include <span>

#include "vector/metric.h"

namespace dam {

struct SparseVector {
  std::span<const uint64_t> indices;  // ascending, none twice
  std::span<const double> values;     // one for each index
  uint64_t dim = 0;
  bool is_zero = false;  // told by prepare_sparse for cosine only
};

// As prepare_vector; true if the vector is zero and the metric cosine.
bool prepare_sparse(Metric metric, std::span<double> values);

// Both prepared for `metric`, of one dimension and within range.
double sparse_distance(Metric metric, const SparseVector& query, const SparseVector& row);

}  // namespace dam
