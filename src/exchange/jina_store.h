// A DocumentArrayMemmap directory as the reference opens it, and as damage may have left it.
//
// Slots are taken in the order of the file, tombstones skipped; of several slots with one id the
// first gives the position, the last the bytes. Both files are mapped and only read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/jina_header.h"
#include "platform/mapping.h"

namespace dam {

struct JinaRecord {
  uint64_t slot;         // that says where the bytes are
  std::string_view key;  // of its id, in the header
};

// Bytes of body.bin.
struct JinaRange {
  uint64_t begin;
  uint64_t end;
};

class JinaStore {
 public:
  static constexpr uint64_t kNone = UINT64_MAX;

  // NOT_FOUND unless both files are there. key_length 0: guessed.
  static Result<JinaStore> open(const std::string& path, uint32_t key_length);

  const JinaHeader& header() const { return header_; }
  // The documents in their order.
  const std::vector<JinaRecord>& records() const { return records_; }
  uint64_t tombstones() const { return tombstones_; }
  uint64_t body_bytes() const { return body_.size(); }
  Bytes body(const JinaRange& range) const {
    return body_.subspan(range.begin, range.end - range.begin);
  }

  // The bytes of a slot, or kCorrupt and why there are none.
  Result<Bytes> bytes_of(uint64_t slot) const;
  // A record that shares bytes with this slot's, or kNone.
  uint64_t slot_overlapping(uint64_t slot) const;
  // The slot that held the bytes of the same id before, or kNone.
  uint64_t slot_before(uint64_t slot) const;
  bool has_key(std::string_view key) const { return by_key_.contains(key); }

  // What no record uses, ascending.
  std::vector<JinaRange> gaps() const;

 private:
  void read_slots();
  void find_overlaps();

  Mapping header_map_;
  Mapping body_map_;
  JinaHeader header_;
  Bytes body_;
  std::vector<JinaRecord> records_;
  uint64_t tombstones_ = 0;
  std::unordered_map<std::string_view, uint64_t> by_key_;  // into records_
  std::unordered_map<uint64_t, uint64_t> before_;
  std::unordered_map<uint64_t, uint64_t> overlaps_;
};

}  // namespace dam
