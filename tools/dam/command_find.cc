// `dam find`: the documents that pass a filter.
#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "command_table.h"
#include "document_text.h"
#include "json_scan.h"
#include "result_rows.h"
#include "terminal.h"
#include "where_option.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "find";

struct FindRequest {
  int64_t offset = 0;
  int64_t limit = INT64_MAX;
  std::string_view sort;
  uint32_t sort_flags = 0;
  std::string_view paths = "r";
  Owned<dam_filter> filter;
};

ExitStatus take_request(const Arguments& arguments, FindRequest& out) {
  ExitStatus outcome = take_integer(kWhat, arguments, "--offset", out.offset);
  if (outcome == ExitStatus::kDone) outcome = take_integer(kWhat, arguments, "--limit", out.limit);
  if (outcome != ExitStatus::kDone) return outcome;
  if (out.offset < 0 || out.limit < 0)
    return wrong_usage(kWhat, "--offset and --limit are 0 or more");
  out.sort = arguments.text("--sort");
  if (arguments.has("--paths")) out.paths = arguments.text("--paths");
  if (arguments.has("--sort") && arguments.has("--paths"))
    return wrong_usage(kWhat, "--sort orders whole documents, so it does not go with --paths");
  if (arguments.has("--descending") && !arguments.has("--sort"))
    return wrong_usage(kWhat, "--descending goes with --sort");
  if (arguments.has("--descending")) out.sort_flags = DAM_SORT_DESCENDING;
  return take_filter(kWhat, arguments.text("FILTER"), out.filter);
}

// INVALID_ARGUMENT can only be about what was typed.
ExitStatus told(const Arguments& arguments, dam_status status) {
  return status == DAM_INVALID_ARGUMENT ? wrong_usage(kWhat, failure_text(status))
                                        : failed_call(kWhat, arguments.array(), status);
}

// Which rows to print, in their order.
using Rows = std::vector<int64_t>;

dam_status sort_rows(const FindRequest& request, dam_snapshot* snapshot,
                     std::span<const int64_t> found, Rows& rows) {
  dam_results* raw_order = nullptr;
  dam_status status = dam_sort(snapshot, request.sort.data(), request.sort.size(),
                               request.sort_flags, -1, &raw_order);
  const Owned<dam_results> order(raw_order);
  std::span<const int64_t> positions;
  if (status == DAM_OK) status = column_of(raw_order, DAM_RESULTS_POSITION, positions);
  rows.clear();
  for (const int64_t position : positions) {
    const auto at = std::lower_bound(found.begin(), found.end(), position);
    if (at != found.end() && *at == position) rows.push_back(at - found.begin());
  }
  return keep_failure(status);
}

void cut_rows(const FindRequest& request, Rows& rows) {
  const auto count = static_cast<int64_t>(rows.size());
  const int64_t first = std::min(request.offset, count);
  const int64_t last = first + std::min(request.limit, count - first);
  rows = Rows(rows.begin() + first, rows.begin() + last);
}

// The search ends where the limit is reached. Why not with --sort: what comes first is not known
// before all were found.
dam_status cut_search(const FindRequest& request, Owned<dam_options>& out_options) {
  dam_options* options = nullptr;
  dam_status status = dam_options_create(&options);
  out_options.reset(options);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_FIND_OFFSET, request.offset);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_FIND_LIMIT, request.limit);
  return status;
}

ExitStatus print_ids(const Arguments& arguments, const dam_results* results, const Rows& rows,
                     ResultStream& stream) {
  char* raw_ids = nullptr;
  int64_t* offsets = nullptr;
  const dam_status status = dam_results_ids(results, &raw_ids, &offsets);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  const Owned<char> ids(raw_ids);
  for (const int64_t row : rows) {
    const std::string_view id(raw_ids + offsets[row],
                              static_cast<size_t>(offsets[row + 1] - offsets[row]));
    std::string line;
    if (arguments.json())
      append_json_string(line, id);
    else
      append_printable(line, id);
    stream.write_line(line);
  }
  dam_free(offsets);
  return ExitStatus::kDone;
}

