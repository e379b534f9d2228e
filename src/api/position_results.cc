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

}  // namespace dam
