// The embedding column's facts: dimension and dtype, fixed by a META frame, and what fits them.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"
#include "log/frame_batch.h"
#include "log/log_view.h"

namespace dam {

struct EmbeddingColumn {
  static constexpr uint32_t kAnyDtype = 0xFFFF;

  uint32_t dim = 0;  // 0: no column yet
  uint32_t dtype = kAnyDtype;
  bool admit_any = false;  // documents that do not fit are stored all the same

  // From the newest META frame of a commit.
  static Result<EmbeddingColumn> read(const LogView& view, const CommitPoint& point);
  // Checks a verified document against the column, and founds the column in `batch` when it is the
  // first with an embedding. INVALID_DOCUMENT names both shapes, or the component that is not
  // finite.
  Status admit(Bytes document, FrameBatch& batch);
};

}  // namespace dam