ExitStatus print_found(const Arguments& arguments, const dam_results* results, const Rows& rows,
                       ResultStream& stream) {
  std::string json;
  for (const int64_t row : rows) {
    if (!stream.open() || interrupted()) break;
    dam_document* raw_document = nullptr;
    dam_status status = dam_results_document(results, row, &raw_document);
    const Owned<dam_document> document(raw_document);
    if (status == DAM_OK) status = document_json(raw_document, 0, json);
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
    stream.write_line(json);
  }
  return ExitStatus::kDone;
}

ExitStatus run_explain(const Arguments& arguments, const FindRequest& request,
                       dam_snapshot* snapshot) {
  char* raw_text = nullptr;
  size_t size = 0;
  const dam_status status = dam_explain(snapshot, request.filter.get(), request.paths.data(),
                                        request.paths.size(), nullptr, &raw_text, &size);
  if (status != DAM_OK) return told(arguments, status);
  const Owned<char> text(raw_text);
  ResultStream stream;
  if (!arguments.json()) {
    stream.write({raw_text, size});
    return stream.finish(kWhat);
  }
  std::string line;
  append_json_string(line, {raw_text, size});
  stream.write_line(line);
  return stream.finish(kWhat);
}

ExitStatus print_rows(const Arguments& arguments, const FindRequest& request,
                      dam_snapshot* snapshot, const dam_results* results) {
  std::span<const int64_t> found;
  dam_status status = column_of(results, DAM_RESULTS_POSITION, found);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  Rows rows(found.size());
  std::iota(rows.begin(), rows.end(), int64_t{0});
  if (arguments.has("--sort")) {
    status = sort_rows(request, snapshot, found, rows);
    if (status != DAM_OK) return told(arguments, status);
    cut_rows(request, rows);
  }
  ResultStream stream;
  const ExitStatus printed = arguments.has("--ids") ? print_ids(arguments, results, rows, stream)
                                                    : print_found(arguments, results, rows, stream);
  const ExitStatus finished = stream.finish(kWhat);
  if (printed != ExitStatus::kDone) return printed;
  if (finished != ExitStatus::kDone) return finished;
  return rows.empty() ? ExitStatus::kNothingFound : ExitStatus::kDone;
}

ExitStatus run_find(const Arguments& arguments) {
  FindRequest request;
  ExitStatus outcome = take_request(arguments, request);
  if (outcome != ExitStatus::kDone) return outcome;
  QueriedArray queried;
  outcome = open_queried(kWhat, arguments.array(), OpenMode::kRead, queried);
  if (outcome != ExitStatus::kDone) return outcome;
  dam_snapshot* const snapshot = queried.snapshot.get();
  if (arguments.has("--explain")) return run_explain(arguments, request, snapshot);
  Owned<dam_options> options;
  if (!arguments.has("--sort")) {
    const dam_status made = cut_search(request, options);
    if (made != DAM_OK) return failed_call(kWhat, arguments.array(), made);
  }
  dam_results* raw_results = nullptr;
  outcome = run_search(kWhat, arguments.array(), [&](dam_task* task) {
    return dam_find(snapshot, request.filter.get(), request.paths.data(), request.paths.size(),
                    options.get(), task, &raw_results);
  });
  const Owned<dam_results> results(raw_results);
  if (outcome != ExitStatus::kDone) return outcome;
  return print_rows(arguments, request, snapshot, raw_results);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"FILTER", "JSON, such as {\"tags.price\": {\"$lt\": 3}}; docs/find.md has the language", true,
     false},
};

constexpr OptionRow kOptions[] = {
    {"--limit", "N", "print at most N"},
    {"--offset", "N", "pass over the first N"},
    {"--sort", "PATH", "in the order of a value (see dam sort) instead of the array's"},
    {"--descending", "", "with --sort: the greatest first"},
    {"--paths", "PATHS", "look at these levels, such as c or r,c (see dam traverse)"},
    {"--ids", "", "print ids alone"},
    {"--explain", "", "print how the filter runs and how many documents each step kept"},
};

}  // namespace

const Command kFindCommand = {
    "find",
    "print documents that pass a filter",
    "Prints the documents that pass a filter as JSON lines, in the order of the array. The exit\n"
    "status is 1 when none does.",
    kPositionals,
    kOptions,
    "dam find birds '{\"text\": {\"$regex\": \"sing\"}, \"id\": {\"$ne\": \"wren\"}}'",
    run_find,
};

}  // namespace dam::tool
