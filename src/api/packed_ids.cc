#include "api/packed_ids.h"

#include <algorithm>

#include "api/arguments.h"

namespace dam {

Status hand_out_ids(const PackedIds& packed, char** out_ids, int64_t** out_offsets) {
  Handed<char> ids;
  Handed<int64_t> offsets;
  DAM_TRY(copy_text(packed.ids, ids));
  DAM_TRY(allocate(packed.ends.size() + 1, offsets));
  offsets.get()[0] = 0;
  std::copy(packed.ends.begin(), packed.ends.end(), offsets.get() + 1);
  *out_ids = ids.release();
  *out_offsets = offsets.release();
  return {};
}

}  // namespace dam
