#include "format/header_entry.h"

#include "format/frame.h"

namespace dam {
namespace {

enum Field : size_t {
  kIdLoAt = 0,
  kIdHiAt = 8,
  kPlaceAt = 16,  // u40 offset in units of 64 | u24 id form
  kPayloadSizeAt = 24,
  kPayloadCrcAt = 28,
  kReservedAt = 56,
  kCrcAt = 60,
};

constexpr uint64_t kUnitBits = 40;
constexpr uint64_t kUnitMask = (uint64_t{1} << kUnitBits) - 1;
constexpr uint64_t kPresent = uint64_t{1} << kUnitBits;
constexpr uint64_t kCheckShift = kUnitBits + 1;

// Over slot, fixed bytes and reserved bytes, gathered so that one call does it.
uint32_t entry_checksum(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed) {
  constexpr size_t kReservedSize = kCrcAt - kReservedAt;
  uint8_t gathered[sizeof slot + kVersionWordsAt + kReservedSize];
  store(gathered, slot);
  std::memcpy(gathered + sizeof slot, bytes, kVersionWordsAt);
  std::memcpy(gathered + sizeof slot + kVersionWordsAt, bytes + kReservedAt, kReservedSize);
  return crc32c(seed.start(), gathered, sizeof gathered);
}

// Invariant: flipping any one of the 40 bits of `unit` flips a bit among the 23 that are kept
// (docs/format.md; proven over all 40 columns by a unit test, since a CRC is linear).
uint64_t version_check(uint64_t unit, uint64_t slot, const CheckSeed& seed) {
  return crc32c(seed.at(slot), &unit, sizeof unit) >> 9;
}

}  // namespace

void encode_header_entry(const HeaderEntry& entry, uint64_t slot, const CheckSeed& seed,
                         uint8_t out[kEntrySize]) {
  std::memset(out, 0, kEntrySize);
  store(out + kIdLoAt, entry.id.lo);
  store(out + kIdHiAt, entry.id.hi);
  const uint64_t form = pack_id_form(entry.id);
  store(out + kPlaceAt, (entry.offset / kFrameAlignment) | (form << kUnitBits));
  store(out + kPayloadSizeAt, entry.payload_size);
  store(out + kPayloadCrcAt, entry.payload_crc);
  store(out + kCrcAt, entry_checksum(out, slot, seed));
}

bool decode_header_entry(const uint8_t* bytes, uint64_t slot, const CheckSeed& seed,
                         HeaderEntry& out) {
  if (load<uint32_t>(bytes + kCrcAt) != entry_checksum(bytes, slot, seed)) return false;
  const uint64_t place = load<uint64_t>(bytes + kPlaceAt);
  out.id.lo = load<uint64_t>(bytes + kIdLoAt);
  out.id.hi = load<uint64_t>(bytes + kIdHiAt);
  unpack_id_form(static_cast<uint32_t>(place >> kUnitBits), out.id);
  out.offset = (place & kUnitMask) * kFrameAlignment;
  out.payload_size = load<uint32_t>(bytes + kPayloadSizeAt);
  out.payload_crc = load<uint32_t>(bytes + kPayloadCrcAt);
  return true;
}

uint64_t encode_version_word(uint64_t offset, uint64_t slot, const CheckSeed& seed) {
  const uint64_t unit = offset / kFrameAlignment;
  return unit | kPresent | (version_check(unit, slot, seed) << kCheckShift);
}

uint64_t decode_version_word(uint64_t word, uint64_t slot, const CheckSeed& seed) {
  const uint64_t offset = (word & kUnitMask) * kFrameAlignment;
  return encode_version_word(offset, slot, seed) == word ? offset : 0;
}

}  // namespace dam
