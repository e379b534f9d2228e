#include "format/header_entry.h"

namespace dam {
namespace {

using namespace entry_layout;

constexpr uint64_t kPresent = uint64_t{1} << kUnitBits;
constexpr uint64_t kCheckShift = kUnitBits + 1;

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
  store(out + kCrcAt, checksum(out, slot, seed));
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
