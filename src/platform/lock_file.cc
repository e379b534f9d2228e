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

Status LockFile::acquire(int64_t timeout_ms) {
  constexpr int64_t kLongestPauseMs = 5;
  const int64_t start_ms = monotonic_ms();
  for (int64_t pause_ms = 1;; pause_ms = std::min(2 * pause_ms, kLongestPauseMs)) {
    if (set_lock(file_.fd(), F_WRLCK, kWriterByte, 1) == 0) return {};
    if (errno != EAGAIN && errno != EACCES) return system_error("lock", file_.path());
    const int64_t waited_ms = monotonic_ms() - start_ms;
    if (timeout_ms >= 0 && waited_ms >= timeout_ms)
      return Status::error(Code::kBusy, "another writer has %s open (waited %lld ms)",
                           parent_of(file_.path()).c_str(), static_cast<long long>(waited_ms));
    sleep_ms(pause_ms);
  }
}

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
  set_lock(file_.fd(), F_UNLCK, kWriterByte, 2);
  file_ = File();
}

void LockFile::abandon() { file_ = File(); }

}  // namespace dam
