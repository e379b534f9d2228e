// Answers whose rows are whole documents of a view, by position.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "api/results_object.h"
#include "query/split.h"

namespace dam {

OwnedResults position_results(std::shared_ptr<const View> view, std::vector<int64_t> positions);
OwnedResults grouped_results(std::shared_ptr<const View> view, GroupedPositions rows);

}  // namespace dam
