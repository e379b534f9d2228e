// Nearest neighbours: queries against the embeddings of a snapshot.
#include "api/arguments.h"
#include "api/filter_object.h"
#include "api/open_handles.h"
#include "api/options_object.h"
#include "api/queries_object.h"
#include "api/results_object.h"
#include "api/task_progress.h"

using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

Status take_choices(const dam_options* options, MatchChoices& out) {
  if (options == nullptr) return {};
  out = options->match.choices;
  if (!options->match.approximate) return {};
  return Status::error(Code::kUnsupported, "this version has no approximate index");
}

OwnedResults results_of(MatchAnswer answer, std::shared_ptr<const View> view) {
  OwnedResults results(new dam_results);
  results->view = std::move(view);
  results->count = static_cast<int64_t>(answer.distances.size());
  results->columns = {{DAM_RESULTS_QUERY, std::move(answer.queries)},
                      {DAM_RESULTS_RANK, std::move(answer.ranks)},
                      {DAM_RESULTS_POSITION, std::move(answer.positions)}};
  results->distances = std::move(answer.distances);
  return results;
}

}  // namespace
}  // namespace dam

dam_status dam_match(dam_snapshot* snapshot, const dam_queries* queries, const dam_filter* filter,
                     const dam_options* options, dam_task* task, dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(queries, "queries"));
    DAM_TRY(dam::require(out_results, "out_results"));
    dam::MatchChoices choices;
    DAM_TRY(dam::take_choices(options, choices));
    std::shared_ptr<dam::TaskProgress> progress;
    DAM_TRY(dam::follow_task(task, progress));
    choices.progress = [&progress](uint64_t done, uint64_t total) {
      return dam::tell_progress(*progress, done, total);
    };
    choices.indexes = open.indexes.get();
    dam::PositionBits passing;
    if (filter != nullptr) {
      DAM_TRY(dam::find_positions(open.view, {.filter = filter->tree, .follow = choices.progress},
                                  passing));
      choices.filter = &passing;
    }
    DAM_ASSIGN(dam::MatchAnswer answer, dam::match(*open.view, queries->set, choices));
    *out_results = dam::results_of(std::move(answer), open.view).release();
    return {};
  });
}
