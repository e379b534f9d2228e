#include "exchange/jina_header.h"

#include <algorithm>

namespace dam {
namespace {

constexpr uint64_t kMostLookedAt = 1000;
constexpr uint64_t kLeastPage = 4096;
constexpr uint32_t kReplacement = 0xFFFD;

bool is_character(uint32_t code) { return code < 0x110000 && (code < 0xD800 || code > 0xDFFF); }

uint32_t code_at(std::string_view key, size_t at) { return load<uint32_t>(key.data() + at); }

// Whether the bytes are an id as ids are: characters, some at least, and no zeros between them.
bool is_likely_key(std::string_view key) {
  for (size_t at = 0; at < key.size(); at += 4) {
    if (!is_character(code_at(key, at)) || code_at(key, at) == 0) return false;
  }
  return !key.empty();
}

void append_utf8(uint32_t code, std::string& out) {
  const auto add = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
  } else {
    add(0xF0 | code >> 18);
    add(0x80 | (code >> 12 & 0x3F));
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

// The character at `at` of valid UTF-8, which moves behind it.
uint32_t next_character(std::string_view text, size_t& at) {
  const auto byte = [&text](size_t i) -> uint32_t {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0x80;
  };
  const uint32_t lead = byte(at);
  if (lead < 0x80) return at += 1, lead;
  if (lead < 0xE0) return at += 2, (lead & 0x1F) << 6 | (byte(at - 1) & 0x3F);
  if (lead < 0xF0) {
    at += 3;
    return (lead & 0x0F) << 12 | (byte(at - 2) & 0x3F) << 6 | (byte(at - 1) & 0x3F);
  }
  at += 4;
  return (lead & 0x07) << 18 | (byte(at - 3) & 0x3F) << 12 | (byte(at - 2) & 0x3F) << 6 |
         (byte(at - 1) & 0x3F);
}

std::string_view without_padding(std::string_view key) {
  while (!key.empty() && code_at(key, key.size() - 4) == 0) key.remove_suffix(4);
  return key;
}

}  // namespace

JinaHeader::JinaHeader(Bytes bytes, uint32_t key_length, uint64_t body_size) : bytes_(bytes) {
  key_length_ = key_length;
  if (key_length == 0) guess(body_size);
  unlikely_ = count_unlikely(body_size);
}

JinaSlot JinaHeader::slot(uint64_t number) const {
  const uint8_t* at = bytes_.data() + number * slot_bytes();
  const size_t key_bytes = size_t{4} * key_length_;
  const auto page = load<int64_t>(at + key_bytes);
  const auto rest = load<int64_t>(at + key_bytes + 8);
  const auto stop = load<int64_t>(at + key_bytes + 16);
  JinaSlot slot = {};
  slot.key = without_padding({reinterpret_cast<const char*>(at), key_bytes});
  slot.is_tombstone = page == -1 && rest == -1 && stop == -1;
  constexpr int64_t kMost = int64_t{1} << 62;
  const bool in_range = page >= 0 && rest >= 0 && page < kMost && stop < kMost;
  slot.is_sound = !slot.is_tombstone && in_range && stop >= rest;
  if (!slot.is_sound) return slot;
  slot.begin = static_cast<uint64_t>(page) + static_cast<uint64_t>(rest);
  slot.end = static_cast<uint64_t>(page) + static_cast<uint64_t>(stop);
  return slot;
}

uint64_t JinaHeader::count_unlikely(uint64_t body_size) const {
  const uint64_t looked_at = std::min(count(), kMostLookedAt);
  uint64_t unlikely = 0;
  for (uint64_t i = 0; i < looked_at; i++) {
    const uint8_t* at = bytes_.data() + i * slot_bytes();
    const JinaSlot found = slot(i);
    const auto page = load<uint64_t>(at + uint64_t{4} * key_length_);
    const bool has_address =
        found.is_tombstone || (found.is_sound && found.end <= body_size && page % kLeastPage == 0);
    if (!has_address || !is_likely_key(found.key)) unlikely++;
  }
  return unlikely;
}

// The usual length stands unless most slots speak against it: a few of them may be damaged.
void JinaHeader::guess(uint64_t body_size) {
  is_guessed_ = true;
  key_length_ = kUsualKeyLength;
  uint64_t fewest = count_unlikely(body_size);
  const uint64_t usual_slots = std::min(count(), kMostLookedAt);
  if (fewest == 0 || (torn_bytes() == 0 && fewest * 2 <= usual_slots)) return;
  uint32_t best = kUsualKeyLength;
  for (uint32_t length = 1; length <= kMostKeyLength && fewest > 0; length++) {
    key_length_ = length;
    if (bytes_.size() < slot_bytes() || torn_bytes() != 0) continue;
    const uint64_t unlikely = count_unlikely(body_size);
    if (unlikely * 2 > std::min(count(), kMostLookedAt) || unlikely >= fewest) continue;
    best = length;
    fewest = unlikely;
  }
  key_length_ = best;
}

std::string text_of_key(std::string_view key) {
  std::string text;
  for (size_t at = 0; at + 4 <= key.size(); at += 4) {
    const uint32_t code = code_at(key, at);
    append_utf8(is_character(code) ? code : kReplacement, text);
  }
  return text;
}

std::string key_of_text(std::string_view id, uint32_t key_length) {
  std::string key;
  uint32_t characters = 0;
  for (size_t at = 0; at < id.size() && characters < key_length; characters++) {
    const uint32_t code = next_character(id, at);
    char bytes[4];
    store(bytes, code);
    key.append(bytes, sizeof bytes);
  }
  return std::string(without_padding(key));
}

}  // namespace dam
