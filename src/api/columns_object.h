// dam_columns: values of documents by column, shared with whoever took them over as Arrow arrays.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dam.h"
#include "query/column.h"

namespace dam {

struct ColumnSet {
  int64_t rows = 0;
  std::vector<Column> columns;
};

}  // namespace dam

struct dam_columns {
  std::shared_ptr<const dam::ColumnSet> set;  // immutable
};
