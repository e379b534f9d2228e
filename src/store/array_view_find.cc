// ArrayView: from an id to its slot. The index proposes slots, the log decides.
#include <algorithm>

#include "document/document_view.h"
#include "store/array_view.h"
#include "store/log_history.h"

namespace dam {

Status ArrayView::make_index() const {
  const std::lock_guard lock(pins_->generation->derive_mutex);
  if (has_index_.load(std::memory_order_relaxed)) return {};
  DAM_TRY(pins_->generation->ids->view_for(log_, point_, index_));
  has_index_.store(true, std::memory_order_release);
  return {};
}

// Calls visit(slot, stop) for each slot the index proposes, until one fails or sets `stop`.
template <typename Visit>
Status ArrayView::search(uint64_t hash, Visit&& visit) const {
  const IdIndex::View* view = nullptr;
  DAM_TRY(index(view));
  Status status;
  bool stop = false;
  const auto propose = [&](uint64_t slot) {
    status = visit(slot, stop);
    return stop || !status.ok();
  };
  if (view->find(hash, propose) != IdSearch::kDamaged) return status;
  // A damaged index may miss an id: it is made anew from the log.
  IdIndex::View anew;
  DAM_TRY(pins_->generation->ids->start_over(log_, point_, anew));
  stop = false;
  if (anew.find(hash, propose) != IdSearch::kDamaged) return status;
  return Status::error(Code::kInternal, "the id index of %s cannot be made",
                       pins_->generation->directory.c_str());
}

Status ArrayView::confirm(const Version& version, std::string_view id, bool& out) const {
  if (log_.reads_safely()) {
    Record whole;
    DAM_TRY(copy_record(version, 0, whole));
    out = document_id(whole.document) == id;
    return {};
  }
  DAM_TRY(check_payload(log_, version.offset, version.payload_size, version.payload_crc));
  out = document_id(payload_of(log_, version.offset, version.payload_size)) == id;
  return {};
}

// A slot made after this view stands for an id's later life: its PUT names the end of the former.
Status ArrayView::slot_in_view(uint64_t& slot) const {
  while (slot != kNoSlot && slot >= point_.slots) {
    HeaderEntry entry;
    std::array<uint8_t, kEntrySize> bytes;
    // Why read and not mapped: the slot may lie beyond the windows of this view.
    if (!pins_->maps->files().header().read(entry_offset(slot), bytes).ok() ||
        !decode_header_entry(bytes.data(), slot, log_.seed(), entry)) {
      slot = kNoSlot;  // not yet published
      return {};
    }
    FrameHead head;
    if (!read_frame(log_, entry.offset, UINT64_MAX, head).ok() || head.prev == 0 ||
        !read_frame(log_, head.prev, UINT64_MAX, head).ok()) {
      slot = kNoSlot;
      return {};
    }
    slot = head.slot;
  }
  return {};
}

Status ArrayView::find_key(const IdKey& key, std::string_view id, Version& out,
                           uint64_t& out_slot) const {
  out_slot = kNoSlot;
  DAM_TRY(search(hash_of(key, hash_key()), [&](uint64_t slot, bool& stop) -> Status {
    if (slot >= point_.slots) [[unlikely]]
      DAM_TRY(slot_in_view(slot));
    Version version;
    if (slot == kNoSlot) return {};
    const Status live = live_version(slot, version);
    if (!live.ok()) return live.code() == Code::kNotFound ? Status() : live;
    DAM_TRY(bears(version, key, id, stop));
    if (!stop) return {};
    out = version;
    out_slot = slot;
    return {};
  }));
  return out_slot == kNoSlot ? Status::absent() : Status();
}

Status ArrayView::find(std::string_view id, uint64_t& out_slot) const {
  Version version;
  uint64_t slot = 0;
  DAM_TRY(find_key(key_of(id), id, version, slot));
  out_slot = slot;
  return {};
}

Status ArrayView::find_record(std::string_view id, Check check, Record& out) const {
  Version version;
  uint64_t slot = 0;
  DAM_TRY(find_key(key_of(id), id, version, slot));
  return record_of(version, slot, check, out);
}

void ArrayView::begin_lookup(std::string_view id, const IdIndex::View& view, Lookup& out) const {
  out.id = id;
  out.key = key_of(id);
  out.hash = hash_of(out.key, hash_key());
  view.prefetch(out.hash);
}

void ArrayView::propose_slot(const IdIndex::View& view, Lookup& lookup) const {
  lookup.slot = kNoSlot;
  view.find(lookup.hash, [&](uint64_t slot) {
    lookup.slot = slot;
    if (slot < point_.slots) __builtin_prefetch(log_.entry_bytes(slot));
    return true;
  });
}

// From what was proposed to what is so; the slot is kNoSlot when the id is absent.
Status ArrayView::settle_slot(Lookup& lookup, Check check) const {
  constexpr size_t kLine = 64;
  // Lent bytes may never be read, and from there on the processor sees how it goes on; what is
  // checked is read whole at once.
  constexpr size_t kLent = 4 * kLine;
  constexpr size_t kChecked = 17 * kLine;
  bool same = false;
  const bool is_there = lookup.slot < point_.slots &&
                        live_version(lookup.slot, lookup.version).ok() &&
                        bears(lookup.version, lookup.key, lookup.id, same).ok() && same;
  if (!is_there) {
    const Status found = find_key(lookup.key, lookup.id, lookup.version, lookup.slot);
    if (!found.ok()) return found.code() == Code::kNotFound ? Status() : found;
  }
  const uint8_t* const payload = log_.frame_bytes(lookup.version.offset) + kFrameHeadSize;
  const size_t most = check == Check::kAlways ? kChecked : kLent;
  const size_t ahead = std::min<size_t>(lookup.version.payload_size, most);
  for (size_t at = 0; at < ahead; at += kLine) __builtin_prefetch(payload + at);
  return {};
}

// Passes over a chunk, each asking for the memory that the next will read.
Status ArrayView::find_records(std::span<const std::string_view> ids, Check check,
                               Record* out) const {
  constexpr size_t kChunk = 32;
  const IdIndex::View* view = nullptr;
  DAM_TRY(index(view));
  Lookup lookups[kChunk];
  for (size_t first = 0; first < ids.size(); first += kChunk) {
    const std::span chunk(lookups, std::min(kChunk, ids.size() - first));
    size_t next = first;
    for (Lookup& lookup : chunk) begin_lookup(ids[next++], *view, lookup);
    for (Lookup& lookup : chunk) propose_slot(*view, lookup);
    for (Lookup& lookup : chunk) DAM_TRY(settle_slot(lookup, check));
    for (const Lookup& lookup : chunk) {
      Record& record = *out++;
      record = {{}, kNoSlot, 0, nullptr};
      if (lookup.slot != kNoSlot) DAM_TRY(record_of(lookup.version, lookup.slot, check, record));
    }
  }
  return {};
}

// The latest frame of a slot that ended a version with this id; 0 when none did.
Status ArrayView::end_of_life(uint64_t slot, const IdKey& key, std::string_view id,
                              uint64_t& out_end) const {
  out_end = 0;
  uint64_t later = 0;  // the frame visited before: it follows the version in hand
  return for_each_version(log_, slot, [&](uint64_t offset, const FrameHead& head) -> Status {
    const Version version{head.kind, head.id, offset, head.payload_size, head.payload_crc};
    bool same = false;
    if (out_end == 0 && later != 0 && version.is_live()) DAM_TRY(bears(version, key, id, same));
    if (same) out_end = later;
    later = offset;
    return {};
  });
}

Status ArrayView::former_life(const IdKey& key, std::string_view id, uint64_t& out_slot,
                              uint64_t& out_end) const {
  out_slot = kNoSlot;
  out_end = 0;
  return search(hash_of(key, hash_key()), [&](uint64_t slot, bool&) -> Status {
    if (slot >= point_.slots) return {};
    Version version;
    DAM_TRY(find_version(log_, slot, version));
    if (version.is_first()) return {};  // alive since its PUT: it ended no life
    uint64_t end = 0;
    DAM_TRY(end_of_life(slot, key, id, end));
    if (end <= out_end) return {};
    out_end = end;
    out_slot = slot;
    return {};
  });
}

}  // namespace dam
