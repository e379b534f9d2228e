// A match by codes: bounds of all rows, reference distances of those that can be among the nearest.
//
// For each query, first the least bound of every group of 16 rows, from a pass over the codes that
// some queries share. The rows of the least bounds give a distance that the last of the nearest
// cannot exceed; then every row whose bound does not exceed that gets its reference distance. So
// the answer is that of the plain scan, to the last bit (docs/match.md).
#pragma once

#include <atomic>
#include <mutex>

#include "match/embedding_index.h"
#include "match/match.h"
#include "match/nearest_list.h"

namespace dam {

class CodedSearch {
 public:
  // `excluded`: as RowScan's.
  CodedSearch(const View& view, const EmbeddingIndex& index, const MatchChoices& choices,
              std::span<const uint64_t> excluded)
      : view_(view), index_(index), choices_(choices), excluded_(excluded) {}

  // The nearest rows of each query. kUnsupported if a query lies so far off that no bound helps:
  // the plain scan has to be taken for all.
  Status run(const QuerySet& queries, std::vector<std::vector<Neighbor>>& out);

 private:
  struct Search;

  Status take_queries(const QuerySet& queries, std::vector<std::vector<Neighbor>>& out);
  Status begin(const Query& query, uint64_t number, Search& search) const;
  void find_allowed();
  void keys(const Search& search, uint64_t first, uint64_t groups, double* out) const;
  void scan(std::span<Search> searches) const;
  Status find_limit(Search& search) const;
  void collect(Search& search) const;
  Status finish(Search& search, std::vector<Neighbor>& out) const;
  Status distance_of(const Search& search, uint64_t row, double& out) const;
  double greatest_key(const Search& search, double distance) const;
  Status tell(uint64_t queries);

  const View& view_;
  const EmbeddingIndex& index_;
  const MatchChoices& choices_;
  std::span<const uint64_t> excluded_;
  std::vector<uint16_t> allowed_;  // a bit for each row of a group; empty: all
  std::atomic<size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  uint64_t done_ = 0;
  uint64_t asked_ = 0;
};

}  // namespace dam
