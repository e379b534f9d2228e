#include "support/memory_arena.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <vector>

namespace dam::test {
namespace {

constexpr uint64_t kSlotCount = 1024;
// From here on, giving pages back to the system costs less than clearing them.
constexpr uint64_t kClearAtMost = uint64_t{512} << 10;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::abort();
}

class Arena {
 public:
  Arena() : fd_(memfd_create("dam-test-files", MFD_CLOEXEC)) {
    constexpr uint64_t kBytes = kSlotCount * ArenaSlot::kSize;
    if (fd_ < 0 || ftruncate(fd_, static_cast<off_t>(kBytes)) != 0) give_up("arena of files");
    void* address =
        ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd_, 0);
    if (address == MAP_FAILED) give_up("address space for files");
    base_ = static_cast<uint8_t*>(address);
    for (uint64_t i = kSlotCount; i > 0; --i) free_.push_back(base_ + (i - 1) * ArenaSlot::kSize);
  }

  uint8_t* take() {
    const std::lock_guard guard(mutex_);
    if (free_.empty()) give_up("more in-memory files than slots");
    uint8_t* slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void give_back(uint8_t* slot, uint64_t written_end) {
    if (written_end <= kClearAtMost) {
      std::memset(slot, 0, written_end);
    } else if (fallocate(fd_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset_of(slot),
                         static_cast<off_t>(written_end)) != 0) {
      give_up("clearing a file's slot");
    }
    const std::lock_guard guard(mutex_);
    free_.push_back(slot);
  }

  off_t offset_of(const uint8_t* slot) const { return slot - base_; }
  int fd() const { return fd_; }

 private:
  int fd_;
  uint8_t* base_ = nullptr;
  std::mutex mutex_;
  std::vector<uint8_t*> free_;
};

Arena& arena() {
  // Never destroyed: files held by static objects of a test may go later.
  static Arena* const the_arena = new Arena;
  return *the_arena;
}

}  // namespace

ArenaSlot::ArenaSlot() : data_(arena().take()) {}

ArenaSlot::~ArenaSlot() { arena().give_back(data_, written_end_); }

void* ArenaSlot::map_real(void* address, uint64_t size, int protection, int flags,
                          uint64_t offset) {
  return ::mmap(address, size, protection, flags, arena().fd(),
                arena().offset_of(data_) + static_cast<off_t>(offset));
}

}  // namespace dam::test
