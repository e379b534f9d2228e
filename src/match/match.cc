#include "match/match.h"

#include "match/row_scan.h"

namespace dam {
namespace {

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

}  // namespace

Result<MatchAnswer> match(const View& view, const QuerySet& queries, const MatchChoices& choices) {
  MatchAnswer answer;
  if (!queries.dim()) return answer;
  std::vector<uint64_t> selves;
  if (choices.exclude_self) DAM_TRY(find_selves(view, queries, selves));
  std::vector<QueryRows> found;
  DAM_TRY(RowScan(view, queries, choices, selves).run(found));
  for (size_t i = 0; i < found.size(); i++)
    append_rows(found[i], static_cast<int64_t>(i), choices, answer);
  return answer;
}

}  // namespace dam
