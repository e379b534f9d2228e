#include "format/id_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr size_t kUuidTextSize = 36;
constexpr size_t kInlineSize = 16;

// The value of each lower-case hexadecimal digit, -1 for every other byte.
constexpr std::array<int, 256> make_hex_values() {
  std::array<int, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 10; ++i) values[static_cast<size_t>('0' + i)] = i;
  for (int i = 0; i < 6; ++i) values[static_cast<size_t>('a' + i)] = 10 + i;
  return values;
}

constexpr std::array<int, 256> kHexValues = make_hex_values();

// Where the 16 pairs of digits stand in the text.
constexpr std::array<uint8_t, 16> kPairAt = {0,  2,  4,  6,  9,  11, 14, 16,
                                             19, 21, 24, 26, 28, 30, 32, 34};

bool parse_uuid(std::string_view text, uint8_t out[16]) {
  if (text.size() != kUuidTextSize) return false;
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  int wrong = 0;  // negative once any digit was none: no branch in the loop
  for (size_t i = 0; i < 16; ++i) {
    const int high = kHexValues[static_cast<uint8_t>(text[kPairAt[i]])];
    const int low = kHexValues[static_cast<uint8_t>(text[kPairAt[i] + 1U])];
    wrong |= high | low;
    out[i] = static_cast<uint8_t>((high << 4) | low);
  }
  return wrong >= 0;
}

}  // namespace

IdKey make_id_key(std::string_view id, const HashKey& hash_key) {
  IdKey key;
  uint8_t bytes[kInlineSize] = {};
  if (id.size() <= kInlineSize) {
    std::memcpy(bytes, id.data(), id.size());
    key.form = IdForm::kInline;
    key.length = static_cast<uint8_t>(id.size());
  } else if (parse_uuid(id, bytes)) {
    key.form = IdForm::kUuid;
  } else {
    const XXH128_hash_t hash =
        XXH3_128bits_withSeed(id.data(), id.size(), load<uint64_t>(hash_key.data()));
    key.form = IdForm::kLong;
    key.lo = hash.low64;
    key.hi = hash.high64;
    return key;
  }
  key.lo = load<uint64_t>(bytes);
  key.hi = load<uint64_t>(bytes + 8);
  return key;
}

uint64_t hash_of(const IdKey& key, const HashKey& hash_key) {
  const uint64_t words[2] = {key.lo, key.hi};
  return XXH3_64bits_withSeed(words, sizeof words,
                              load<uint64_t>(hash_key.data() + 8) + pack_id_form(key));
}

size_t write_id(const IdKey& key, char out[36]) {
  uint8_t bytes[kInlineSize];
  store(bytes, key.lo);
  store(bytes + 8, key.hi);
  if (key.form == IdForm::kInline) {
    std::memcpy(out, bytes, key.length);
    return key.length;
  }
  if (key.form != IdForm::kUuid) return 0;
  std::memset(out, '-', kUuidTextSize);
  for (size_t i = 0; i < 16; ++i) {
    out[kPairAt[i]] = "0123456789abcdef"[bytes[i] >> 4];
    out[kPairAt[i] + 1U] = "0123456789abcdef"[bytes[i] & 15];
  }
  return kUuidTextSize;
}

uint32_t pack_id_form(const IdKey& key) {
  // Length 1..16 in four bits as length - 1.
  const uint32_t length = key.form == IdForm::kInline ? key.length - 1U : 0U;
  return static_cast<uint32_t>(key.form) | (length << 2);
}

void unpack_id_form(uint32_t bits, IdKey& key) {
  key.form = static_cast<IdForm>(bits & 3);
  key.length = key.form == IdForm::kInline ? static_cast<uint8_t>(((bits >> 2) & 15) + 1) : 0;
}

}  // namespace dam
