#include "result_rows.h"

#include <optional>
#include <string>

#include "document_text.h"
#include "followed_work.h"
#include "slice_text.h"
#include "terminal.h"

namespace dam::tool {

ExitStatus open_queried(std::string_view what, std::string_view path, OpenMode mode,
                        QueriedArray& out_queried) {
  const ExitStatus opened = open_array(what, path, mode, out_queried.array);
  if (opened != ExitStatus::kDone) return opened;
  dam_snapshot* snapshot = nullptr;
  const dam_status status = dam_snapshot_open(out_queried.array.get(), &snapshot);
  out_queried.snapshot.reset(snapshot);
  return status == DAM_OK ? ExitStatus::kDone : failed_call(what, path, status);
}

dam_status column_of(const dam_results* results, int32_t column,
                     std::span<const int64_t>& out_values) {
  const void* data = nullptr;
  size_t size = 0;
  const dam_status status = dam_results_read(results, column, &data, &size);
  if (status == DAM_OK) out_values = {static_cast<const int64_t*>(data), size / sizeof(int64_t)};
  return status;
}

ExitStatus print_documents(std::string_view what, const Arguments& arguments,
                           dam_snapshot* snapshot, const dam_results* results) {
  std::span<const int64_t> positions;
  dam_status status = column_of(results, DAM_RESULTS_POSITION, positions);
  if (status != DAM_OK) return failed_call(what, arguments.array(), status);
  ResultStream stream;
  std::string json;
  for (const int64_t position : positions) {
    if (!stream.open() || interrupted()) break;
    const void* data = nullptr;
    size_t size = 0;
    status = dam_snapshot_get_at(snapshot, position, &data, &size);
    if (status == DAM_OK) status = bytes_json(data, size, 0, json);
    if (status != DAM_OK) return failed_call(what, arguments.array(), status);
    stream.write_line(json);
  }
  return stream.finish(what);
}

namespace {

ExitStatus reorder(std::string_view what, std::string_view path, dam_array* array,
                   const dam_results* results) {
  std::span<const int64_t> order;
  const dam_status status = column_of(results, DAM_RESULTS_POSITION, order);
  if (status != DAM_OK) return failed_call(what, path, status);
  const WorkOutcome pruned = run_followed([&](dam_task* task) {
    return dam_prune_ordered(array, order.data(), static_cast<int64_t>(order.size()), nullptr,
                             task);
  });
  if (pruned.status == DAM_OK) return ExitStatus::kDone;
  complain(what, path, pruned.failure);
  return exit_status_of(pruned.status);
}

}  // namespace

ExitStatus run_ordered(std::string_view what, const Arguments& arguments, const OrderQuery& order) {
  const std::string_view path = arguments.array();
  const bool in_place = arguments.has("--in-place");
  QueriedArray queried;
  ExitStatus outcome =
      open_queried(what, path, in_place ? OpenMode::kWrite : OpenMode::kRead, queried);
  if (outcome != ExitStatus::kDone) return outcome;
  dam_results* raw_results = nullptr;
  const dam_status status = order(queried.snapshot.get(), &raw_results);
  const Owned<dam_results> results(raw_results);
  if (status == DAM_INVALID_ARGUMENT) return wrong_usage(what, failure_text(status));
  if (status != DAM_OK) return failed_call(what, path, status);
  if (!in_place) return print_documents(what, arguments, queried.snapshot.get(), raw_results);
  outcome = reorder(what, path, queried.array.get(), raw_results);
  if (outcome != ExitStatus::kDone) return outcome;
  return close_writer(what, path, std::move(queried.array));
}

ExitStatus take_integer(std::string_view what, const Arguments& arguments, const char* option,
                        int64_t fallback, int64_t& out_value) {
  out_value = fallback;
  if (!arguments.has(option)) return ExitStatus::kDone;
  const std::optional<int64_t> given = parse_integer(arguments.text(option));
  if (!given) return wrong_usage(what, std::string(option) + " is an integer");
  out_value = *given;
  return ExitStatus::kDone;
}

}  // namespace dam::tool
