// DamagedFile: a file of which nothing is known but its bytes.
//
// Read without maps, so that a disk that fails answers with an error and not with a signal: pages
// that cannot be read count as zeros, which are no frame and fit no checksum. Nothing beyond the
// end is touched. One thread.
#pragma once

#include <string>
#include <vector>

#include "platform/file.h"

namespace dam {

class DamagedFile {
 public:
  // NOT_FOUND as File::open has it.
  static Result<DamagedFile> open(const std::string& path);

  const std::string& path() const { return file_.path(); }
  uint64_t size() const { return size_; }
  // Whether [offset, offset + count) lies in the file.
  bool holds(uint64_t offset, uint64_t count) const {
    return offset <= size_ && count <= size_ - offset;
  }
  // `count` bytes that the file holds, at most 4 KiB, valid until the next call.
  const uint8_t* at(uint64_t offset, uint64_t count);
  // The same, any number of them, in `out`.
  void read(uint64_t offset, uint64_t count, std::vector<uint8_t>& out) const;
  // Whether all bytes from `offset` up to `end` are zero.
  bool is_zero(uint64_t offset, uint64_t end);

 private:
  File file_;
  uint64_t size_ = 0;
  uint64_t window_start_ = 0;
  std::vector<uint8_t> window_;
};

}  // namespace dam
