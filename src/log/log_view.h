// Reading the log as of one commit: which version of a slot was in force.
//
// A LogView is a bundle of pointers: the maps, the length of the body at the commit, the buffer of
// what the writer has not written yet, and what a read-only open of an unclean array redid in
// memory. Invariant: bytes below `limit` never change, so two readers of one limit see the same.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <unordered_map>

#include "format/frame.h"
#include "format/header_entry.h"
#include "log/array_files.h"

namespace dam {

// Frames and entries of buffered commits, in place until they are written.
struct TailBuffer {
  static constexpr uint64_t kFrameCapacity = 256 << 10;
  static constexpr uint64_t kEntryCapacity = 4096;

  uint64_t start_offset = 0;  // body offset of frames[0]
  uint64_t start_slot = 0;    // slot of entries[0]
  std::unique_ptr<uint8_t[]> frames;
  std::unique_ptr<uint8_t[]> entries;
};

// Entries that recovery would write, where the file differs: slot -> 64 bytes.
using RedoneEntries = std::unordered_map<uint64_t, std::array<uint8_t, kEntrySize>>;

struct LogView {
  const ArrayMaps* maps = nullptr;
  uint64_t limit = 0;                     // body length at the commit
  const TailBuffer* tail = nullptr;       // may be null
  const RedoneEntries* redone = nullptr;  // may be null
  // Publications up to this sequence are not believed: they are a dead writer's.
  uint64_t distrusted_seq = 0;

  const CheckSeed& seed() const { return maps->files().seed(); }
  const uint8_t* frame_bytes(uint64_t offset) const {
    // Versions later than the view are asked for too; the buffer was not theirs.
    if (tail != nullptr && offset >= tail->start_offset && offset < limit)
      return tail->frames.get() + (offset - tail->start_offset);
    return maps->body() + offset;
  }
  // Of a view that reads safely only those that lie in this process's memory: see read_entry.
  const uint8_t* entry_bytes(uint64_t slot) const {
    if (tail != nullptr || redone != nullptr) [[unlikely]]
      return entry_in_memory(slot);
    return maps->header() + entry_offset(slot);
  }

  bool reads_safely() const { return maps->reads_safely(); }
  // Whether the frame lies in the buffer.
  bool is_buffered(uint64_t offset) const {
    return tail != nullptr && offset >= tail->start_offset;
  }
  // The entry in place, or for safe reads a copy of it in `copy`.
  Status read_entry(uint64_t slot, std::array<uint8_t, kEntrySize>& copy,
                    const uint8_t*& out_bytes) const;

 private:
  const uint8_t* entry_in_memory(uint64_t slot) const;
};

// One version of a slot.
struct Version {
  FrameKind kind = FrameKind::kPut;
  IdKey id;
  uint64_t offset = 0;
  uint32_t payload_size = 0;
  uint32_t payload_crc = 0;

  bool is_live() const { return kind != FrameKind::kDelete; }
  bool is_first() const { return kind == FrameKind::kPut; }
};

using VersionWords = std::array<uint64_t, kVersionWords>;

inline VersionWords load_words(const uint8_t* entry) {
  VersionWords words;
  for (size_t i = 0; i < kVersionWords; ++i) {
    auto* word = reinterpret_cast<uint64_t*>(const_cast<uint8_t*>(entry) + kVersionWordsAt + 8 * i);
    words[i] = std::atomic_ref<uint64_t>(*word).load(std::memory_order_acquire);
  }
  return words;
}

inline Version version_of(const HeaderEntry& entry) {
  return {FrameKind::kPut, entry.id, entry.offset, entry.payload_size, entry.payload_crc};
}

Status corrupt_entry(uint64_t slot);
// Of a view that reads safely: the same as find_version.
Status find_version_safely(const LogView& view, uint64_t slot, Version& out);
// Of a slot with version words: apart, so that the way of all others is short and what it reads
// stays in registers.
Status find_later_version(const LogView& view, uint64_t slot, Version& out);

// The version of a slot that the view sees. The slot exists in the view.
inline Status find_version(const LogView& view, uint64_t slot, Version& out) {
  if (view.reads_safely()) [[unlikely]]
    return find_version_safely(view, slot, out);
  const uint8_t* bytes = view.entry_bytes(slot);
  HeaderEntry entry;
  if (!decode_header_entry(bytes, slot, view.seed(), entry) || entry.offset >= view.limit)
      [[unlikely]]
    return corrupt_entry(slot);
  const VersionWords words = load_words(bytes);
  if ((words[0] | words[1] | words[2]) != 0) return find_later_version(view, slot, out);
  out = version_of(entry);
  return {};
}
// The head of the frame at an offset below `limit`, whole; CORRUPT otherwise.
Status read_frame(const LogView& view, uint64_t offset, uint64_t limit, FrameHead& out);
// Whether the frame is a later version of the slot: what a version word may name.
inline bool is_later_version_of(const FrameHead& head, uint64_t slot) {
  return head.slot == slot && (head.kind == FrameKind::kReplace || head.kind == FrameKind::kDelete);
}
// The version before `head` in its slot's history, itself a whole frame.
Status former_version(const LogView& view, const FrameHead& head, FrameHead& out);

inline Bytes payload_of(const LogView& view, uint64_t offset, uint64_t size) {
  return {view.frame_bytes(offset) + kFrameHeadSize, size};
}
// CORRUPT, naming the offset, when the payload's checksum differs. Safe reads bring it into memory
// first.
// The last step of it: what was computed is what the frame at `offset` says.
Status compare_checksum(uint32_t computed, uint64_t offset, uint32_t stored);
Status check_payload(const LogView& view, uint64_t offset, uint32_t size, uint32_t crc);

}  // namespace dam
