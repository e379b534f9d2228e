#include "match/match.h"

#include <algorithm>

#include "match/coded_search.h"
#include "match/row_scan.h"

namespace dam {
namespace {

// An answer on its way.
struct Found {
  std::vector<uint64_t> selves;  // where the queries' own documents are, if they are left out
  std::vector<QueryRows> rows;
  bool is_done = false;
};

// Where each query's own document stands in the view.
Status find_selves(const View& view, const QuerySet& queries, std::vector<uint64_t>& out) {
  out.assign(queries.size(), RowScan::kNowhere);
  for (size_t i = 0; i < queries.size(); i++) {
    const std::string& id = queries.all()[i].id;
    if (id.empty()) continue;
    uint64_t slot = 0;
    const Status status = view.find(id, slot);
    if (status.code() == Code::kNotFound) continue;
    DAM_TRY(status);
    DAM_TRY(view.position_of(slot, out[i]));
  }
  return {};
}

// Maps least..greatest to the range; where all are the same, to its beginning. Each step is
// monotone, so the order of the rows is that of their distances.
double mapped(double distance, double least, double greatest, const ScoreRange& range) {
  if (!(greatest > least)) return range.from;
  return range.from + (range.to - range.from) * ((distance - least) / (greatest - least));
}

void append_rows(const QueryRows& rows, int64_t query, const MatchChoices& choices,
                 MatchAnswer& out) {
  int64_t rank = 0;
  for (const Neighbor& neighbor : rows.nearest) {
    out.queries.push_back(query);
    out.ranks.push_back(rank++);
    out.positions.push_back(static_cast<int64_t>(neighbor.position));
    out.distances.push_back(choices.range ? mapped(neighbor.distance, rows.nearest[0].distance,
                                                   rows.greatest, *choices.range)
                                          : neighbor.distance);
  }
}

bool is_dense(const QuerySet& queries) {
  return std::ranges::all_of(queries.all(), [](const Query& query) {
    return !query.embedding || !query.embedding->is_sparse;
  });
}

// Codes help where few of many rows are asked for, and all that is asked are those rows.
bool suits_codes(const View& view, const QuerySet& queries, const MatchChoices& choices) {
  constexpr uint64_t kLeastDim = 8, kLeastRows = 1024, kLeastRowsPerHit = 16;
  const uint64_t rows = choices.filter != nullptr ? choices.filter->count : view.count();
  return choices.indexes != nullptr && has_codes(choices.metric) && !choices.range &&
         *queries.dim() >= kLeastDim && rows >= kLeastRows &&
         choices.limit <= rows / kLeastRowsPerHit && is_dense(queries);
}

// False where there is no index, or where it is of no use for these queries.
Status search_codes(const View& view, const QuerySet& queries, const MatchChoices& choices,
                    Found& found) {
  if (!suits_codes(view, queries, choices)) return {};
  IndexCache::Wanted wanted = {{index_kind(choices.metric), *queries.dim(), choices.threads},
                               queries.size()};
  // No row is done while an index is made, but the work may end.
  if (choices.progress) wanted.index.goes_on = [&] { return choices.progress(0, view.count()); };
  DAM_ASSIGN(const std::shared_ptr<const EmbeddingIndex> index,
             choices.indexes->find(view, wanted));
  if (!index) return {};
  std::vector<std::vector<Neighbor>> nearest;
  const Status status = CodedSearch(view, *index, choices, found.selves).run(queries, nearest);
  if (status.code() == Code::kUnsupported) return {};
  DAM_TRY(status);
  for (std::vector<Neighbor>& rows : nearest) found.rows.push_back({std::move(rows), 0});
  found.is_done = true;
  return {};
}

}  // namespace

Result<MatchAnswer> match(const View& view, const QuerySet& queries, const MatchChoices& choices) {
  MatchAnswer answer;
  if (!queries.dim()) return answer;
  Found found;
  if (choices.exclude_self) DAM_TRY(find_selves(view, queries, found.selves));
  DAM_TRY(search_codes(view, queries, choices, found));
  if (!found.is_done) DAM_TRY(RowScan(view, queries, choices, found.selves).run(found.rows));
  for (size_t i = 0; i < found.rows.size(); i++)
    append_rows(found.rows[i], static_cast<int64_t>(i), choices, answer);
  return answer;
}

}  // namespace dam
