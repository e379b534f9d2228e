// Documents in an order drawn by a seed.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/position_results.h"
#include "query/sample.h"

using dam::OpenSnapshot;
using dam::Status;

dam_status dam_sample(dam_snapshot* snapshot, int64_t count, int64_t seed,
                      dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    const auto total = static_cast<int64_t>(open.view->count());
    DAM_ASSIGN(std::vector<int64_t> drawn,
               dam::sample_positions(total, count, static_cast<uint64_t>(seed)));
    *out_results = dam::position_results(open.view, std::move(drawn)).release();
    return {};
  });
}

dam_status dam_shuffle(dam_snapshot* snapshot, int64_t seed, dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    const auto total = static_cast<int64_t>(open.view->count());
    DAM_ASSIGN(std::vector<int64_t> drawn,
               dam::shuffle_positions(total, static_cast<uint64_t>(seed)));
    *out_results = dam::position_results(open.view, std::move(drawn)).release();
    return {};
  });
}
