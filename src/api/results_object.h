// dam_results: the rows of an answer by column, made by move from what a query collected.
//
// Immutable once it is handed out, so any number of threads may read it. Documents and ids of rows
// are read when they are asked for: those at the rows' positions, unless the query found parts of
// these, or gave other ids.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "api/packed_ids.h"
#include "dam.h"
#include "document/document_generated.h"
#include "store/view.h"

namespace dam {

struct ResultColumn {
  int32_t column;  // DAM_RESULTS_*
  std::vector<int64_t> values;
};

}  // namespace dam

struct dam_results {
  std::shared_ptr<const dam::View> view;  // what positions count in
  int64_t count = 0;
  std::vector<dam::ResultColumn> columns;  // each of `count` values
  std::optional<std::vector<double>> distances;
  std::optional<std::vector<double>> values;
  std::optional<dam::PackedIds> ids;  // where they are not those of the rows' documents
  // Empty, or of each row the document it found in the record at its position.
  std::vector<const dam::schema::Document*> parts;
};

namespace dam {

struct FreeResults {
  void operator()(dam_results* results) const { dam_results_free(results); }
};
using OwnedResults = std::unique_ptr<dam_results, FreeResults>;

// nullptr when the answer has no such column.
const std::vector<int64_t>* find_column(const dam_results& results, int32_t column);

}  // namespace dam
