// Values of documents by column: asked for, described, lent and exported.
#include "api/arguments.h"
#include "api/arrow_export.h"
#include "api/boundary.h"
#include "api/columns_object.h"
#include "api/open_handles.h"
#include "api/results_object.h"
#include "query/select.h"

using dam::OpenSnapshot;
using dam::Status;

namespace dam {
namespace {

static_assert(static_cast<int32_t>(ColumnKind::kEmpty) == DAM_COLUMN_EMPTY);
static_assert(static_cast<int32_t>(ColumnKind::kInteger) == DAM_COLUMN_INTEGER);
static_assert(static_cast<int32_t>(ColumnKind::kReal) == DAM_COLUMN_NUMBER);
static_assert(static_cast<int32_t>(ColumnKind::kBoolean) == DAM_COLUMN_BOOLEAN);
static_assert(static_cast<int32_t>(ColumnKind::kText) == DAM_COLUMN_STRING);
static_assert(static_cast<int32_t>(ColumnKind::kBytes) == DAM_COLUMN_BUFFER);
static_assert(static_cast<int32_t>(ColumnKind::kFloats) == DAM_COLUMN_FLOATS);
static_assert(static_cast<int32_t>(ColumnKind::kDoubles) == DAM_COLUMN_DOUBLES);
static_assert(static_cast<int32_t>(ColumnKind::kJson) == DAM_COLUMN_JSON);

// What a select asks for besides rows.
struct Selection {
  std::vector<FieldPath> paths;
  bool as_json;
};

Result<Selection> take_selection(const char* path, size_t path_size, uint32_t flags) {
  if ((flags & ~uint32_t{DAM_SELECT_JSON}) != 0)
    return Status::error(Code::kInvalidArgument, "flags %#x hold one that this call does not know",
                         flags);
  std::string_view text;
  DAM_TRY(take_text(path, path_size, "path", text));
  DAM_ASSIGN(std::vector<FieldPath> paths, parse_field_paths(text));
  return Selection{std::move(paths), (flags & DAM_SELECT_JSON) != 0};
}

void hand_out_columns(const SelectedRows& rows, const Selection& selection,
                      dam_columns** out_columns) {
  auto set = std::make_shared<ColumnSet>();
  set->rows = static_cast<int64_t>(rows.size());
  set->columns = select_columns(rows, selection.paths, selection.as_json);
  *out_columns = new dam_columns{std::move(set)};
}

// The documents that results have found.
Result<SelectedRows> rows_of(const dam_results& results) {
  if (!results.parts.empty()) return results.parts;
  const std::vector<int64_t>* positions = find_column(results, DAM_RESULTS_POSITION);
  if (positions == nullptr)
    return Status::error(Code::kInvalidArgument, "the answer has no column \"position\"");
  return rows_at(*results.view, *positions);
}

Result<const Column*> take_column(const dam_columns* columns, int32_t column) {
  DAM_TRY(require(columns, "columns"));
  const auto& all = columns->set->columns;
  if (column < 0 || static_cast<size_t>(column) >= all.size())
    return Status::error(Code::kOutOfRange, "column %d is none of %zu", column, all.size());
  return &all[static_cast<size_t>(column)];
}

Result<Bytes> part_of(const Column& column, int32_t part) {
  const auto* offsets = reinterpret_cast<const uint8_t*>(column.offsets.data());
  switch (part) {
    case DAM_COLUMNS_VALIDITY:
      return Bytes(column.validity);
    case DAM_COLUMNS_OFFSETS:
      if (column.has_offsets()) return Bytes(offsets, column.offsets.size() * sizeof(int64_t));
      return Status::error(Code::kInvalidArgument, "column \"%s\" has no offsets",
                           column.name.c_str());
    case DAM_COLUMNS_DATA:
      return Bytes(column.data);
    default:
      return Status::error(Code::kInvalidArgument, "part %d of a column is not known", part);
  }
}

}  // namespace
}  // namespace dam

dam_status dam_select(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                      const char* path, size_t path_size, dam_columns** out_columns) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_columns, "out_columns"));
    DAM_ASSIGN(const dam::Selection selection, dam::take_selection(path, path_size, 0));
    DAM_ASSIGN(const dam::SliceRange range,
               dam::resolve_slice(start, stop, step, open.view->count()));
    DAM_ASSIGN(const dam::SelectedRows rows, dam::rows_of_slice(*open.view, range));
    dam::hand_out_columns(rows, selection, out_columns);
    return {};
  });
}

dam_status dam_select_at(dam_snapshot* snapshot, const int64_t* positions, int64_t count,
                         const char* path, size_t path_size, uint32_t flags,
                         dam_columns** out_columns) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_columns, "out_columns"));
    DAM_TRY(dam::take_count(count));
    if (count > 0) DAM_TRY(dam::require(positions, "positions"));
    DAM_ASSIGN(const dam::Selection selection, dam::take_selection(path, path_size, flags));
    const std::span<const int64_t> asked(positions, static_cast<size_t>(count));
    DAM_ASSIGN(const dam::SelectedRows rows, dam::rows_at(*open.view, asked));
    dam::hand_out_columns(rows, selection, out_columns);
    return {};
  });
}

dam_status dam_results_select(const dam_results* results, const char* path, size_t path_size,
                              uint32_t flags, dam_columns** out_columns) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(results, "results"));
    DAM_TRY(dam::require(out_columns, "out_columns"));
    DAM_ASSIGN(const dam::Selection selection, dam::take_selection(path, path_size, flags));
    DAM_ASSIGN(const dam::SelectedRows rows, dam::rows_of(*results));
    dam::hand_out_columns(rows, selection, out_columns);
    return {};
  });
}

dam_status dam_columns_count(const dam_columns* columns, int64_t* out_count, int64_t* out_rows) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(columns, "columns"));
    DAM_TRY(dam::require(out_count, "out_count"));
    DAM_TRY(dam::require(out_rows, "out_rows"));
    *out_count = static_cast<int64_t>(columns->set->columns.size());
    *out_rows = columns->set->rows;
    return {};
  });
}

dam_status dam_columns_describe(const dam_columns* columns, int32_t column, int32_t* out_kind,
                                int64_t* out_width, const char** out_string,
                                size_t* out_string_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_kind, "out_kind"));
    DAM_TRY(dam::require(out_width, "out_width"));
    DAM_TRY(dam::require(out_string, "out_string"));
    DAM_TRY(dam::require(out_string_size, "out_string_size"));
    DAM_ASSIGN(const dam::Column* const found, dam::take_column(columns, column));
    *out_kind = static_cast<int32_t>(found->kind);
    *out_width = found->width;
    *out_string = found->name.c_str();
    *out_string_size = found->name.size();
    return {};
  });
}

dam_status dam_columns_read(const dam_columns* columns, int32_t column, int32_t part,
                            const void** out_data, size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    DAM_ASSIGN(const dam::Column* const found, dam::take_column(columns, column));
    DAM_ASSIGN(const dam::Bytes lent, dam::part_of(*found, part));
    *out_data = lent.data();
    *out_size = lent.size();
    return {};
  });
}

dam_status dam_columns_export(const dam_columns* columns, struct ArrowArray* out_array,
                              struct ArrowSchema* out_schema) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(columns, "columns"));
    DAM_TRY(dam::require(out_array, "out_array"));
    DAM_TRY(dam::require(out_schema, "out_schema"));
    dam::export_columns(columns->set, out_array, out_schema);
    return {};
  });
}

void dam_columns_free(dam_columns* columns) { delete columns; }
