// Three bytes to four letters and back; the table of values marks what is no letter.
#include "document/base64.h"

#include <array>

namespace dam {
namespace {

constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint32_t kNoLetter = 0x40;

constexpr std::array<uint8_t, 256> make_values() {
  std::array<uint8_t, 256> values = {};
  values.fill(kNoLetter);
  for (uint8_t i = 0; i < 64; i++) values[static_cast<uint8_t>(kLetters[i])] = i;
  return values;
}

constexpr std::array<uint8_t, 256> kValues = make_values();

uint32_t value_of(char letter) { return kValues[static_cast<uint8_t>(letter)]; }

// Four letters without padding as 24 bits; a value above that if one is no letter.
uint32_t group_of(const char* text) {
  uint32_t a = value_of(text[0]), b = value_of(text[1]), c = value_of(text[2]),
           d = value_of(text[3]);
  if ((a | b | c | d) & kNoLetter) return UINT32_MAX;
  return a << 18 | b << 12 | c << 6 | d;
}

}  // namespace

void append_base64(Bytes bytes, std::string* out) {
  size_t start = out->size();
  out->resize(start + (bytes.size() + 2) / 3 * 4);
  char* to = out->data() + start;
  size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    uint32_t group = uint32_t{bytes[at]} << 16 | uint32_t{bytes[at + 1]} << 8 | bytes[at + 2];
    *to++ = kLetters[group >> 18];
    *to++ = kLetters[group >> 12 & 63];
    *to++ = kLetters[group >> 6 & 63];
    *to++ = kLetters[group & 63];
  }
  size_t left = bytes.size() - at;
  if (left == 0) return;
  uint32_t group = uint32_t{bytes[at]} << 16 | (left == 2 ? uint32_t{bytes[at + 1]} << 8 : 0);
  *to++ = kLetters[group >> 18];
  *to++ = kLetters[group >> 12 & 63];
  *to++ = left == 2 ? kLetters[group >> 6 & 63] : '=';
  *to = '=';
}

bool decode_base64(std::string_view text, std::vector<uint8_t>* out) {
  out->clear();
  if (text.size() % 4 != 0) return false;
  if (text.empty()) return true;
  size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  size_t whole = text.size() - (padding ? 4 : 0);
  out->resize(text.size() / 4 * 3 - padding);
  uint8_t* to = out->data();
  for (size_t at = 0; at < whole; at += 4) {
    uint32_t group = group_of(text.data() + at);
    if (group == UINT32_MAX) return false;
    *to++ = static_cast<uint8_t>(group >> 16);
    *to++ = static_cast<uint8_t>(group >> 8);
    *to++ = static_cast<uint8_t>(group);
  }
  if (padding == 0) return true;
  char last[4] = {text[whole], text[whole + 1], padding == 2 ? 'A' : text[whole + 2], 'A'};
  uint32_t group = group_of(last);
  // Bits that belong to no byte must be zero, or two texts would mean the same bytes.
  if (group == UINT32_MAX || (group & (padding == 2 ? 0xffff : 0xff)) != 0) return false;
  *to++ = static_cast<uint8_t>(group >> 16);
  if (padding == 1) *to = static_cast<uint8_t>(group >> 8);
  return true;
}

}  // namespace dam
