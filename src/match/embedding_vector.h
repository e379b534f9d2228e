// An embedding as the numbers that distances are made of, whatever its dtype and form.
#pragma once

#include <cstdint>
#include <vector>

#include "base/status.h"
#include "document/document_view.h"
#include "vector/reference_distance.h"
#include "vector/sparse_distance.h"

namespace dam {

// Dense: `values` has every component. Sparse: `values` has those at `indices`, which count the
// components row by row, ascending.
struct EmbeddingVector {
  uint64_t dim = 0;
  bool is_sparse = false;
  bool is_zero = false;  // told by prepare
  std::vector<uint64_t> indices;
  std::vector<double> values;
};

// The product of its extents.
uint64_t dimension_of(const TensorView& tensor);
// Where each value of a sparse tensor stands among all components, row by row.
void flatten_coordinates(const TensorView& tensor, std::vector<uint64_t>& out);

// Reads a tensor, reusing the memory of `out`. False if a component is no number within the range
// of distances.
bool read_embedding(const TensorView& tensor, EmbeddingVector& out);
// The same vector with every component listed, in the memory of `out`.
void list_components(const EmbeddingVector& from, EmbeddingVector& out);
// Makes it comparable by `metric`, once.
void prepare(Metric metric, EmbeddingVector& vector);

// Both prepared, of one dimension; either both dense or both sparse.
double embedding_distance(Metric metric, const EmbeddingVector& query, const EmbeddingVector& row);

}  // namespace dam
