#include "log/log_view.h"

#include <algorithm>

#include "base/seeded_mistake.h"

namespace dam {
namespace {

unsigned long long print(uint64_t value) { return value; }

// The three words as they stood together: a writer changes one at a time.
VersionWords stable_words(const uint8_t* entry) {
  VersionWords words = load_words(entry);
  while (words != VersionWords{}) {
    const VersionWords again = load_words(entry);
    if (again == words) break;
    words = again;
  }
  return words;
}

// How far frames may be followed: the length last published, which is at least the view's.
uint64_t published_length(const LogView& view) {
  const auto newest = view.maps->newest_publication();
  if (!newest || (view.distrusted_seq != 0 && newest->point.seq <= view.distrusted_seq))
    return view.limit;
  return std::max(view.limit, newest->point.body_length);
}

uint64_t suspect_offset(const LogView& view) {
  const auto newest = view.maps->newest_checkpoint();
  return newest ? newest->point.suspect : 0;
}

bool may_be_leftover(const LogView& view, uint64_t offset) {
  const uint64_t suspect = suspect_offset(view);
  return suspect != 0 && offset >= suspect;
}

// NOT_FOUND, without a text, where no frame is whole.
Status whole_frame(const LogView& view, uint64_t offset, uint64_t limit, FrameHead& out) {
  if (offset < kBodyStart || offset % kFrameAlignment != 0 || limit < kFrameHeadSize ||
      offset > limit - kFrameHeadSize)
    return Status::absent();
  const uint8_t* bytes = nullptr;
  std::array<uint8_t, kFrameHeadSize> copy;
  const bool in_memory = view.is_buffered(offset) && offset < view.limit;
  if (view.reads_safely() && !in_memory) {
    DAM_TRY(view.maps->read_body(offset, copy));
    bytes = copy.data();
  } else if (view.maps->cover(0, offset + kFrameHeadSize) || offset < view.limit) {
    bytes = view.frame_bytes(offset);
  } else {
    // Written after this view was taken, and the file has outgrown its window.
    if (!view.maps->files().body().read(offset, copy).ok()) return Status::absent();
    bytes = copy.data();
  }
  const bool is_whole =
      decode_frame_head(bytes, offset, view.seed(), out) && out.size() <= limit - offset;
  return is_whole ? Status() : Status::absent();
}

// What the words of a slot name.
struct Named {
  uint64_t offset = 0;  // of the newest later version; 0: none
  FrameHead head;
  // A word that must name a version and does not; the offset it gives, or 1.
  uint64_t damaged = 0;
};

Status newest_named(const LogView& view, uint64_t slot, const VersionWords& words, Named& named) {
  const uint64_t published = published_length(view);
  named = {};
  for (const uint64_t word : words) {
    if (word == 0) continue;
    const uint64_t offset = decode_version_word(word, slot, view.seed());
    if (offset >= published || (offset != 0 && offset <= named.offset)) continue;
    FrameHead head;
    const Status whole =
        offset != 0 ? whole_frame(view, offset, published, head) : Status::absent();
    if (whole.code() == Code::kIo) return whole;
    if (whole.ok() && is_later_version_of(head, slot)) {
      named.offset = offset;
      named.head = head;
    } else if (offset == 0 ||
               (!may_be_leftover(view, offset) && !seeded(Mistake::kSuspectIgnored))) {
      named.damaged = offset == 0 ? 1 : offset;
    }
  }
  return {};
}

Version version_of(const FrameHead& head, uint64_t offset) {
  return {head.kind, head.id, offset, head.payload_size, head.payload_crc};
}

// Follows the history from a later version down to the one that the view sees.
Status follow(const LogView& view, const HeaderEntry& entry, const Named& newest, Version& out) {
  uint64_t offset = newest.offset;
  FrameHead head = newest.head;
  while (offset >= view.limit) {
    if (head.prev == entry.offset) {
      out = version_of(entry);
      return {};
    }
    offset = head.prev;
    const uint64_t slot = head.slot;
    DAM_TRY(read_frame(view, offset, UINT64_MAX, head));
    if (!is_later_version_of(head, slot))
      return Status::error(Code::kCorrupt,
                           "the frame at offset %llu of body.bin is not of slot %llu",
                           print(offset), print(slot));
  }
  out = version_of(head, offset);
  return {};
}

Status corrupt_word(uint64_t slot, uint64_t damaged) {
  return Status::error(Code::kCorrupt,
                       "a version word of slot %llu at offset %llu of header.bin names no version "
                       "(offset %llu of body.bin)",
                       print(slot), print(entry_offset(slot) + kVersionWordsAt), print(damaged));
}

}  // namespace

Status LogView::read_entry(uint64_t slot, std::array<uint8_t, kEntrySize>& copy,
                           const uint8_t*& out_bytes) const {
  const bool is_buffered_slot = tail != nullptr && slot >= tail->start_slot;
  const bool is_redone = redone != nullptr && redone->contains(slot);
  if (!reads_safely() || is_buffered_slot || is_redone) {
    out_bytes = entry_bytes(slot);
    return {};
  }
  out_bytes = copy.data();
  return maps->read_header(entry_offset(slot), copy);
}

Status find_version_safely(const LogView& view, uint64_t slot, Version& out) {
  std::array<uint8_t, kEntrySize> copy;
  const uint8_t* bytes = nullptr;
  DAM_TRY(view.read_entry(slot, copy, bytes));
  HeaderEntry entry;
  if (!decode_header_entry(bytes, slot, view.seed(), entry) || entry.offset >= view.limit)
    return corrupt_entry(slot);
  if (load_words(bytes) != VersionWords{}) return find_later_version(view, slot, out);
  out = version_of(entry);
  return {};
}

const uint8_t* LogView::entry_in_memory(uint64_t slot) const {
  if (tail != nullptr && slot >= tail->start_slot)
    return tail->entries.get() + (slot - tail->start_slot) * kEntrySize;
  if (redone != nullptr) {
    const auto found = redone->find(slot);
    if (found != redone->end()) return found->second.data();
  }
  return maps->header() + entry_offset(slot);
}

Status corrupt_entry(uint64_t slot) {
  return Status::error(Code::kCorrupt,
                       "the entry of slot %llu at offset %llu of header.bin is damaged",
                       print(slot), print(entry_offset(slot)));
}

Status find_later_version(const LogView& view, uint64_t slot, Version& out) {
  constexpr int kTries = 4;
  std::array<uint8_t, kEntrySize> copy;
  const uint8_t* bytes = nullptr;
  DAM_TRY(view.read_entry(slot, copy, bytes));
  HeaderEntry entry;
  if (!decode_header_entry(bytes, slot, view.seed(), entry)) return corrupt_entry(slot);
  uint64_t damaged = 0;
  for (int i = 0; i < kTries; ++i) {
    DAM_TRY(view.read_entry(slot, copy, bytes));
    const VersionWords words = stable_words(bytes);
    if (words == VersionWords{}) {
      out = version_of(entry);
      return {};
    }
    Named newest;
    DAM_TRY(newest_named(view, slot, words, newest));
    damaged = newest.damaged;
    if (damaged != 0) continue;  // may have been on its way
    if (newest.offset != 0) return follow(view, entry, newest, out);
    out = version_of(entry);
    return {};
  }
  return corrupt_word(slot, damaged);
}

Status read_frame(const LogView& view, uint64_t offset, uint64_t limit, FrameHead& out) {
  if (limit == UINT64_MAX) limit = published_length(view);
  const Status whole = whole_frame(view, offset, limit, out);
  if (whole.ok() || whole.code() == Code::kIo) return whole;
  return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is damaged",
                       print(offset));
}

Status former_version(const LogView& view, const FrameHead& head, FrameHead& out) {
  DAM_TRY(read_frame(view, head.prev, UINT64_MAX, out));
  if (out.slot == head.slot && out.kind != FrameKind::kSession && out.kind != FrameKind::kMeta)
    return {};
  return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is not of slot %llu",
                       print(head.prev), print(head.slot));
}

Status compare_checksum(uint32_t computed, uint64_t offset, uint32_t stored) {
  if (computed == stored) return {};
  return Status::error(
      Code::kCorrupt,
      "document checksum differs at offset %llu of body.bin (stored %08x, computed "
      "%08x)",
      print(offset), stored, computed);
}

Status check_payload(const LogView& view, uint64_t offset, uint32_t size, uint32_t crc) {
  if (offset + FrameHead::frame_size(size) > view.limit)
    return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin ends beyond %llu",
                         print(offset), print(view.limit));
  if (view.reads_safely() && !view.is_buffered(offset))
    DAM_TRY(view.maps->prefault_body(offset, FrameHead::frame_size(size)));
  const uint32_t computed = payload_checksum(payload_of(view, offset, size), offset, view.seed());
  return compare_checksum(computed, offset, crc);
}

}  // namespace dam
