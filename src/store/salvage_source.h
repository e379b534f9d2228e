// SalvageSource: which body of a damaged array holds its documents, and what its checks begin with.
//
// A crash in a prune leaves two bodies. The one whose generation the header names was in force;
// when no header tells, the new header's own place in the order of renames does. A body without a
// single whole frame gives way to the other.
#pragma once

#include <string>

#include "format/check_seed.h"
#include "store/damaged_file.h"
#include "store/salvage_report.h"

namespace dam {

struct SalvageSource {
  DamagedFile body;
  const char* name = "body.bin";
  CheckSeed seed;
  uint64_t generation = 1;  // 1: unknown, perhaps

  // NOT_FOUND when none of the files is there; CORRUPT when there is no body, or none with a whole
  // frame in it.
  static Result<SalvageSource> find(const std::string& directory, SalvageReport& report);
};

}  // namespace dam
