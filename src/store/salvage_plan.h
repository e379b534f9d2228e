// SalvagePlan: from the versions that a scan found to the documents that the new array gets.
//
// Of each slot the last version counts; where that one is damaged, the last whole one before it,
// and the document is uncertain. An id belongs to the version that came last in the log: whoever
// bore it before was deleted or renamed, by a frame that is lost.
#pragma once

#include <span>

#include "store/salvage_header.h"
#include "store/salvage_scan.h"

namespace dam {

class SalvagePlan {
 public:
  SalvagePlan(SalvageScan& scan, SalvageHeader& header) : scan_(scan), header_(header) {}

  // Once; orders and thins out the scan's versions.
  void make();

  // In the order of slots.
  std::span<const FoundVersion> chosen() const { return scan_.versions(); }
  uint64_t uncertain() const { return uncertain_; }
  // What an array of these documents takes, without derived files.
  uint64_t size_estimate() const;
  // What is lost and what is in doubt, as lines of the report.
  void tell(SalvageReport& report) const;

 private:
  void choose(std::span<const FoundVersion> history);
  void keep_last_of_each_id();
  void count_lost_slots(uint64_t seen, uint64_t greatest);
  bool is_in_doubt(const FoundVersion& version, bool is_newest);

  SalvageScan& scan_;
  SalvageHeader& header_;
  std::vector<FoundVersion> kept_;
  uint64_t uncertain_ = 0;
  uint64_t lost_ = 0;        // documents whose every version is gone
  uint64_t superseded_ = 0;  // their id went to a later document
};

}  // namespace dam
