#include "query/select.h"

#include <algorithm>
#include <string>

#include "document/document_view.h"

namespace dam {
namespace {

// Rows that are gone through at once by all columns, so that each document is fetched once.
constexpr size_t kBlock = 256;

template <typename Visit>
void for_each_value(std::span<const schema::Document* const> rows, std::span<const FieldPath> paths,
                    Visit&& visit) {
  std::vector<FieldPath::Hints> hints;
  for (const FieldPath& path : paths) hints.push_back(path.hints());
  for (size_t begin = 0; begin < rows.size(); begin += kBlock) {
    const auto block = rows.subspan(begin, std::min(kBlock, rows.size() - begin));
    for (size_t column = 0; column < paths.size(); ++column) {
      for (const schema::Document* row : block)
        visit(column, paths[column].read(row, &hints[column]));
    }
  }
}

Status append_row(const View& view, uint64_t slot, SelectedRows& rows) {
  Record record;
  DAM_TRY(view.record(slot, View::Check::kFirstTouch, record));
  rows.push_back(document_root(record.document));
  return {};
}

}  // namespace

Result<SelectedRows> rows_of_slice(const View& view, const SliceRange& range) {
  SelectedRows rows;
  rows.reserve(static_cast<size_t>(range.size));
  uint64_t slot = 0;
  for (int64_t row = 0; row < range.size; ++row) {
    if (row == 0 || range.step != 1)
      DAM_TRY(view.slot_at(static_cast<uint64_t>(range.at(row)), slot));
    else
      DAM_TRY(view.next_slot(slot + 1, slot));
    DAM_TRY(append_row(view, slot, rows));
  }
  return rows;
}

Result<SelectedRows> rows_at(const View& view, std::span<const int64_t> positions) {
  SelectedRows rows;
  rows.reserve(positions.size());
  for (const int64_t position : positions) {
    uint64_t slot = 0;
    DAM_ASSIGN(const uint64_t resolved, resolve_position(position, view.count()));
    DAM_TRY(view.slot_at(resolved, slot));
    DAM_TRY(append_row(view, slot, rows));
  }
  return rows;
}

Result<std::vector<FieldPath>> parse_field_paths(std::string_view text) {
  std::vector<FieldPath> paths;
  std::string one;
  for (size_t i = 0; i <= text.size(); ++i) {
    const bool is_end = i == text.size();
    if (is_end || text[i] == ',') {
      DAM_ASSIGN(FieldPath path, FieldPath::parse(one));
      paths.push_back(std::move(path));
      one.clear();
      continue;
    }
    const bool is_pair = text[i] == '\\' && i + 1 < text.size();
    if (is_pair && text[i + 1] != ',') one += text[i];
    one += text[is_pair ? ++i : i];
  }
  return paths;
}

std::vector<Column> select_columns(std::span<const schema::Document* const> rows,
                                   std::span<const FieldPath> paths, bool as_json) {
  std::vector<ColumnSurvey> surveys(paths.size());
  if (!as_json) {
    for_each_value(rows, paths,
                   [&](size_t column, const FieldValue& value) { surveys[column].note(value); });
  }
  std::vector<Column> columns(paths.size());
  std::vector<ColumnFill> fills;
  for (size_t i = 0; i < paths.size(); ++i) {
    columns[i] = surveys[i].settle();
    columns[i].name = paths[i].text();
    if (as_json) columns[i].kind = ColumnKind::kJson;
    fills.emplace_back(&columns[i], rows.size());
  }
  for_each_value(rows, paths,
                 [&](size_t column, const FieldValue& value) { fills[column].add(value); });
  return columns;
}

}  // namespace dam
