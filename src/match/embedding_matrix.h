// The embeddings of a view as one matrix of floats or doubles, and the positions of its rows.
#pragma once

#include <cstdint>
#include <vector>

#include "base/status.h"
#include "document/document_generated.h"
#include "store/view.h"

namespace dam {

struct EmbeddingMatrix {
  std::vector<uint8_t> values;  // row by row
  std::vector<int64_t> positions;
};

// `dtype`: F32 or F64. Sparse embeddings are written out. kInvalidArgument where two embeddings
// differ in dimension.
Result<EmbeddingMatrix> gather_embeddings(const View& view, schema::Dtype dtype);

}  // namespace dam
