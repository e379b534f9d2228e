// View: an array as of one commit. It answers the same for ever, whatever is written meanwhile.
//
// A view pins the maps, and the buffer of what is not yet written, that its records lie in. Ids and
// positions come from derived structures that may be newer than the view; every hit is verified
// against the version that the view sees. Threads: any number at once. Lifetime: bytes it lends are
// valid while the view lives.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

// A document as stored.
struct Record {
  Bytes document;
  uint64_t slot = 0;
  uint64_t offset = 0;              // of its frame: tells versions of one slot apart
  std::unique_ptr<uint8_t[]> copy;  // where the document lies if it was asked for as a copy
};

class View {
 public:
  virtual ~View() = default;

  virtual uint64_t count() const = 0;     // live documents
  virtual uint64_t revision() const = 0;  // of the commit
  // Which life of the files it shows: slots and offsets are numbers of one.
  virtual uint64_t generation() const = 0;

  // The slot of a live id; absent: NOT_FOUND without a text.
  virtual Status find(std::string_view id, uint64_t& out_slot) const = 0;
  static constexpr uint64_t kNoSlot = UINT64_MAX;

  // Whether what is needed to find documents is read by system calls: a file that was cut off, or a
  // disk that fails, then answers IO where a map would raise a signal.
  bool reads_safely() const { return reads_safely_; }

  // The live document in a slot, its payload checksum checked (kFirstTouch: unless it was before).
  // kCopied: read by a system call into the record's own memory.
  enum class Check { kAlways, kFirstTouch, kCopied };
  virtual Status record(uint64_t slot, Check check, Record& out) const = 0;
  // The document of a live id; absent: NOT_FOUND without a text.
  virtual Status find_record(std::string_view id, Check check, Record& out) const = 0;
  // find_record for many ids at once, whose memory accesses overlap; slot kNoSlot for absent ones.
  virtual Status find_records(std::span<const std::string_view> ids, Check check,
                              Record* out) const = 0;
  // The id in a slot, appended to `out`.
  virtual Status append_id(uint64_t slot, std::string& out) const = 0;
  virtual Status revision_of(uint64_t slot, uint64_t& out_revision) const = 0;

  // Rank of a live slot, and back. Positions are 0 .. count() - 1.
  virtual Status position_of(uint64_t slot, uint64_t& out_position) const = 0;
  virtual Status slot_at(uint64_t position, uint64_t& out_slot) const = 0;
  // The document at a position.
  virtual Status record_at(uint64_t position, Check check, Record& out) const = 0;
  // The next live slot at or behind `slot`; kNoSlot at the end. For scans in order.
  virtual Status next_slot(uint64_t slot, uint64_t& out_slot) const = 0;

 protected:
  explicit View(bool reads_safely = false) : reads_safely_(reads_safely) {}

 private:
  const bool reads_safely_;
};

// A position as callers give it (negative from the end) within `count`; OUT_OF_RANGE names both.
Result<uint64_t> resolve_position(int64_t position, uint64_t count);

}  // namespace dam
