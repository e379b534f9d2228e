// The plain way to match: the reference distance of every query and every row, block by block.
//
// Threads take blocks in turn, each with lists of its own, which are merged at the end: which
// thread saw a row does not show in the answer.
#pragma once

#include <atomic>
#include <mutex>

#include "match/match.h"
#include "match/nearest_list.h"
#include "match/row_block.h"

namespace dam {

// What a scan found for one query.
struct QueryRows {
  std::vector<Neighbor> nearest;
  double greatest = 0;  // distance of any row that was not excluded
};

class RowScan {
 public:
  // `excluded`: for each query the position of itself, or kNowhere; empty for none.
  RowScan(const View& view, const QuerySet& queries, const MatchChoices& choices,
          std::span<const uint64_t> excluded);

  static constexpr uint64_t kNowhere = UINT64_MAX;

  Status run(std::vector<QueryRows>& out);

 private:
  struct Lists {
    std::vector<NearestList> nearest;
    std::vector<double> greatest;
  };

  void prepare_queries();
  Status take_blocks(Lists& lists);
  void compare(const RowBlock& block, Lists& lists) const;
  void compare_one(size_t query, const RowBlock& block, Lists& lists) const;
  Status tell(uint64_t rows);
  void fail(uint64_t first, Status status);

  const View& view_;
  const QuerySet& queries_;
  const MatchChoices& choices_;
  std::span<const uint64_t> excluded_;
  std::vector<EmbeddingVector> prepared_;  // of queries without an embedding empty
  RowBlock::Wanted wanted_;
  uint64_t block_rows_ = 1;
  std::atomic<uint64_t> next_row_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // of what is below
  uint64_t done_ = 0;
  uint64_t failed_at_ = kNowhere;  // the first row of the first block that failed
  Status failure_;
};

}  // namespace dam
