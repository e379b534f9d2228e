// An entry of header.bin: one slot in 64 bytes, its first version and up to three later ones.
//
// The first 32 bytes never change after the commit that made the slot. The three version words are
// the only bytes of an array that change in place, each by one 8-byte store; each carries a check
// that binds it to array, slot and offset. Layout: docs/format.md, "Header entry".
#pragma once

#include <array>
#include <cstdint>

#include "format/check_seed.h"
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
bool decode_header_entry(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed,
                         HeaderEntry& out);

// A word naming a later version; 0 is none.
uint64_t encode_version_word(uint64_t offset, uint64_t slot, const CheckSeed& seed);
// The offset a word names, or 0 when its check fails.
uint64_t decode_version_word(uint64_t word, uint64_t slot, const CheckSeed& seed);

}  // namespace dam
