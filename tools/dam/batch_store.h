// Storing a converted batch, and finding the lines that an array refuses.
//
// A batch is stored whole. When the array refuses it for a document's sake, the halves are tried on
// their own until the document that stands in the way is alone: every other line is stored, in the
// order of the input, by few commits.
#pragma once

#include <cstdint>

#include "dam.h"
#include "line_convert.h"

namespace dam::tool {

struct StoreOptions {
  uint32_t flags = 0;
  bool stop_at_problem = true;
};

// What an import has done so far.
struct ImportTotals {
  int64_t documents = 0;
  int64_t bytes = 0;  // of the input, up to the last line that was stored or skipped
  int64_t skipped = 0;
  int64_t last_line = 0;  // of the last stored document
};

// Adds refused lines to batch.problems. DAM_OK: all others are stored, or with stop_at_problem
// those before the first refused one. Any other answer is a failure of the array itself.
dam_status store_batch(dam_array* array, const StoreOptions& options, ConvertedBatch& batch,
                       ImportTotals& totals);

}  // namespace dam::tool
