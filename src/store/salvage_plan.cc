#include "store/salvage_plan.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace dam {
namespace {

using State = FoundVersion::State;

unsigned long long print(uint64_t value) { return value; }

}  // namespace

void SalvagePlan::make() {
  std::vector<FoundVersion>& versions = scan_.versions();
  std::sort(versions.begin(), versions.end(), [](const FoundVersion& a, const FoundVersion& b) {
    return std::tie(a.slot, a.offset) < std::tie(b.slot, b.offset);
  });
  uint64_t seen = 0;
  for (size_t i = 0; i < versions.size();) {
    size_t end = i + 1;
    while (end < versions.size() && versions[end].slot == versions[i].slot) ++end;
    choose({&versions[i], end - i});
    ++seen;
    i = end;
  }
  count_lost_slots(seen, versions.empty() ? 0 : versions.back().slot + 1);
  versions.swap(kept_);
  kept_ = {};
  keep_last_of_each_id();
  for (const FoundVersion& version : versions)
    uncertain_ += version.state == State::kUncertain ? 1 : 0;
}

uint64_t SalvagePlan::size_estimate() const {
  uint64_t size = kBodyStart + kEntriesStart;
  for (const FoundVersion& version : chosen())
    size += FrameHead::frame_size(version.payload_size) + kEntrySize;
  return size;
}

// The versions of one slot, in the order of the log.
void SalvagePlan::choose(std::span<const FoundVersion> history) {
  if (history.back().state == State::kDelete) return;
  const auto last = std::find_if(history.rbegin(), history.rend(), [](const FoundVersion& version) {
    return version.has_document();
  });
  if (last == history.rend()) {
    ++lost_;
    return;
  }
  FoundVersion version = *last;
  if (is_in_doubt(version, last == history.rbegin())) version.state = State::kUncertain;
  kept_.push_back(version);
}

bool SalvagePlan::is_in_doubt(const FoundVersion& version, bool is_newest) {
  if (!is_newest || version.state == State::kUncertain) return true;
  switch (header_.judge(version.slot, version.offset, scan_.end())) {
    case SalvageHeader::Evidence::kNewest:
      return false;
    case SalvageHeader::Evidence::kLaterIsLost:
      return true;
    case SalvageHeader::Evidence::kNone:
      break;
  }
  return version.offset < scan_.gaps_end();  // what was behind it may have been of this slot
}

// Slots are numbered without gaps, so those that no frame tells of were in damaged ones.
void SalvagePlan::count_lost_slots(uint64_t seen, uint64_t greatest) {
  lost_ += std::max(greatest, header_.slots()) - seen;
}

void SalvagePlan::keep_last_of_each_id() {
  std::vector<FoundVersion>& versions = scan_.versions();
  std::vector<size_t> order(versions.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t i) {
    const IdKey& id = versions[i].id;
    return std::tie(id.lo, id.hi, id.form, id.length);
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (key(a) != key(b)) return key(a) < key(b);
    return versions[a].offset < versions[b].offset;
  });
  for (size_t i = 0; i + 1 < order.size(); ++i) {
    if (key(order[i]) != key(order[i + 1])) continue;
    versions[order[i]].state = State::kDelete;
    ++superseded_;
  }
  std::erase_if(versions, [](const FoundVersion& version) { return !version.has_document(); });
}

void SalvagePlan::tell(SalvageReport& report) const {
  if (lost_ != 0)
    report.remark("%llu documents, or deletions of some, are lost with all their versions",
                  print(lost_));
  if (superseded_ != 0)
    report.remark("%llu documents are left out: their ids went to later ones", print(superseded_));
  if (uncertain_ != 0)
    report.remark(
        "%llu documents are uncertain: a later version, a deletion or the commit of theirs "
        "may be lost",
        print(uncertain_));
}

}  // namespace dam
