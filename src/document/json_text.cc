// Most text has nothing to escape: eight bytes at a time are tested for it, and runs are copied
// whole.
#include "document/json_text.h"

#include <cstdint>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;

// Whether some byte is zero; may also be true for a byte after one that is.
constexpr uint64_t zero_bytes(uint64_t word) { return (word - kOnes) & ~word & kHighs; }

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

bool word_needs_escape(uint64_t word) {
  uint64_t controls = (word - kOnes * 0x20) & ~word & kHighs;
  return (controls | zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\')) != 0;
}

size_t plain_run(std::string_view text, size_t from) {
  size_t at = from;
  while (text.size() - at >= 8 && !word_needs_escape(load<uint64_t>(text.data() + at))) at += 8;
  while (at < text.size() && !needs_escape(text[at])) at++;
  return at - from;
}

void append_escape(char c, std::string* out) {
  switch (c) {
    case '"':
      *out += "\\\"";
      return;
    case '\\':
      *out += "\\\\";
      return;
    case '\b':
      *out += "\\b";
      return;
    case '\f':
      *out += "\\f";
      return;
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    default:
      break;
  }
  constexpr char kDigits[] = "0123456789abcdef";
  *out += "\\u00";
  *out += kDigits[c >> 4 & 15];
  *out += kDigits[c & 15];
}

}  // namespace

void append_json_string(std::string_view text, std::string* out) {
  *out += '"';
  for (size_t at = 0; at < text.size();) {
    size_t run = plain_run(text, at);
    out->append(text, at, run);
    at += run;
    if (at < text.size()) append_escape(text[at++], out);
  }
  *out += '"';
}

}  // namespace dam
