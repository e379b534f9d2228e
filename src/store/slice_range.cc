#include "store/slice_range.h"

#include <algorithm>

namespace dam {
namespace {

// A bound as Python clips it: negative ones count from the end, what lies outside moves to the
// edge.
int64_t clip(int64_t bound, int64_t count, int64_t lowest, int64_t highest) {
  if (bound < 0) bound = bound < -count ? lowest : bound + count;
  return std::clamp(bound, lowest, highest);
}

}  // namespace

Result<SliceRange> resolve_slice(int64_t start, int64_t stop, int64_t step, uint64_t count) {
  if (step == 0) return Status::error(Code::kInvalidArgument, "the step of a slice is 0");
  if (step == kOmitted) step = 1;
  const auto n = static_cast<int64_t>(count);
  const bool forward = step > 0;
  const int64_t lowest = forward ? 0 : -1;
  const int64_t highest = forward ? n : n - 1;
  const int64_t first =
      start == kOmitted ? (forward ? lowest : highest) : clip(start, n, lowest, highest);
  const int64_t last =
      stop == kOmitted ? (forward ? highest : lowest) : clip(stop, n, lowest, highest);
  SliceRange range;
  range.first = first;
  range.step = step;
  // Why unsigned: the distance and a step of INT64_MIN + 1 must not overflow.
  const uint64_t distance = forward ? static_cast<uint64_t>(std::max<int64_t>(last - first, 0))
                                    : static_cast<uint64_t>(std::max<int64_t>(first - last, 0));
  const uint64_t stride =
      forward ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
  range.size = static_cast<int64_t>((distance + stride - 1) / stride);
  if (distance == 0) range.size = 0;
  return range;
}

}  // namespace dam
