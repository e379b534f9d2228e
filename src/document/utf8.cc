// The two ranges that decide a character: its first byte gives the length and the range of the
// second byte (which excludes long forms, surrogates and values too large); all later bytes are
// 80 to BF.
#include "document/utf8.h"

#include <cstdint>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

// The length of the ASCII run at `from`, rounded down to whole blocks and words.
size_t skip_ascii(const char* from, size_t size) {
  size_t at = 0;
  while (size - at >= 32) {
    uint64_t bits = load<uint64_t>(from + at) | load<uint64_t>(from + at + 8) |
                    load<uint64_t>(from + at + 16) | load<uint64_t>(from + at + 24);
    if (bits & kHighBits) break;
    at += 32;
  }
  while (size - at >= 8 && !(load<uint64_t>(from + at) & kHighBits)) at += 8;
  return at;
}

// Whether a text of less than 32 bytes is ASCII. Words overlap where the length is no multiple.
bool is_short_ascii(const char* from, size_t size) {
  if (size >= 8) {
    uint64_t bits = load<uint64_t>(from + size - 8);
    for (size_t at = 0; at + 8 < size; at += 8) bits |= load<uint64_t>(from + at);
    return (bits & kHighBits) == 0;
  }
  uint32_t bits = 0;
  if (size >= 4) {
    bits = load<uint32_t>(from) | load<uint32_t>(from + size - 4);
  } else {
    for (size_t at = 0; at < size; at++) bits |= static_cast<uint8_t>(from[at]);
  }
  return (bits & kHighBits) == 0;
}

struct SecondByte {
  uint8_t low, high;
};

SecondByte second_byte_of(uint8_t first) {
  switch (first) {
    case 0xe0:
      return {0xa0, 0xbf};
    case 0xed:
      return {0x80, 0x9f};
    case 0xf0:
      return {0x90, 0xbf};
    case 0xf4:
      return {0x80, 0x8f};
    default:
      return {0x80, 0xbf};
  }
}

// The length of the valid character at `from`, which is no ASCII, or 0.
size_t character_length(const uint8_t* from, size_t size) {
  uint8_t first = from[0];
  if (first < 0xc2 || first > 0xf4) return 0;
  size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (size < length) return 0;
  SecondByte second = second_byte_of(first);
  if (from[1] < second.low || from[1] > second.high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((from[i] & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

size_t find_invalid_utf8(std::string_view text) {
  if (text.size() < 32 && is_short_ascii(text.data(), text.size())) return std::string_view::npos;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  size_t at = 0;
  while (at < text.size()) {
    at += skip_ascii(text.data() + at, text.size() - at);
    while (at < text.size() && bytes[at] < 0x80) at++;
    while (at < text.size() && bytes[at] >= 0x80) {
      size_t length = character_length(bytes + at, text.size() - at);
      if (length == 0) return at;
      at += length;
    }
  }
  return std::string_view::npos;
}

}  // namespace dam
