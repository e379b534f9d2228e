// `dam export`: every document, or every one that passes a filter, as a JSON line, in order.
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "command_table.h"
#include "document_text.h"
#include "field_export.h"
#include "handles.h"
#include "result_rows.h"
#include "result_stream.h"
#include "terminal.h"
#include "where_option.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "export";

// All documents by a cursor, or those that were found, of one snapshot.
struct Walk {
  Owned<dam_cursor> cursor;
  QueriedArray queried;
  Owned<dam_results> found;
  std::span<const int64_t> positions;
  size_t row = 0;

  // NOT_FOUND at the end.
  dam_status next(const void** out_data, size_t* out_size, int64_t* out_position) {
    if (cursor) return dam_cursor_next(cursor.get(), out_data, out_size, out_position);
    if (row == positions.size()) return DAM_NOT_FOUND;
    *out_position = positions[row++];
    return dam_snapshot_get_at(queried.snapshot.get(), *out_position, out_data, out_size);
  }
};

ExitStatus begin_walk(const Arguments& arguments, const dam_filter* filter, Walk& out_walk) {
  ExitStatus outcome = open_queried(kWhat, arguments.array(), OpenMode::kRead, out_walk.queried);
  if (outcome != ExitStatus::kDone) return outcome;
  dam_snapshot* const snapshot = out_walk.queried.snapshot.get();
  if (filter == nullptr) {
    dam_cursor* cursor = nullptr;
    const dam_status begun =
        dam_cursor_open(snapshot, DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, &cursor);
    out_walk.cursor.reset(cursor);
    return begun == DAM_OK ? outcome : failed_call(kWhat, arguments.array(), begun);
  }
  dam_results* found = nullptr;
  outcome = run_search(kWhat, arguments.array(), [&](dam_task* task) {
    return dam_find(snapshot, filter, nullptr, 0, nullptr, task, &found);
  });
  out_walk.found.reset(found);
  if (outcome != ExitStatus::kDone) return outcome;
  const dam_status read = column_of(found, DAM_RESULTS_POSITION, out_walk.positions);
  return read == DAM_OK ? outcome : failed_call(kWhat, arguments.array(), read);
}

ExitStatus write_documents(const Arguments& arguments, Walk& walk, ResultStream& results) {
  const uint32_t flags = arguments.has("--arrays") ? DAM_JSON_ARRAYS : 0;
  Progress progress("documents", 0);
  std::string json;
  int64_t written = 0;
  int64_t bytes = 0;
  while (results.open() && !interrupted()) {
    const void* data = nullptr;
    size_t size = 0;
    int64_t position = 0;
    dam_status status = walk.next(&data, &size, &position);
    if (status == DAM_NOT_FOUND) return ExitStatus::kDone;
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
    status = bytes_json(data, size, flags, json);
    if (status != DAM_OK) {
      std::string where = std::string(arguments.array()) + " position " + std::to_string(position);
      return failed_call(kWhat, where, status);
    }
    results.write_line(json);
    bytes += static_cast<int64_t>(json.size()) + 1;
    progress.show(++written, bytes);
  }
  if (!interrupted()) return ExitStatus::kDone;
  complain(kWhat, arguments.array(), "interrupted after " + std::to_string(written) + " documents");
  return ExitStatus::kFailed;
}

ExitStatus write_fields(const Arguments& arguments, const Walk& walk, FieldFormat format,
                        ResultStream& results) {
  dam_snapshot* const snapshot = walk.queried.snapshot.get();
  const FieldExport wanted = {kWhat, arguments.array(), snapshot, arguments.text("--fields"),
                              format};
  if (!walk.cursor) return export_fields(wanted, walk.positions, results);
  int64_t count = 0;
  const dam_status counted = dam_snapshot_count(snapshot, &count);
  if (counted != DAM_OK) return failed_call(kWhat, arguments.array(), counted);
  std::vector<int64_t> positions(static_cast<size_t>(count));
  std::iota(positions.begin(), positions.end(), int64_t{0});
  return export_fields(wanted, positions, results);
}

// Of documents as a whole there are JSON lines only: a table needs to be told its columns.
ExitStatus take_format(const Arguments& arguments, FieldFormat& out_format) {
  const std::string_view format = arguments.has("--format") ? arguments.text("--format") : "jsonl";
  if (format != "jsonl" && format != "csv") return wrong_usage(kWhat, "--format is jsonl or csv");
  out_format = format == "csv" ? FieldFormat::kCsv : FieldFormat::kJsonLines;
  if (out_format == FieldFormat::kCsv && !arguments.has("--fields"))
    return wrong_usage(kWhat, "--format csv needs --fields");
  if (arguments.has("--fields") && arguments.has("--arrays"))
    return wrong_usage(kWhat, "--arrays is for whole documents, not for --fields");
  return ExitStatus::kDone;
}

ExitStatus run_export(const Arguments& arguments) {
  Owned<dam_filter> filter;
  FieldFormat format = FieldFormat::kJsonLines;
  ExitStatus status = take_format(arguments, format);
  if (status != ExitStatus::kDone) return status;
  if (arguments.has("--where")) status = take_filter(kWhat, arguments.text("--where"), filter);
  if (status != ExitStatus::kDone) return status;
  Walk walk;
  status = begin_walk(arguments, filter.get(), walk);
  if (status != ExitStatus::kDone) return status;
  ResultStream results;
  std::string_view file = arguments.text("FILE");
  if (!file.empty() && file != "-") status = results.redirect(kWhat, file);
  if (status != ExitStatus::kDone) return status;
  status = arguments.has("--fields") ? write_fields(arguments, walk, format, results)
                                     : write_documents(arguments, walk, results);
  ExitStatus finished = results.finish(kWhat);
  return status == ExitStatus::kDone ? finished : status;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"FILE", "file to write; - or left out: stdout", false, false},
};
constexpr OptionRow kOptions[] = {
    {"--arrays", "", "tensors as plain lists of numbers instead of base64"},
    {"--fields", "PATHS", "only these, such as id,text,tags.a; null if missing"},
    {"--format", "FORMAT", "jsonl (the default), or csv, which needs --fields"},
    {"--where", "FILTER", "only documents that pass a filter (see dam find)"},
};

}  // namespace

const Command kExportCommand = {
    "export",
    "write every document as a JSON line, or fields as CSV",
    "Writes all documents, or those that pass a filter, in order, one JSON object a line, as they\n"
    "were at one moment; with --fields some values of each, by their paths, which CSV has as its\n"
    "header.",
    kPositionals,
    kOptions,
    "dam export birds birds.jsonl",
    run_export,
};

}  // namespace dam::tool
