// The frames of one batch, built in memory before any byte of it is written.
//
// Knows offsets, slots and the commit point that the batch leads to. It decides nothing about ids:
// whoever builds it has checked them.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "format/commit_point.h"
#include "format/frame.h"
#include "format/header_entry.h"

namespace dam {

// What a new version supersedes.
struct Superseded {
  uint64_t offset = 0;
  uint32_t payload_size = 0;
};

// Bytes that grow without being cleared first.
class FrameBuffer {
 public:
  FrameBuffer() = default;
  FrameBuffer(FrameBuffer&& other) noexcept { swap(other); }
  FrameBuffer& operator=(FrameBuffer&& other) noexcept {
    swap(other);
    return *this;
  }

  uint64_t size() const { return size_; }
  uint64_t capacity() const { return capacity_; }
  uint8_t* data() { return bytes_.get(); }
  Bytes bytes() const { return {bytes_.get(), size_}; }
  void clear() { size_ = 0; }
  // Room for `more` bytes behind those there are; they are the caller's to fill.
  uint8_t* extend(uint64_t more);

 private:
  void swap(FrameBuffer& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  std::unique_ptr<uint8_t[]> bytes_;
  uint64_t size_ = 0;
  uint64_t capacity_ = 0;
};

// Slot -> offset of its last version.
using VersionMap = std::unordered_map<uint64_t, uint64_t>;

// Bytes that lead from the point in force to `point`: what a commit writes.
struct LogChange {
  CommitPoint point;
  Bytes frames;
  Bytes entries;  // of the new slots, in order
  const VersionMap& versions;
};

class FrameBatch {
 public:
  // `base` is the commit point the batch follows, `durable` the body length known durable.
  // Builds into `buffer`, which may have served a batch before.
  FrameBatch(const CommitPoint& base, const CheckSeed& seed, uint64_t durable,
             FrameBuffer&& buffer = {});

  // For the next batch, once this one is written.
  FrameBuffer take_buffer() { return std::move(frames_); }

  // What is added from here on are copies of frames of commit `seq`, each a batch of its own.
  void copy_commit(uint64_t seq);
  // Begins a session: later frames carry the new salt. First of all, if at all.
  void begin_session(uint32_t salt);
  // The slot of the new document. `prev` ended the id's former life (0: none).
  uint64_t put(const IdKey& id, Bytes document, uint64_t prev);
  // The offset of the new version.
  uint64_t replace(uint64_t slot, const IdKey& id, Bytes document, const Superseded& former);
  uint64_t erase(uint64_t slot, const Superseded& former);
  void set_facts(const ArrayFacts& facts);
  // Marks the last frame COMMIT; before that the frames are not whole, but for copies. Nothing may
  // be added after.
  void seal();

  const CommitPoint& base() const { return base_; }
  const CommitPoint& point() const { return point_; }    // after the batch
  uint64_t last_offset() const { return last_offset_; }  // of the frame added last
  Bytes frames() const { return frames_.bytes(); }
  Bytes entries() const { return entries_; }
  // Slots made by this batch included.
  const VersionMap& versions() const { return versions_; }
  LogChange change() const { return {point_, frames(), entries_, versions_}; }

 private:
  uint64_t add(FrameHead head, Bytes payload);
  void encode_last();

  CommitPoint base_;
  CommitPoint point_;
  CheckSeed seed_;
  uint64_t durable_;
  FrameHead last_;
  uint64_t last_offset_ = 0;
  bool last_is_open_ = false;  // its head is encoded when it is known whether another follows
  bool holds_copies_ = false;
  FrameBuffer frames_;
  std::vector<uint8_t> entries_;
  VersionMap versions_;
};

}  // namespace dam
