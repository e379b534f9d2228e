// Many ids as dam.h hands them out: one behind the other, with the offset where each begins.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace dam {

struct PackedIds {
  std::string ids;
  std::vector<int64_t> ends;

  void add(std::string_view id) {
    ids.append(id);
    end_one();
  }
  // Behind what was appended to `ids` directly.
  void end_one() { ends.push_back(static_cast<int64_t>(ids.size())); }
  int64_t count() const { return static_cast<int64_t>(ends.size()); }
};

// Both or neither are handed out; the caller frees them by dam_free.
Status hand_out_ids(const PackedIds& packed, char** out_ids, int64_t** out_offsets);

}  // namespace dam
