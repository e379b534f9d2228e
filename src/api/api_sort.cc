// Documents in the order of their values, and in groups.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/position_results.h"
#include "query/sort.h"
#include "query/split.h"

using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

Status check_flags(uint32_t flags, uint32_t allowed) {
  if ((flags & ~allowed) == 0) return {};
  return Status::error(Code::kInvalidArgument, "flags %#x hold one that this call does not know",
                       flags);
}

}  // namespace
}  // namespace dam

dam_status dam_sort(dam_snapshot* snapshot, const char* path, size_t path_size, uint32_t flags,
                    int64_t limit, dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    DAM_TRY(dam::check_flags(flags, DAM_SORT_DESCENDING));
    dam::SortChoices choices;
    DAM_TRY(dam::take_text(path, path_size, "path", choices.path));
    choices.descending = (flags & DAM_SORT_DESCENDING) != 0;
    choices.limit = limit;
    DAM_ASSIGN(std::vector<int64_t> sorted, dam::sort_positions(*open.view, choices));
    *out_results = dam::position_results(open.view, std::move(sorted)).release();
    return {};
  });
}

dam_status dam_split(dam_snapshot* snapshot, const char* path, size_t path_size,
                     dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    std::string_view text;
    DAM_TRY(dam::take_text(path, path_size, "path", text));
    DAM_ASSIGN(dam::GroupedPositions rows, dam::split_by_path(*open.view, text));
    *out_results = dam::grouped_results(open.view, std::move(rows)).release();
    return {};
  });
}

dam_status dam_portions(dam_snapshot* snapshot, int64_t portion_size, uint32_t flags, int64_t seed,
                        dam_results** out_results) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_results, "out_results"));
    DAM_TRY(dam::check_flags(flags, DAM_PORTIONS_SHUFFLED));
    std::optional<uint64_t> drawn_by;
    if ((flags & DAM_PORTIONS_SHUFFLED) != 0) drawn_by = static_cast<uint64_t>(seed);
    const auto total = static_cast<int64_t>(open.view->count());
    DAM_ASSIGN(dam::GroupedPositions rows, dam::split_by_size(total, portion_size, drawn_by));
    *out_results = dam::grouped_results(open.view, std::move(rows)).release();
    return {};
  });
}
