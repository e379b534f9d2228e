#include "match/embedding_vector.h"

#include <numeric>

#include "document/tensor_numbers.h"

namespace dam {
namespace {

SparseVector sparse_view(const EmbeddingVector& vector) {
  return {vector.indices, vector.values, vector.dim, vector.is_zero};
}

}  // namespace

uint64_t dimension_of(const TensorView& tensor) {
  uint64_t dim = 1;
  for (const uint32_t extent : tensor.shape) dim *= extent;  // the verifier bounded the product
  return dim;
}

// Coordinates are stored ascending, so their places among all components ascend too.
void flatten_coordinates(const TensorView& tensor, std::vector<uint64_t>& out) {
  out.clear();
  const size_t rank = tensor.shape.size();
  for (uint64_t i = 0; i < tensor.values; i++) {
    uint64_t index = 0;
    for (size_t axis = 0; axis < rank; axis++)
      index = index * tensor.shape[axis] + tensor.indices[i * rank + axis];
    out.push_back(index);
  }
}

bool read_embedding(const TensorView& tensor, EmbeddingVector& out) {
  out.dim = dimension_of(tensor);
  out.is_sparse = tensor.format != schema::TensorFormat::Dense;
  out.is_zero = false;
  out.values.resize(tensor.values);
  copy_numbers(tensor, std::span<double>(out.values));
  out.indices.clear();
  if (out.is_sparse) flatten_coordinates(tensor, out.indices);
  return all_within_range(out.values);
}

void list_components(const EmbeddingVector& from, EmbeddingVector& out) {
  out = from;
  if (from.is_sparse) return;
  out.is_sparse = true;
  out.indices.resize(from.values.size());
  std::iota(out.indices.begin(), out.indices.end(), uint64_t{0});
}

void prepare(Metric metric, EmbeddingVector& vector) {
  vector.is_zero = vector.is_sparse ? prepare_sparse(metric, vector.values)
                                    : prepare_vector(metric, vector.values).is_zero;
}

double embedding_distance(Metric metric, const EmbeddingVector& query, const EmbeddingVector& row) {
  if (query.is_sparse) return sparse_distance(metric, sparse_view(query), sparse_view(row));
  return reference_distance(metric, {query.values, query.is_zero}, {row.values, row.is_zero});
}

}  // namespace dam
