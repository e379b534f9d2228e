// Salvage: what is whole in an array that cannot be opened, written to a new one.
//
// The source is only read. Its log is replayed as recovery does it, from whatever frames are left:
// SalvageScan finds them, this decides which version of each slot is the last, gives each id to one
// slot, and copies the documents in the order of their slots. docs/durability.md, "Salvage".
#pragma once

#include <string>

#include "store/salvage_scan.h"

namespace dam {

struct SalvageOutcome {
  uint64_t recovered = 0;  // documents in the new array
  uint64_t uncertain = 0;  // of those: a later version or a deletion may be lost, or the commit
  std::string report;      // one line for each damaged place; empty: the source was whole
};

// NOT_FOUND when there is nothing of an array; CORRUPT, and nothing is written, when no frame is
// left: the outcome then has the report too.
Status salvage_array(const std::string& path, const std::string& out_path,
                     const SalvageProgress& progress, SalvageOutcome& out);

}  // namespace dam
