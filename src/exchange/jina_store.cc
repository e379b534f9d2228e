#include "exchange/jina_store.h"

#include <algorithm>
#include <cinttypes>
#include <tuple>
#include <utility>

#include "platform/file.h"

namespace dam {
namespace {

// Safety: a writer that cuts a file while it is mapped ends this process; the source is a store
// that nobody writes any more.
Result<Bytes> map_file(const std::string& path, Mapping& out) {
  DAM_ASSIGN(const File file, File::open(path, Access::kRead));
  DAM_ASSIGN(const uint64_t size, file.size());
  if (size == 0) return Bytes();
  DAM_ASSIGN(out, Mapping::map(file, size, size));
  return Bytes(out.data(), size);
}

uint64_t found_in(const std::unordered_map<uint64_t, uint64_t>& map, uint64_t slot) {
  const auto found = map.find(slot);
  return found == map.end() ? JinaStore::kNone : found->second;
}

}  // namespace

Result<JinaStore> JinaStore::open(const std::string& path, uint32_t key_length) {
  JinaStore store;
  DAM_ASSIGN(const Bytes header, map_file(path + "/header.bin", store.header_map_));
  DAM_ASSIGN(store.body_, map_file(path + "/body.bin", store.body_map_));
  store.header_ = JinaHeader(header, key_length, store.body_.size());
  store.read_slots();
  store.find_overlaps();
  return store;
}

void JinaStore::read_slots() {
  for (uint64_t number = 0; number < header_.count(); number++) {
    const JinaSlot slot = header_.slot(number);
    if (slot.is_tombstone) {
      tombstones_++;
      continue;
    }
    const auto [entry, is_new] = by_key_.try_emplace(slot.key, records_.size());
    if (is_new) {
      records_.push_back({number, slot.key});
    } else {
      uint64_t& latest = records_[entry->second].slot;
      before_.emplace(number, latest);
      latest = number;
    }
  }
}

// Sorted by their beginnings, a record can only overlap the one that reaches furthest so far.
void JinaStore::find_overlaps() {
  std::vector<std::tuple<uint64_t, uint64_t, uint64_t>> ranges;
  ranges.reserve(records_.size());
  for (const JinaRecord& record : records_) {
    const JinaSlot slot = header_.slot(record.slot);
    if (slot.is_sound && slot.end > slot.begin)
      ranges.emplace_back(slot.begin, slot.end, record.slot);
  }
  if (!std::is_sorted(ranges.begin(), ranges.end())) std::sort(ranges.begin(), ranges.end());
  uint64_t furthest = 0;
  uint64_t owner = kNone;
  for (const auto& [begin, end, slot] : ranges) {
    if (begin < furthest) {
      overlaps_.try_emplace(slot, owner);
      overlaps_.try_emplace(owner, slot);
    }
    if (end <= furthest) continue;
    furthest = end;
    owner = slot;
  }
}

Result<Bytes> JinaStore::bytes_of(uint64_t slot) const {
  const JinaSlot found = header_.slot(slot);
  if (!found.is_sound) return Status::error(Code::kCorrupt, "the slot holds no address");
  if (found.end > body_.size())
    return Status::error(Code::kCorrupt, "ends at offset %" PRIu64 ", body.bin has %zu bytes",
                         found.end, body_.size());
  return body({found.begin, found.end});
}

uint64_t JinaStore::slot_overlapping(uint64_t slot) const { return found_in(overlaps_, slot); }

uint64_t JinaStore::slot_before(uint64_t slot) const { return found_in(before_, slot); }

std::vector<JinaRange> JinaStore::gaps() const {
  std::vector<JinaRange> used;
  for (const JinaRecord& record : records_) {
    const JinaSlot slot = header_.slot(record.slot);
    if (slot.is_sound && slot.end <= body_.size()) used.push_back({slot.begin, slot.end});
  }
  std::sort(used.begin(), used.end(),
            [](const JinaRange& a, const JinaRange& b) { return a.begin < b.begin; });
  std::vector<JinaRange> gaps;
  uint64_t reached = 0;
  for (const JinaRange& range : used) {
    if (range.begin > reached) gaps.push_back({reached, range.begin});
    reached = std::max(reached, range.end);
  }
  if (reached < body_.size()) gaps.push_back({reached, body_.size()});
  return gaps;
}

}  // namespace dam
