// The embeddings at some neighbouring positions of a view, ready to be compared.
#pragma once

#include <cstdint>
#include <vector>

#include "match/embedding_vector.h"
#include "query/find.h"
#include "store/view.h"

namespace dam {

struct BlockRow {
  uint64_t position = 0;
  EmbeddingVector vector;
  EmbeddingVector listed;  // of a dense one, where sparse queries ask for it
};

class RowBlock {
 public:
  struct Wanted {
    Metric metric = Metric::kCosine;
    uint64_t dim = 0;
    bool listed = false;  // dense rows are to be compared with sparse queries too
    const PositionBits* filter = nullptr;
  };

  // Reads positions first .. last - 1; those that the filter or a missing embedding leaves
  // out are passed over. Memory of the block
  // before is used again.
  Status read(const View& view, uint64_t first, uint64_t last, const Wanted& wanted);

  std::span<const BlockRow> rows() const { return {rows_.data(), size_}; }
  bool has_sparse() const { return has_sparse_; }

 private:
  Status add(Bytes document, uint64_t position, const Wanted& wanted);

  std::vector<BlockRow> rows_;
  size_t size_ = 0;
  bool has_sparse_ = false;
};

}  // namespace dam
