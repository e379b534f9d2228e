// Every record of a view in order, each checked at first touch.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"
#include "store/view.h"

namespace dam {

// `visit(position, document)` answers a Status; the first failure ends the scan.
template <typename Visit>
Status scan_records(const View& view, Visit&& visit) {
  uint64_t slot = 0;
  for (int64_t position = 0; position < static_cast<int64_t>(view.count()); ++position) {
    DAM_TRY(view.next_slot(slot, slot));
    Record record;
    DAM_TRY(view.record(slot, View::Check::kFirstTouch, record));
    DAM_TRY(visit(position, record.document));
    ++slot;
  }
  return {};
}

}  // namespace dam
