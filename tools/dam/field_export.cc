#include "field_export.h"

#include <algorithm>
#include <string>
#include <vector>

#include "json_scan.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr size_t kPortion = 4096;

// One column of JSON, lent by its dam_columns.
struct LentColumn {
  std::string_view name;
  const uint8_t* validity = nullptr;
  const int64_t* offsets = nullptr;
  const char* data = nullptr;

  bool has(size_t row) const { return (validity[row / 8] >> (row % 8) & 1) != 0; }
  std::string_view at(size_t row) const {
    return {data + offsets[row], static_cast<size_t>(offsets[row + 1] - offsets[row])};
  }
};

dam_status lend_column(const dam_columns* columns, int32_t number, LentColumn& out) {
  const void* parts[3] = {};
  size_t size = 0;
  for (int32_t part = DAM_COLUMNS_VALIDITY; part <= DAM_COLUMNS_DATA; ++part) {
    const dam_status read = dam_columns_read(columns, number, part, &parts[part - 1], &size);
    if (read != DAM_OK) return read;
  }
  out.validity = static_cast<const uint8_t*>(parts[0]);
  out.offsets = static_cast<const int64_t*>(parts[1]);
  out.data = static_cast<const char*>(parts[2]);
  int32_t kind = 0;
  int64_t width = 0;
  const char* name = nullptr;
  const dam_status described = dam_columns_describe(columns, number, &kind, &width, &name, &size);
  out.name = {name, size};
  return described;
}

// Would read back as a number, a boolean, null or JSON if it had no quotes.
bool looks_like_json(std::string_view text) {
  constexpr std::string_view kBegins = "-0123456789[{";
  return kBegins.find(text[0]) != std::string_view::npos || text == "true" || text == "false" ||
         text == "null";
}

void append_cell(std::string& line, std::string_view text, bool is_text) {
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos ||
                      (is_text && (text.empty() || looks_like_json(text)));
  if (!quoted) {
    line += text;
    return;
  }
  line += '"';
  for (const char byte : text) {
    if (byte == '"') line += '"';
    line += byte;
  }
  line += '"';
}

void append_csv_value(std::string& line, std::string_view json) {
  const std::optional<std::string> text = json_string_value(json);
  append_cell(line, text ? std::string_view(*text) : json, text.has_value());
}

std::string csv_line(const std::vector<LentColumn>& columns, size_t row) {
  std::string line;
  for (const LentColumn& column : columns) {
    if (&column != columns.data()) line += ',';
    if (column.has(row)) append_csv_value(line, column.at(row));
  }
  return line + "\r\n";
}

std::string csv_header(const std::vector<LentColumn>& columns) {
  std::string line;
  for (const LentColumn& column : columns) {
    if (&column != columns.data()) line += ',';
    append_cell(line, column.name, false);
  }
  return line + "\r\n";
}

std::string json_line(const std::vector<LentColumn>& columns, size_t row) {
  std::string line = "{";
  for (const LentColumn& column : columns) {
    if (&column != columns.data()) line += ',';
    append_json_string(line, column.name);
    line += ':';
    line += column.has(row) ? column.at(row) : "null";
  }
  return line + "}\n";
}

dam_status lend_all(const dam_columns* columns, std::vector<LentColumn>& out) {
  int64_t count = 0;
  int64_t rows = 0;
  dam_status status = dam_columns_count(columns, &count, &rows);
  out.assign(static_cast<size_t>(count), {});
  for (int32_t i = 0; i < count && status == DAM_OK; ++i)
    status = lend_column(columns, i, out[static_cast<size_t>(i)]);
  return status;
}

dam_status write_portion(const FieldExport& wanted, std::span<const int64_t> positions,
                         bool is_first, ResultStream& results) {
  dam_columns* raw = nullptr;
  dam_status status =
      dam_select_at(wanted.snapshot, positions.data(), static_cast<int64_t>(positions.size()),
                    wanted.fields.data(), wanted.fields.size(), DAM_SELECT_JSON, &raw);
  const Owned<dam_columns> columns(raw);
  std::vector<LentColumn> lent;
  if (status == DAM_OK) status = lend_all(raw, lent);
  if (status != DAM_OK) return status;
  const bool is_csv = wanted.format == FieldFormat::kCsv;
  if (is_csv && is_first) results.write(csv_header(lent));
  for (size_t row = 0; row < positions.size(); ++row)
    results.write(is_csv ? csv_line(lent, row) : json_line(lent, row));
  return DAM_OK;
}

}  // namespace

ExitStatus export_fields(const FieldExport& wanted, std::span<const int64_t> positions,
                         ResultStream& results) {
  Progress progress("documents", 0);
  size_t done = 0;
  do {
    const auto portion = positions.subspan(done, std::min(kPortion, positions.size() - done));
    const dam_status status = write_portion(wanted, portion, done == 0, results);
    if (status != DAM_OK) return failed_call(wanted.what, wanted.array, status);
    done += portion.size();
    progress.show(static_cast<int64_t>(done), 0);
  } while (done < positions.size() && results.open() && !interrupted());
  if (!interrupted()) return ExitStatus::kDone;
  complain(wanted.what, wanted.array, "interrupted after " + std::to_string(done) + " documents");
  return ExitStatus::kFailed;
}

}  // namespace dam::tool
