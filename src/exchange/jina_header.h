// header.bin of a DocumentArrayMemmap: slots of an id in UTF-32 and three numbers, nothing else.
//
// How many characters an id has is written nowhere: 36 unless the owner chose otherwise, so it is
// told from the size of the file and from what its bytes would mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

struct JinaSlot {
  std::string_view key;  // the id's UTF-32 without the padding; equal keys are one entry
  bool is_tombstone;
  bool is_sound;   // the numbers are an address at all
  uint64_t begin;  // of a sound one, in body.bin
  uint64_t end;
};

class JinaHeader {
 public:
  static constexpr uint32_t kUsualKeyLength = 36;
  static constexpr uint32_t kMostKeyLength = 4096;

  JinaHeader() = default;
  // key_length 0: guessed. `body_size` is what addresses are held against.
  JinaHeader(Bytes bytes, uint32_t key_length, uint64_t body_size);

  uint64_t count() const { return bytes_.size() / slot_bytes(); }
  JinaSlot slot(uint64_t number) const;
  uint32_t key_length() const { return key_length_; }
  bool is_guessed() const { return is_guessed_; }
  // Slots that speak against the key length, of those that were looked at.
  uint64_t unlikely() const { return unlikely_; }
  // Behind the last whole slot.
  uint64_t torn_bytes() const { return bytes_.size() % slot_bytes(); }

 private:
  static constexpr uint64_t kNumberBytes = 24;

  uint64_t slot_bytes() const { return kNumberBytes + uint64_t{4} * key_length_; }
  uint64_t count_unlikely(uint64_t body_size) const;
  void guess(uint64_t body_size);

  Bytes bytes_;
  uint32_t key_length_ = kUsualKeyLength;
  bool is_guessed_ = false;
  uint64_t unlikely_ = 0;
};

// UTF-8 of a key. Nothing that is no character gets through: it becomes U+FFFD.
std::string text_of_key(std::string_view key);

// How a key would hold this id: its UTF-32, cut to so many characters, zeros at the end stripped.
std::string key_of_text(std::string_view id, uint32_t key_length);

}  // namespace dam
