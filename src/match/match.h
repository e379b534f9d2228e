// match: for each query the nearest rows of a view, exactly.
//
// The answer is a function of the view, the queries and the choices alone: the reference distance
// decides, ties fall to the lower position, and neither threads nor whatever is used to read less
// show in it. Rows are read in blocks, so memory does not grow with the view.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "match/index_cache.h"
#include "match/query_set.h"
#include "query/find.h"
#include "store/view.h"

namespace dam {

inline constexpr uint64_t kNoLimit = UINT64_MAX;

// Where the distances of a query are mapped to: the least to `from`, the greatest to `to`.
struct ScoreRange {
  double from = 0;
  double to = 1;
};

// Told how many rows are done of how many; false asks the work to stop (CANCELLED).
using MatchProgress = std::function<bool(uint64_t done, uint64_t total)>;

struct MatchChoices {
  Metric metric = Metric::kCosine;
  uint64_t limit = 20;  // rows a query, at least 1
  bool exclude_self = false;
  unsigned threads = 0;  // 0: all processors
  std::optional<ScoreRange> range = {};
  const PositionBits* filter = nullptr;  // the rows that are compared; nullptr: all
  MatchProgress progress = {};
  // Where indexes of the view's array are kept between matches; nullptr: every row is compared.
  IndexCache* indexes = nullptr;
};

// By query and, within one, by rank.
struct MatchAnswer {
  std::vector<int64_t> queries;
  std::vector<int64_t> ranks;
  std::vector<int64_t> positions;
  std::vector<double> distances;
};

// kInvalidArgument names the first row that has another dimension than the queries,
// kInvalidDocument one whose components are out of range.
Result<MatchAnswer> match(const View& view, const QuerySet& queries, const MatchChoices& choices);

}  // namespace dam
