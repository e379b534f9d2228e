#include "format/id_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr size_t kUuidTextSize = 36;
constexpr size_t kInlineSize = 16;

// Where the 16 pairs of digits stand in the text.
constexpr std::array<uint8_t, 16> kPairAt = {0,  2,  4,  6,  9,  11, 14, 16,
                                             19, 21, 24, 26, 28, 30, 32, 34};

constexpr uint64_t kEachByte = 0x0101010101010101;

// Eight lower-case hexadecimal digits, side by side in a word: their values, a byte each. Other
// text sets a bit of `wrong`: it is not what its values would be written as.
// Source: arithmetic on the bytes of a word, as in Warren, Hacker's Delight, chapter 6.
uint64_t hex_values(uint64_t digits, uint64_t& wrong) {
  const uint64_t letters = (digits >> 6) & kEachByte;
  const uint64_t values = (digits & (0x0F * kEachByte)) + 9 * letters;
  const uint64_t above_nine = ((values + 6 * kEachByte) >> 4) & kEachByte;
  const uint64_t written = values + '0' * kEachByte + ('a' - '0' - 10) * above_nine;
  wrong |= (written ^ digits) | (values & (0xF0 * kEachByte));
  return values;
}

// Eight values of 4 bits, a byte each, as the four bytes that they are the halves of.
uint32_t join_halves(uint64_t values) {
  const uint64_t pairs = ((values << 4) | (values >> 8)) & 0x00FF00FF00FF00FF;
  const uint64_t quads = (pairs | (pairs >> 8)) & 0x0000FFFF0000FFFF;
  return static_cast<uint32_t>(quads | (quads >> 16));
}

bool parse_uuid(std::string_view text, uint8_t out[16]) {
  if (text.size() != kUuidTextSize) return false;
  const char* const at = text.data();
  if (at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-') return false;
  const uint64_t words[4] = {
      load<uint64_t>(at), load<uint32_t>(at + 9) | uint64_t{load<uint32_t>(at + 14)} << 32,
      load<uint32_t>(at + 19) | uint64_t{load<uint32_t>(at + 24)} << 32, load<uint64_t>(at + 28)};
  uint64_t wrong = 0;
  for (size_t i = 0; i < 4; ++i) store(out + 4 * i, join_halves(hex_values(words[i], wrong)));
  return wrong == 0;
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

}  // namespace dam
