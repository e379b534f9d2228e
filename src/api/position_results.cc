#include "api/position_results.h"

#include <utility>

namespace dam {

OwnedResults position_results(std::shared_ptr<const View> view, std::vector<int64_t> positions) {
  OwnedResults results(new dam_results);
  results->view = std::move(view);
  results->count = static_cast<int64_t>(positions.size());
  results->columns.push_back({DAM_RESULTS_POSITION, std::move(positions)});
  return results;
}

OwnedResults grouped_results(std::shared_ptr<const View> view, GroupedPositions rows) {
  OwnedResults results = position_results(std::move(view), std::move(rows.positions));
  results->columns.push_back({DAM_RESULTS_GROUP, std::move(rows.groups)});
  return results;
}

}  // namespace dam
