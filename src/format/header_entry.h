// An entry of header.bin: one slot in 64 bytes, its first version and up to three later ones.
//
// The first 32 bytes never change after the commit that made the slot. The three version words are
// the only bytes of an array that change in place, each by one 8-byte store; each carries a check
// that binds it to array, slot and offset. Layout: docs/format.md, "Header entry".
#pragma once

#include <array>
#include <cstdint>

#include "format/check_seed.h"
#include "format/frame.h"
#include "format/id_key.h"

namespace dam {

inline constexpr uint64_t kEntrySize = 64;
inline constexpr uint64_t kEntriesStart = 8192;
inline constexpr size_t kVersionWords = 3;
inline constexpr uint64_t kVersionWordsAt = 32;

inline constexpr uint64_t entry_offset(uint64_t slot) { return kEntriesStart + slot * kEntrySize; }

// The first version of a slot.
struct HeaderEntry {
  IdKey id;
  uint64_t offset = 0;  // of its PUT frame
  uint32_t payload_size = 0;
  uint32_t payload_crc = 0;
};

void encode_header_entry(const HeaderEntry& entry, uint64_t slot, const CheckSeed& seed,
                         uint8_t out[kEntrySize]);
// False when the checksum differs. Inline, as what it stands on: each look at a slot does it.
inline bool decode_header_entry(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed,
                                HeaderEntry& out);

// A word naming a later version; 0 is none.
uint64_t encode_version_word(uint64_t offset, uint64_t slot, const CheckSeed& seed);
// The offset a word names, or 0 when its check fails.
uint64_t decode_version_word(uint64_t word, uint64_t slot, const CheckSeed& seed);

// How an entry is laid out, for this file and its .cc alone.
namespace entry_layout {

enum Field : size_t {
  kIdLoAt = 0,
  kIdHiAt = 8,
  kPlaceAt = 16,  // u40 offset in units of 64 | u24 id form
  kPayloadSizeAt = 24,
  kPayloadCrcAt = 28,
  kReservedAt = 56,
  kCrcAt = 60,
};

inline constexpr uint64_t kUnitBits = 40;
inline constexpr uint64_t kUnitMask = (uint64_t{1} << kUnitBits) - 1;

// Over slot, fixed bytes and reserved bytes, gathered so that one call does it.
inline uint32_t checksum(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed) {
  static_assert(kVersionWordsAt == 32 && kCrcAt - kReservedAt == sizeof(uint32_t));
  return crc32c(seed.start(), {{slot, load<uint64_t>(bytes), load<uint64_t>(bytes + 8),
                                load<uint64_t>(bytes + 16), load<uint64_t>(bytes + 24)},
                               load<uint32_t>(bytes + kReservedAt)});
}

}  // namespace entry_layout

inline bool decode_header_entry(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed,
                                HeaderEntry& out) {
  using namespace entry_layout;
  if (load<uint32_t>(bytes + kCrcAt) != checksum(bytes, slot, seed)) [[unlikely]]
    return false;
  const uint64_t place = load<uint64_t>(bytes + kPlaceAt);
  out.id.lo = load<uint64_t>(bytes + kIdLoAt);
  out.id.hi = load<uint64_t>(bytes + kIdHiAt);
  unpack_id_form(static_cast<uint32_t>(place >> kUnitBits), out.id);
  out.offset = (place & kUnitMask) * kFrameAlignment;
  out.payload_size = load<uint32_t>(bytes + kPayloadSizeAt);
  out.payload_crc = load<uint32_t>(bytes + kPayloadCrcAt);
  return true;
}

}  // namespace dam
