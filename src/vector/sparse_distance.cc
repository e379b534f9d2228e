#include "vector/sparse_distance.h"

#include <cmath>

#include "vector/vector_scale.h"

namespace dam {
namespace {

// Calls `visit` with both values at each index that either vector has; 0 stands for none.
template <typename Visit>
void visit_union(const SparseVector& a, const SparseVector& b, Visit visit) {
  size_t i = 0, j = 0;
  while (i < a.indices.size() || j < b.indices.size()) {
    const uint64_t at_a = i < a.indices.size() ? a.indices[i] : UINT64_MAX;
    const uint64_t at_b = j < b.indices.size() ? b.indices[j] : UINT64_MAX;
    visit(at_a <= at_b ? a.values[i] : 0.0, at_b <= at_a ? b.values[j] : 0.0);
    i += at_a <= at_b ? 1U : 0U;
    j += at_b <= at_a ? 1U : 0U;
  }
}

double squared_distance(const SparseVector& a, const SparseVector& b) {
  double sum = 0;
  visit_union(a, b, [&](double x, double y) { sum += (x - y) * (x - y); });
  return sum;
}

double inner_product(const SparseVector& a, const SparseVector& b) {
  double sum = 0;
  visit_union(a, b, [&](double x, double y) { sum += x * y; });
  return sum;
}

double manhattan(const SparseVector& a, const SparseVector& b) {
  double sum = 0;
  visit_union(a, b, [&](double x, double y) { sum += std::abs(x - y); });
  return sum;
}

double hamming(const SparseVector& a, const SparseVector& b) {
  if (a.dim == 0) return 0;
  uint64_t unequal = 0;
  visit_union(a, b, [&](double x, double y) { unequal += x != y ? 1U : 0U; });
  return static_cast<double>(unequal) / static_cast<double>(a.dim);
}

double jaccard(const SparseVector& a, const SparseVector& b) {
  uint64_t in_both = 0, in_any = 0;
  visit_union(a, b, [&](double x, double y) {
    in_both += x != 0 && y != 0 ? 1U : 0U;
    in_any += x != 0 || y != 0 ? 1U : 0U;
  });
  if (in_any == 0) return 0;
  return 1 - static_cast<double>(in_both) / static_cast<double>(in_any);
}

double cosine(const SparseVector& a, const SparseVector& b) {
  if (a.is_zero || b.is_zero) return a.is_zero && b.is_zero ? 0 : 1;
  return squared_distance(a, b) / 2;
}

}  // namespace

bool prepare_sparse(Metric metric, std::span<double> values) {
  if (metric != Metric::kCosine) return false;
  if (scale_tiny(values)) return true;
  double sum = 0;
  for (const double value : values) sum += value * value;
  const double norm = std::sqrt(sum);
  for (double& value : values) value /= norm;
  return false;
}

double sparse_distance(Metric metric, const SparseVector& query, const SparseVector& row) {
  switch (metric) {
    case Metric::kCosine:
      return cosine(query, row);
    case Metric::kEuclidean:
      return std::sqrt(squared_distance(query, row));
    case Metric::kSqEuclidean:
      return squared_distance(query, row);
    case Metric::kInnerProduct:
      return 1 - inner_product(query, row);
    case Metric::kHamming:
      return hamming(query, row);
    case Metric::kJaccard:
      return jaccard(query, row);
    case Metric::kManhattan:
      return manhattan(query, row);
  }
  return 0;
}

}  // namespace dam
