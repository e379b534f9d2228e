// SalvageHeader: what is left of the header of a damaged array, as evidence.
//
// The log is the truth and salvage needs no header; but a header that is whole tells how long the
// log was, which slots there were, and which of them had a later version than the log still shows.
#pragma once

#include <optional>

#include "format/commit_point.h"
#include "format/frame.h"
#include "format/header_entry.h"
#include "store/damaged_file.h"
#include "store/salvage_report.h"

namespace dam {

class SalvageHeader {
 public:
  // Reads the commit points of the first of both header files that fits the seed. NOT_FOUND never:
  // without a header there is no evidence, which is reported.
  static Result<SalvageHeader> open(const std::string& directory, const CheckSeed& seed,
                                    SalvageReport& report);

  // Body length and slots that some whole commit point names; 0: none is left.
  uint64_t body_length() const { return body_length_; }
  uint64_t slots() const { return slots_; }

  enum class Evidence { kNone, kNewest, kLaterIsLost };
  // Whether the log, as far as it goes up to `end`, once had a version of the slot behind `offset`.
  Evidence judge(uint64_t slot, uint64_t offset, uint64_t end);
  // Reports each entry of a slot in use that is not whole.
  void check_entries(SalvageReport& report);

 private:
  bool holds_entry(uint64_t slot) const {
    return file_ && slot < slots_ && file_->holds(entry_offset(slot), kEntrySize);
  }
  Status read_points(SalvageReport& report);

  std::optional<DamagedFile> file_;
  const char* name_ = "header.bin";
  CheckSeed seed_;
  uint64_t body_length_ = 0;
  uint64_t slots_ = 0;
};

}  // namespace dam
