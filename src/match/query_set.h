// The left side of a match: embeddings, each with the id of its document if it has one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/embedding_vector.h"

namespace dam {

struct Query {
  std::string id;                            // empty: of no document
  std::optional<EmbeddingVector> embedding;  // none: an empty answer
};

class QuerySet {
 public:
  // kInvalidArgument for a dimension other than that of the queries before, and for components out
  // of range; nothing is added then. `embedding` of a document without one is none.
  Status add(std::string_view id, const std::optional<TensorView>& embedding);

  const std::vector<Query>& all() const { return queries_; }
  size_t size() const { return queries_.size(); }
  // Of all that have an embedding; none if none has.
  std::optional<uint64_t> dim() const { return dim_; }
  // Drops the queries behind the first `size`, such as those of a call that failed.
  void shrink(size_t size);

 private:
  std::vector<Query> queries_;
  std::optional<uint64_t> dim_;
};

}  // namespace dam
