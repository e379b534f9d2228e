// `dam export`: every document as a JSON line, in order, from one snapshot.
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "handles.h"
#include "result_stream.h"
#include "slice_text.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "export";

ExitStatus write_documents(const Arguments& arguments, dam_cursor* cursor, ResultStream& results) {
  const uint32_t flags = arguments.has("--arrays") ? DAM_JSON_ARRAYS : 0;
  Progress progress("documents", 0);
  std::string json;
  int64_t written = 0;
  int64_t bytes = 0;
  while (results.open() && !interrupted()) {
    const void* data = nullptr;
    size_t size = 0;
    int64_t position = 0;
    dam_status status = dam_cursor_next(cursor, &data, &size, &position);
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

ExitStatus run_export(const Arguments& arguments) {
  Owned<dam_array> array;
  ExitStatus status = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (status != ExitStatus::kDone) return status;
  Owned<dam_cursor> cursor;
  const dam_status begun = open_cursor(array.get(), Slice{}, cursor);
  if (begun != DAM_OK) return failed_call(kWhat, arguments.array(), begun);
  ResultStream results;
  std::string_view file = arguments.text("FILE");
  if (!file.empty() && file != "-") status = results.redirect(kWhat, file);
  if (status != ExitStatus::kDone) return status;
  status = write_documents(arguments, cursor.get(), results);
  ExitStatus finished = results.finish(kWhat);
  return status == ExitStatus::kDone ? finished : status;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"FILE", "file to write; - or left out: stdout", false, false},
};
constexpr OptionRow kOptions[] = {
    {"--arrays", "", "tensors as plain lists of numbers instead of base64"},
};

}  // namespace

const Command kExportCommand = {
    "export",
    "write every document as a JSON line",
    "Writes all documents in order, one JSON object a line, as they were at one moment.",
    kPositionals,
    kOptions,
    "dam export birds birds.jsonl",
    run_export,
};

}  // namespace dam::tool
