#include "format/id_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr size_t kUuidTextSize = 36;
constexpr size_t kInlineSize = 16;

bool is_dash_place(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool parse_uuid(std::string_view text, uint8_t out[16]) {
  if (text.size() != kUuidTextSize) return false;
  size_t nibble = 0;
  for (size_t i = 0; i < kUuidTextSize; ++i) {
    if (is_dash_place(i)) {
      if (text[i] != '-') return false;
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0) return false;
    uint8_t& byte = out[nibble / 2];
    byte = static_cast<uint8_t>(nibble % 2 == 0 ? value << 4 : byte | value);
    ++nibble;
  }
  return true;
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
  size_t nibble = 0;
  for (size_t i = 0; i < kUuidTextSize; ++i) {
    if (is_dash_place(i)) {
      out[i] = '-';
      continue;
    }
    const uint8_t byte = bytes[nibble / 2];
    out[i] = "0123456789abcdef"[nibble % 2 == 0 ? byte >> 4 : byte & 15];
    ++nibble;
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
