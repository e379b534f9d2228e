// Bytes of in-memory files: slots of one arena of address space, reserved once for the process.
//
// A file's slot never moves, so a window on a file is the slot itself: no system call maps it,
// later writes show in it, and growth does not move it. Slots are reused last in, first out, so
// that the pages of one small crashed array serve the next. The arena lies on an anonymous memory
// file; a real mapping of the slot's part of it serves where a slot will not do (private or
// overlaid pages).
#pragma once

#include <cstdint>

namespace dam::test {

class ArenaSlot {
 public:
  static constexpr uint64_t kSize = uint64_t{64} << 20;

  // Aborts the test when more than a thousand files are alive at once.
  ArenaSlot();
  ~ArenaSlot();
  ArenaSlot(const ArenaSlot&) = delete;
  ArenaSlot& operator=(const ArenaSlot&) = delete;

  uint8_t* data() { return data_; }
  const uint8_t* data() const { return data_; }
  // One past the last byte that was ever written: all bytes at or beyond it are zero.
  uint64_t written_end() const { return written_end_; }
  void note_written(uint64_t end) {
    if (end > written_end_) written_end_ = end;
  }

  // A real mapping of `size` bytes at `offset` of the slot, or MAP_FAILED with errno.
  void* map_real(void* address, uint64_t size, int protection, int flags, uint64_t offset);

 private:
  uint8_t* data_;
  uint64_t written_end_ = 0;
};

}  // namespace dam::test
