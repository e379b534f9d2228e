#include "platform/lock_file.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "platform/calls.h"
#include "platform/clock.h"

namespace dam {
namespace {

constexpr off_t kWriterByte = 0;
constexpr off_t kAnnouncedByte = 1;
constexpr off_t kPruneByte = 2;
constexpr off_t kBytes = 3;

struct flock range_of(short type, off_t start, off_t size) {
  struct flock range = {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = start;
  range.l_len = size;
  return range;
}

int set_lock(int fd, short type, off_t start, off_t size) {
  struct flock range = range_of(type, start, size);
  int result = -1;
  do {
    result = calls().lock(fd, F_OFD_SETLK, &range);
  } while (result != 0 && errno == EINTR);
  return result;
}

}  // namespace

Result<LockFile> LockFile::open(const std::string& path, Access access) {
  Result<File> opened = File::open(path, access);
  if (access == Access::kReadWrite && opened.status().code() == Code::kNotFound) {
    opened = File::create(path);
    // Another process may have made it in between: it is the same file then.
    if (opened.status().code() == Code::kAlreadyExists) opened = File::open(path, access);
  }
  if (!opened.ok()) return std::move(opened).status();
  return LockFile(std::move(opened.value()));
}

Result<bool> LockFile::is_announced_at(const std::string& path) {
  Result<LockFile> lock = open(path, Access::kRead);
  if (lock.status().code() == Code::kNotFound) return false;
  if (!lock.ok()) return std::move(lock).status();
  return lock.value().is_announced();
}

// False: another holds it.
Result<bool> LockFile::try_to_take(Wanted wanted) {
  const off_t byte = wanted == Wanted::kPrune ? kPruneByte : kWriterByte;
  if (set_lock(file_.fd(), F_WRLCK, byte, 1) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    return system_error("lock", file_.path());
  }
  if (wanted != Wanted::kArray) return true;
  // Between two turns nobody holds byte 0, but the array has its writers.
  DAM_ASSIGN(const bool announced, is_announced());
  if (announced) release_turn();
  return !announced;
}

Status LockFile::wait_for(Wanted wanted, int64_t timeout_ms) {
  constexpr int64_t kFirstPauseUs = 50;
  constexpr int64_t kLongestPauseUs = 1000;
  const int64_t start_us = monotonic_us();
  for (int64_t pause_us = kFirstPauseUs;; pause_us = std::min(2 * pause_us, kLongestPauseUs)) {
    DAM_ASSIGN(const bool taken, try_to_take(wanted));
    if (taken) return {};
    // Why microseconds: of two times cut down to milliseconds the difference may be one too many.
    const int64_t waited_us = monotonic_us() - start_us;
    if (timeout_ms >= 0 && waited_us / 1000 >= timeout_ms)
      return Status::error(Code::kBusy, "another writer has %s open (waited %lld ms)",
                           parent_of(file_.path()).c_str(),
                           static_cast<long long>(waited_us / 1000));
    sleep_us(pause_us);
  }
}

void LockFile::release_turn() { set_lock(file_.fd(), F_UNLCK, kWriterByte, 1); }

void LockFile::release_prune() { set_lock(file_.fd(), F_UNLCK, kPruneByte, 1); }

Status LockFile::announce() {
  if (set_lock(file_.fd(), F_RDLCK, kAnnouncedByte, 1) == 0) return {};
  return system_error("lock", file_.path());
}

Result<bool> LockFile::is_announced() const {
  struct flock range = range_of(F_WRLCK, kAnnouncedByte, 1);
  if (calls().lock(file_.fd(), F_OFD_GETLK, &range) != 0)
    return system_error("query the lock of", file_.path());
  return range.l_type != F_UNLCK;
}

void LockFile::release() {
  if (!file_.is_open()) return;
  set_lock(file_.fd(), F_UNLCK, kWriterByte, kBytes);
  file_ = File();
}

void LockFile::abandon() { file_ = File(); }

}  // namespace dam
