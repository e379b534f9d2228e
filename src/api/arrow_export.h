// Columns through the Arrow C data interface: one struct array with a field for each column.
//
// Nothing but names and pointers is made: what is exported shares the columns, which live until the
// last array that was taken over is released. A child may be moved out and released on its own.
#pragma once

#include <memory>

#include "api/columns_object.h"

namespace dam {

// Fills both, or neither.
void export_columns(const std::shared_ptr<const ColumnSet>& set, ArrowArray* out_array,
                    ArrowSchema* out_schema);

}  // namespace dam
