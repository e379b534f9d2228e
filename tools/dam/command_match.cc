// `dam match`: the nearest documents of an array, for documents, another array or a matrix.
#include <charconv>
#include <optional>
#include <string>

#include "command_table.h"
#include "followed_work.h"
#include "handles.h"
#include "json_scan.h"
#include "npy_file.h"
#include "result_stream.h"
#include "slice_text.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "match";

constexpr std::pair<std::string_view, int64_t> kMetrics[] = {
    {"cosine", DAM_METRIC_COSINE},           {"euclidean", DAM_METRIC_EUCLIDEAN},
    {"sqeuclidean", DAM_METRIC_SQEUCLIDEAN}, {"inner-product", DAM_METRIC_INNER_PRODUCT},
    {"hamming", DAM_METRIC_HAMMING},         {"jaccard", DAM_METRIC_JACCARD},
    {"manhattan", DAM_METRIC_MANHATTAN},
};

std::optional<int64_t> metric_named(std::string_view name) {
  for (const auto& [known, metric] : kMetrics) {
    if (name == known) return metric;
  }
  return std::nullopt;
}

// `all` stands for no limit.
std::optional<int64_t> parse_number(std::string_view text) {
  if (text == "all") return DAM_NO_LIMIT;
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

ExitStatus set_number(const Arguments& arguments, const char* name, int32_t option,
                      dam_options* options) {
  if (!arguments.has(name)) return ExitStatus::kDone;
  const std::optional<int64_t> value = parse_number(arguments.text(name));
  if (value && dam_options_set(options, option, *value) == DAM_OK) return ExitStatus::kDone;
  return wrong_usage(kWhat, std::string(name) + " is no number that fits");
}

ExitStatus take_options(const Arguments& arguments, dam_options* options) {
  if (arguments.has("--metric")) {
    const std::optional<int64_t> metric = metric_named(arguments.text("--metric"));
    if (!metric) return wrong_usage(kWhat, "--metric is not known");
    (void)dam_options_set(options, DAM_OPTION_METRIC, *metric);
  }
  if (arguments.has("--exclude-self")) (void)dam_options_set(options, DAM_OPTION_EXCLUDE_SELF, 1);
  const ExitStatus limit = set_number(arguments, "--limit", DAM_OPTION_LIMIT, options);
  if (limit != ExitStatus::kDone) return limit;
  return set_number(arguments, "--threads", DAM_OPTION_THREADS, options);
}

dam_status take_snapshot(dam_array* array, Owned<dam_snapshot>& out) {
  dam_snapshot* raw = nullptr;
  const dam_status status = dam_snapshot_open(array, &raw);
  out.reset(raw);
  return status;
}

ExitStatus add_ids(const Arguments& arguments, dam_snapshot* snapshot, dam_queries* queries) {
  std::string ids;
  std::vector<int64_t> offsets = {0};
  for (const std::string& id : arguments.list("--id")) {
    ids += id;
    offsets.push_back(static_cast<int64_t>(ids.size()));
  }
  const dam_status status = dam_queries_add_ids(queries, snapshot, ids.data(), offsets.data(),
                                                static_cast<int64_t>(offsets.size()) - 1);
  if (status == DAM_NOT_FOUND) {
    complain(kWhat, arguments.array(), failure_text(status));
    return ExitStatus::kNothingFound;
  }
  return status == DAM_OK ? ExitStatus::kDone : failed_call(kWhat, arguments.array(), status);
}

ExitStatus add_matrix(const Arguments& arguments, dam_queries* queries) {
  NpyArray given;
  const std::string path(arguments.text("--npy"));
  const ExitStatus read = read_npy(kWhat, path, given);
  if (read != ExitStatus::kDone) return read;
  const dam_status status = dam_queries_add_matrix(queries, given.dtype, given.shape.data(),
                                                   static_cast<int64_t>(given.shape.size()),
                                                   given.data.data(), given.data.size());
  return status == DAM_OK ? ExitStatus::kDone : failed_call(kWhat, path, status);
}

ExitStatus add_array(const Arguments& arguments, dam_queries* queries) {
  const std::string_view path = arguments.text("--array");
  Owned<dam_array> other;
  Owned<dam_snapshot> snapshot;
  const ExitStatus opened = open_array(kWhat, path, OpenMode::kRead, other);
  if (opened != ExitStatus::kDone) return opened;
  dam_status status = take_snapshot(other.get(), snapshot);
  if (status == DAM_OK)
    status = dam_queries_add_slice(queries, snapshot.get(), DAM_OMITTED, DAM_OMITTED, 1);
  return status == DAM_OK ? ExitStatus::kDone : failed_call(kWhat, path, status);
}

ExitStatus add_queries(const Arguments& arguments, dam_snapshot* snapshot, dam_queries* queries) {
  if (arguments.has("--id")) return add_ids(arguments, snapshot, queries);
  if (arguments.has("--npy")) return add_matrix(arguments, queries);
  return add_array(arguments, queries);
}

// The columns of an answer, lent by it.
struct Rows {
  int64_t count = 0;
  const int64_t* queries = nullptr;
  const int64_t* ranks = nullptr;
  const int64_t* positions = nullptr;
  const double* distances = nullptr;
  Owned<char> ids;
  std::unique_ptr<int64_t, Release> offsets;
};

template <typename T>
dam_status read_column(const dam_results* results, int32_t column, const T*& out) {
  const void* data = nullptr;
  size_t size = 0;
  const dam_status status = dam_results_read(results, column, &data, &size);
  out = static_cast<const T*>(data);
  return status;
}

dam_status read_rows(const dam_results* results, Rows& out) {
  char* ids = nullptr;
  int64_t* offsets = nullptr;
  const dam_status status = dam_results_ids(results, &ids, &offsets);
  out.ids.reset(ids);
  out.offsets.reset(offsets);
  if (status != DAM_OK) return status;
  (void)dam_results_count(results, &out.count);
  (void)read_column(results, DAM_RESULTS_QUERY, out.queries);
  (void)read_column(results, DAM_RESULTS_RANK, out.ranks);
  (void)read_column(results, DAM_RESULTS_POSITION, out.positions);
  return read_column(results, DAM_RESULTS_DISTANCE, out.distances);
}

std::string shortest(double number) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number);
  return {text, end};
}

