// Walking the log by frame and by slot: what derived structures are built from.
#pragma once

#include <functional>

#include "log/log_view.h"

namespace dam {

// Calls visit(offset, head) for each frame in [from, view.limit), in order, until it fails.
using FrameVisitor = std::function<Status(uint64_t offset, const FrameHead& head)>;
Status for_each_frame(const LogView& view, uint64_t from, const FrameVisitor& visit);

// Calls visit(offset, head) for the versions of a slot, newest published first, down to its PUT.
Status for_each_version(const LogView& view, uint64_t slot, const FrameVisitor& visit);

}  // namespace dam
