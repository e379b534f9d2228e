#include "store/log_history.h"

namespace dam {

Status for_each_frame(const LogView& view, uint64_t from, const FrameVisitor& visit) {
  FrameHead head;
  for (uint64_t offset = from; offset < view.limit; offset += head.size()) {
    DAM_TRY(read_frame(view, offset, view.limit, head));
    DAM_TRY(visit(offset, head));
  }
  return {};
}

Status for_each_version(const LogView& view, uint64_t slot, const FrameVisitor& visit) {
  Version newest;
  DAM_TRY(find_version(view, slot, newest));
  uint64_t offset = newest.offset;
  FrameHead head;
  DAM_TRY(read_frame(view, offset, view.limit, head));
  while (true) {
    DAM_TRY(visit(offset, head));
    if (head.kind == FrameKind::kPut) return {};
    offset = head.prev;
    FrameHead former;
    DAM_TRY(former_version(view, head, former));
    head = former;
  }
}

}  // namespace dam
