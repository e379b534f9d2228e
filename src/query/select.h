// Values of many documents by column: one for each path, a row for each document.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "query/column.h"
#include "store/slice_range.h"
#include "store/view.h"

namespace dam {

// The documents of a view that rows are of; they lie in the view.
using SelectedRows = std::vector<const schema::Document*>;

Result<SelectedRows> rows_of_slice(const View& view, const SliceRange& range);
// Negative positions count from the end; repeats and order are kept.
Result<SelectedRows> rows_at(const View& view, std::span<const int64_t> positions);

// Paths with commas between them; a comma within one is written `\,`.
Result<std::vector<FieldPath>> parse_field_paths(std::string_view text);

// `as_json`: every column is kJson, whatever its values.
std::vector<Column> select_columns(std::span<const schema::Document* const> rows,
                                   std::span<const FieldPath> paths, bool as_json);

}  // namespace dam
