// Walking through a slice of a snapshot: lending one document at a time, or copying many at once.
#include <algorithm>

#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/slice_walk.h"
#include "api/view_lookup.h"

using dam::Code;
using dam::SliceWalk;
using dam::Status;

namespace dam {
namespace {

struct PackingTarget {
  uint8_t* buffer;
  size_t buffer_size;
  int64_t* offsets;
  int64_t capacity;
};

// Packs what fits; how many documents came, or why not even one did.
Status pack_next(SliceWalk& walk, const PackingTarget& target, int64_t& out_count) {
  size_t used = 0;
  int64_t count = 0;
  while (count < target.capacity) {
    Bytes document;
    if (Status status = walk.peek(document); !status.ok()) {
      // Why not passed while others came: the failure would be lost; the next call meets it again.
      if (count > 0 || status.code() == Code::kNotFound) break;
      walk.pass();
      return status;
    }
    const size_t padded = round_up(document.size(), 8);
    if (padded > target.buffer_size - used) {
      if (count > 0) break;
      target.offsets[0] = static_cast<int64_t>(padded);
      return Status::error(Code::kTooBig, "the next document needs %zu bytes, the buffer has %zu",
                           padded, target.buffer_size);
    }
    uint8_t* const end = std::copy(document.begin(), document.end(), target.buffer + used);
    std::fill(end, target.buffer + used + padded, uint8_t{0});
    target.offsets[count++] = static_cast<int64_t>(used);
    used += padded;
    walk.pass();
  }
  target.offsets[count] = static_cast<int64_t>(used);
  out_count = count;
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_cursor_open(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                           dam_cursor** out_cursor) {
  return dam::with<dam::OpenSnapshot>(snapshot, [&](dam::OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_cursor, "out_cursor"));
    DAM_ASSIGN(const dam::SliceRange range,
               dam::resolve_slice(start, stop, step, open.view->count()));
    const auto check = dam::check_of_copies(*open.view, dam::View::Check::kAlways);
    return dam::hand_out(std::make_unique<SliceWalk>(open.view, range, check), out_cursor);
  });
}

dam_status dam_cursor_next(dam_cursor* cursor, const void** out_data, size_t* out_size,
                           int64_t* out_position) {
  return dam::with<SliceWalk>(cursor, [&](SliceWalk& walk) -> Status {
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    dam::Bytes document;
    if (Status status = walk.peek(document); !status.ok()) {
      if (status.code() != Code::kNotFound) walk.pass();
      return status;
    }
    walk.keep();
    *out_data = document.data();
    *out_size = document.size();
    if (out_position != nullptr) *out_position = walk.position();
    walk.pass();
    return {};
  });
}

dam_status dam_cursor_read(dam_cursor* cursor, void* buffer, size_t buffer_size,
                           int64_t* out_offsets, int64_t capacity, int64_t* out_count) {
  return dam::with<SliceWalk>(cursor, [&](SliceWalk& walk) -> Status {
    DAM_TRY(buffer_size == 0 ? Status() : dam::require(buffer, "buffer"));
    DAM_TRY(dam::require(out_offsets, "out_offsets"));
    DAM_TRY(dam::require(out_count, "out_count"));
    if (capacity < 1)
      return Status::error(dam::Code::kInvalidArgument, "capacity is %lld",
                           static_cast<long long>(capacity));
    return dam::pack_next(walk, {static_cast<uint8_t*>(buffer), buffer_size, out_offsets, capacity},
                          *out_count);
  });
}

dam_status dam_cursor_close(dam_cursor* cursor) { return dam::close_handle<SliceWalk>(cursor); }
