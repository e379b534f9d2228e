// Python's slice rules, exactly: which positions start:stop:step selects among `count`.
#pragma once

#include <cstdint>

#include "base/status.h"

namespace dam {

inline constexpr int64_t kOmitted = INT64_MIN;

// As callers write it; bounds may be kOmitted.
struct Slice {
  int64_t start = kOmitted;
  int64_t stop = kOmitted;
  int64_t step = 1;
};

// The positions first, first + step, ... (size of them).
struct SliceRange {
  int64_t first = 0;
  int64_t step = 1;
  int64_t size = 0;

  int64_t at(int64_t i) const { return first + i * step; }
};

// A step of 0 is INVALID_ARGUMENT.
Result<SliceRange> resolve_slice(int64_t start, int64_t stop, int64_t step, uint64_t count);

}  // namespace dam
