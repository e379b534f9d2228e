// `dam list`: one line for each document of a slice.
#include <optional>
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "handles.h"
#include "json_scan.h"
#include "result_stream.h"
#include "slice_text.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "list";
constexpr size_t kTextBytes = 60;

struct ListRow {
  int64_t position = 0;
  size_t size = 0;
  std::string id;
  std::string text;
  const char* content_type = "none";
};

ListRow row_of(std::string_view json) {
  ListRow row;
  auto string_at = [&](const char* name) {
    std::optional<std::string_view> value = find_json(json, {name});
    return value ? json_string_value(*value).value_or("") : std::string();
  };
  row.id = string_at("id");
  for (const char* content : {"text", "buffer", "blob"}) {
    if (find_json(json, {content})) row.content_type = content;
  }
  row.text = start_of(string_at("text"), kTextBytes);
  return row;
}

std::string line_of(const ListRow& row) {
  std::string line = std::to_string(row.position) + '\t';
  append_printable(line, row.id);
  line += '\t' + std::string(row.content_type) + '\t' + std::to_string(row.size) + '\t';
  append_printable(line, row.text);
  return line;
}

std::string json_of(const ListRow& row) {
  std::string line = "{\"position\":" + std::to_string(row.position) + ",\"id\":";
  append_json_string(line, row.id);
  line += ",\"content_type\":\"" + std::string(row.content_type) + "\",\"size\":";
  line += std::to_string(row.size) + ",\"text\":";
  append_json_string(line, row.text);
  line += '}';
  return line;
}

ExitStatus print_rows(const Arguments& arguments, dam_cursor* cursor) {
  ResultStream results;
  std::string json;
  while (results.open() && !interrupted()) {
    const void* data = nullptr;
    size_t size = 0;
    int64_t position = 0;
    dam_status status = dam_cursor_next(cursor, &data, &size, &position);
    if (status == DAM_NOT_FOUND) break;
    if (status == DAM_OK) status = bytes_json(data, size, 0, json);
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
    ListRow row = row_of(json);
    row.position = position;
    row.size = size;
    results.write_line(arguments.json() ? json_of(row) : line_of(row));
  }
  return results.finish(kWhat);
}

ExitStatus run_list(const Arguments& arguments) {
  Slice slice;
  if (arguments.has("--slice")) {
    std::optional<Slice> given = parse_slice(arguments.text("--slice"));
    if (!given) return wrong_usage(kWhat, "--slice is A:B or A:B:C with a step other than 0");
    slice = *given;
  }
  Owned<dam_array> array;
  ExitStatus status = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (status != ExitStatus::kDone) return status;
  Owned<dam_cursor> cursor;
  const dam_status begun = open_cursor(array.get(), slice, cursor);
  if (begun != DAM_OK) return failed_call(kWhat, arguments.array(), begun);
  return print_rows(arguments, cursor.get());
}

constexpr OptionRow kOptions[] = {
    {"--slice", "A:B:C", "only positions from A up to B in steps of C, by Python's rules"},
};

}  // namespace

const Command kListCommand = {
    "list",
    "one line for each document",
    "Prints position, id, content type, size in bytes and the start of the text, tab-separated.",
    kArrayOnly,
    kOptions,
    "dam list birds --slice -10:",
    run_list,
};

}  // namespace dam::tool
