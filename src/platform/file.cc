// Files: opening, positional transfer, syncing, and the one place where errno becomes a Status.
#include "platform/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "platform/calls.h"
#include "platform/clock.h"

namespace dam {
namespace {

Code code_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return Code::kNotFound;
    case EEXIST:
      return Code::kAlreadyExists;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Code::kNoSpace;
    case EROFS:
    case EACCES:
    case EPERM:
      return Code::kReadOnly;
    case ENOMEM:
      return Code::kNoMemory;
    case EAGAIN:
      return Code::kBusy;
    case EOPNOTSUPP:
    case ENOSYS:
    case EINVAL:
      return Code::kUnsupported;
    default:
      return Code::kIo;
  }
}

constexpr int kLowestDescriptor = 3;

int open_descriptor(const std::string& path, int flags, mode_t permissions = 0600) {
  int fd = -1;
  do {
    fd = calls().open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, permissions);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0 || fd >= kLowestDescriptor) return fd;
  // Why not keep it: a host that closed its standard streams would print into the array.
  const int higher = calls().duplicate_above(fd, kLowestDescriptor);
  const int error = errno;
  calls().close(fd);
  errno = error;
  return higher;
}

}  // namespace

Status system_error(const char* what, const std::string& path) {
  const int error = errno;
  char buffer[128];
  const char* text = strerror_r(error, buffer, sizeof buffer);  // the GNU form: thread-safe
  return Status::error(code_of(error), "cannot %s %s (%s)", what, path.c_str(), text);
}

File::File(File&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      is_temporary_(other.is_temporary_) {}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) calls().close(fd_);
    fd_ = std::exchange(other.fd_, -1);
    path_ = std::move(other.path_);
    is_temporary_ = other.is_temporary_;
  }
  return *this;
}

File::~File() {
  if (fd_ >= 0) calls().close(fd_);
}

Result<File> File::open(const std::string& path, Access access) {
  const int fd = open_descriptor(path, access == Access::kRead ? O_RDONLY : O_RDWR);
  if (fd < 0 && errno == ELOOP)
    return Status::error(Code::kCorrupt, "%s is a symbolic link, not a file of an array",
                         path.c_str());
  if (fd < 0) return system_error("open", path);
  return File(fd, path);
}

Result<File> File::create(const std::string& path) {
  const int fd = open_descriptor(path, O_RDWR | O_CREAT | O_EXCL);
  if (fd < 0) return system_error("create", path);
  return File(fd, path);
}

Result<File> File::create_anew(const std::string& path, uint32_t permissions) {
  DAM_TRY(remove_file(path));
  const int fd = open_descriptor(path, O_RDWR | O_CREAT | O_EXCL, permissions);
  if (fd < 0) return system_error("create", path);
  return File(fd, path);
}

Result<File> File::create_temporary(const std::string& directory) {
  // Why with a dot: a directory that is reached by a symbolic link is as good as any.
  const std::string path = directory + "/.";
  File file(open_descriptor(path, O_RDWR | O_TMPFILE | O_EXCL), directory);
  // What a kernel or a file system without nameless files says, and an absent directory too.
  const bool is_refused = errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL;
  if (!file.is_open() && !is_refused) return system_error("create a file in", directory);
  if (!file.is_open()) {
    DAM_ASSIGN(file, create_and_unlink(directory));
  }
  file.is_temporary_ = true;
  return file;
}

// A name that nobody else has, for the moment between creating and removing it.
Result<File> File::create_and_unlink(const std::string& directory) {
  uint8_t chance[8];
  DAM_TRY(random_bytes(chance));
  char name[32];
  std::snprintf(name, sizeof name, "/.dam-%016llx",
                static_cast<unsigned long long>(load<uint64_t>(chance)));
  DAM_ASSIGN(File file, create(directory + name));
  DAM_TRY(remove_file(file.path()));
  return file;
}

Result<File> File::share() const {
  const int fd = calls().duplicate_above(fd_, kLowestDescriptor);
  if (fd < 0) return system_error("share the descriptor of", path_);
  File shared(fd, path_);
  shared.is_temporary_ = is_temporary_;
  return shared;
}

Status File::read(uint64_t offset, MutableBytes to) const {
  size_t done = 0;
  while (done < to.size()) {
    const ssize_t n =
        calls().pread(fd_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("read", path_);
    if (n == 0)
      return Status::error(Code::kCorrupt,
                           "%s ends at offset %llu, %zu bytes were expected at %llu", path_.c_str(),
                           static_cast<unsigned long long>(offset + done), to.size(),
                           static_cast<unsigned long long>(offset));
    done += static_cast<size_t>(n);
  }
  return {};
}

Status File::write(uint64_t offset, Bytes from, uint64_t* out_done) const {
  uint64_t unasked = 0;
  uint64_t& done = out_done != nullptr ? *out_done : unasked;
  done = 0;
  while (done < from.size()) {
    const ssize_t n = calls().pwrite(fd_, from.data() + done, from.size() - done,
                                     static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n == 0) errno = ENOSPC;
    if (n <= 0) return system_error("write", path_);
    done += static_cast<uint64_t>(n);
  }
  return {};
}

Result<uint64_t> File::size() const {
  struct stat facts;
  if (calls().fstat(fd_, &facts) != 0) return system_error("stat", path_);
  return static_cast<uint64_t>(facts.st_size);
}

Result<uint32_t> File::permissions() const {
  struct stat facts;
  if (calls().fstat(fd_, &facts) != 0) return system_error("stat", path_);
  return static_cast<uint32_t>(facts.st_mode & 0777);
}

Status File::truncate(uint64_t size) const {
  int result = -1;
  do {
    result = calls().ftruncate(fd_, static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  return result == 0 ? Status() : system_error("set the size of", path_);
}

Status File::allocate(uint64_t offset, uint64_t size) const {
  int result = -1;
  do {
    result = calls().fallocate(fd_, 0, static_cast<off_t>(offset), static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  return result == 0 ? Status() : system_error("allocate space for", path_);
}

Status File::sync() const {
  // Why not retry a failure: the kernel may have marked the unwritten pages clean.
  if (is_temporary_) return {};
  int result = -1;
  do {
    result = calls().fdatasync(fd_);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? Status() : system_error("sync", path_);
}

Result<FileIdentity> identify(const File& file) {
  struct stat facts;
  if (calls().fstat(file.fd(), &facts) != 0) return system_error("stat", file.path());
  return FileIdentity{facts.st_dev, facts.st_ino};
}

Result<FileIdentity> identify(const std::string& path) {
  struct stat facts;
  if (calls().lstat(path.c_str(), &facts) != 0) return system_error("stat", path);
  return FileIdentity{facts.st_dev, facts.st_ino};
}

}  // namespace dam
