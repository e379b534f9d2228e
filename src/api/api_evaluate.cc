// Measuring rankings against a truth.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/position_results.h"
#include "query/evaluate.h"

using dam::Measure;
using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

static_assert(DAM_MEASURE_PRECISION == static_cast<int>(Measure::kPrecision) &&
              DAM_MEASURE_RECALL == static_cast<int>(Measure::kRecall) &&
              DAM_MEASURE_F1 == static_cast<int>(Measure::kF1) &&
              DAM_MEASURE_R_PRECISION == static_cast<int>(Measure::kRPrecision) &&
              DAM_MEASURE_HIT == static_cast<int>(Measure::kHit) &&
              DAM_MEASURE_AVERAGE_PRECISION == static_cast<int>(Measure::kAveragePrecision) &&
              DAM_MEASURE_RECIPROCAL_RANK == static_cast<int>(Measure::kReciprocalRank) &&
              DAM_MEASURE_DCG == static_cast<int>(Measure::kDcg) &&
              DAM_MEASURE_NDCG == static_cast<int>(Measure::kNdcg));

Status take_measure(int32_t measure, Measure& out_measure) {
  if (measure < DAM_MEASURE_PRECISION || measure >= static_cast<int32_t>(Measure::kCount))
    return Status::error(Code::kInvalidArgument, "measure %d is not known", measure);
  out_measure = static_cast<Measure>(measure);
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_evaluate(dam_snapshot* snapshot, dam_snapshot* truth, int32_t measure, int64_t depth,
                        double* out_mean, dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    dam::HandleUse use;
    DAM_TRY(use.enter(dam::HandleKind::kSnapshot, truth));
    DAM_TRY(dam::require(out_mean, "out_mean"));
    dam::EvaluationChoices choices;
    DAM_TRY(dam::take_measure(measure, choices.measure));
    choices.depth = depth;
    const dam::View& truth_view = *static_cast<OpenSnapshot*>(use.object())->view;
    DAM_ASSIGN(dam::Evaluation found, dam::evaluate_view(*open.view, truth_view, choices));
    if (found.positions.empty()) return Status::absent();
    if (out_results != nullptr) {
      dam::OwnedResults results = dam::position_results(open.view, std::move(found.positions));
      results->values = std::move(found.values);
      *out_results = results.release();
    }
    *out_mean = found.mean;
    return {};
  });
}
