// Codes of all dense embeddings of a view: in memory, made once, never changed.
//
// Tells for each row a bound below its distance, from a few bytes a row; whoever uses it reads the
// rows that matter from the documents. docs/match.md explains the bound.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "store/view.h"
#include "vector/code_table.h"
#include "vector/metric.h"

namespace dam {

// What the codes are of: cosine compares vectors divided by their norms.
enum class IndexKind : uint8_t { kAsStored, kNormalized };

// Whether distances of the metric can be bounded by codes at all.
bool has_codes(Metric metric);
IndexKind index_kind(Metric metric);

class EmbeddingIndex {
 public:
  struct Request {
    IndexKind kind = IndexKind::kAsStored;
    uint64_t dim = 0;
    unsigned threads = 0;
    std::function<bool()> goes_on = {};  // false ends the work; asked one at a time
  };

  // nullptr for data that codes do not suit: too few rows, sparse ones, others of another
  // dimension or out of range. The plain scan tells what is wrong with those.
  static Result<std::shared_ptr<const EmbeddingIndex>> build(const View& view,
                                                             const Request& request);

  const CodeTable& table() const { return table_; }
  // Where a row of the table stands in the view, positions ascending.
  struct Row {
    uint64_t position;
    uint64_t slot;
  };
  const Row& row(uint64_t index) const { return rows_[index]; }
  uint64_t row_count() const { return rows_.size(); }
  // The row at a position; row_count() if none is.
  uint64_t row_at(uint64_t position) const;
  // No row is longer.
  double greatest_norm() const { return greatest_norm_; }
  uint64_t memory_bytes() const;

 private:
  friend class IndexBuild;
  EmbeddingIndex(CodeTable table, std::vector<Row> rows, double greatest_norm)
      : table_(std::move(table)), rows_(std::move(rows)), greatest_norm_(greatest_norm) {}

  CodeTable table_;
  std::vector<Row> rows_;
  double greatest_norm_;
};

}  // namespace dam