std::string line_of(const Rows& rows, int64_t i, bool json) {
  const std::string_view id = {rows.ids.get() + rows.offsets.get()[i],
                               rows.ids.get() + rows.offsets.get()[i + 1]};
  std::string line;
  if (json) {
    line = "{\"query\":" + std::to_string(rows.queries[i]);
    line += ",\"rank\":" + std::to_string(rows.ranks[i]);
    line += ",\"position\":" + std::to_string(rows.positions[i]) + ",\"id\":";
    append_json_string(line, id);
    return line + ",\"distance\":" + shortest(rows.distances[i]) + '}';
  }
  line = std::to_string(rows.queries[i]) + '\t' + std::to_string(rows.ranks[i]) + '\t' +
         std::to_string(rows.positions[i]) + '\t';
  append_printable(line, id);
  return line + '\t' + shortest(rows.distances[i]);
}

ExitStatus print_rows(const Arguments& arguments, const dam_results* results) {
  Rows rows;
  const dam_status status = read_rows(results, rows);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  ResultStream stream;
  for (int64_t i = 0; i < rows.count && stream.open() && !interrupted(); i++)
    stream.write_line(line_of(rows, i, arguments.json()));
  const ExitStatus finished = stream.finish(kWhat);
  if (finished != ExitStatus::kDone) return finished;
  return rows.count > 0 ? ExitStatus::kDone : ExitStatus::kNothingFound;
}

ExitStatus match(const Arguments& arguments, dam_array* array, const dam_options* options) {
  Owned<dam_snapshot> snapshot;
  dam_queries* raw_queries = nullptr;
  dam_status status = take_snapshot(array, snapshot);
  if (status == DAM_OK) status = dam_queries_create(&raw_queries);
  const Owned<dam_queries> queries(raw_queries);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  const ExitStatus added = add_queries(arguments, snapshot.get(), queries.get());
  if (added != ExitStatus::kDone) return added;
  dam_results* raw_results = nullptr;
  const WorkOutcome outcome = run_followed([&](dam_task* task) {
    return dam_match(snapshot.get(), queries.get(), nullptr, options, task, &raw_results);
  });
  const Owned<dam_results> results(raw_results);
  if (outcome.status == DAM_OK) return print_rows(arguments, results.get());
  complain(kWhat, arguments.array(), outcome.failure);
  return exit_status_of(outcome.status);
}

ExitStatus run_match(const Arguments& arguments) {
  const int sources = (arguments.has("--id") ? 1 : 0) + (arguments.has("--npy") ? 1 : 0) +
                      (arguments.has("--array") ? 1 : 0);
  if (sources != 1)
    return wrong_usage(kWhat, "one of --id, --npy and --array says what to look for");
  dam_options* raw_options = nullptr;
  const dam_status made = dam_options_create(&raw_options);
  const Owned<dam_options> options(raw_options);
  if (made != DAM_OK) return failed_call(kWhat, arguments.array(), made);
  const ExitStatus taken = take_options(arguments, options.get());
  if (taken != ExitStatus::kDone) return taken;
  Owned<dam_array> array;
  const ExitStatus opened = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (opened != ExitStatus::kDone) return opened;
  return match(arguments, array.get(), options.get());
}

constexpr OptionRow kOptions[] = {
    {"--id", "ID", "look for what is near to a document of the array", true},
    {"--npy", "FILE", "look for each row of a matrix that numpy wrote"},
    {"--array", "OTHER", "look for each document of another array"},
    {"--limit", "N", "rows for each query, or all; 20 by default"},
    {"--metric", "NAME", "cosine|euclidean|sqeuclidean|inner-product|hamming|jaccard|manhattan"},
    {"--exclude-self", "", "leave out the document that has the id of the query"},
    {"--threads", "N", "how many threads work; all processors by default"},
};

}  // namespace

const Command kMatchCommand = {
    "match",
    "the nearest documents by embedding",
    "Prints number of the query, rank, position, id and distance, tab-separated, nearest first,\n"
    "for each query. The answer is exact; equal distances are in the order of the array.",
    kArrayOnly,
    kOptions,
    "dam match birds --id wren --limit 5",
    run_match,
};

}  // namespace dam::tool
