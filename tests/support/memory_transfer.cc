// Descriptors of an in-memory file system: reading, writing, syncing, windows, locks, clock,
// chance.
#include <linux/magic.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "support/memory_file_system.h"

namespace dam::test {
namespace {

constexpr uint64_t kPage = MemoryContent::kPage;
constexpr uint64_t kNanosecond = 1000000000;

using Kind = MemoryNode::Kind;

int fail(int error) {
  errno = error;
  return -1;
}

void* fail_to_map(int error) {
  errno = error;
  return MAP_FAILED;
}

bool may_read(int flags) { return (flags & O_ACCMODE) != O_WRONLY; }
bool may_write(int flags) { return (flags & O_ACCMODE) != O_RDONLY; }

}  // namespace

MemoryFileSystem::Description* MemoryFileSystem::description(int fd) const {
  const bool is_open = fd >= 0 && static_cast<size_t>(fd) < descriptors_.size();
  Description* found = is_open ? descriptors_[static_cast<size_t>(fd)].get() : nullptr;
  if (found == nullptr) errno = EBADF;
  return found;
}

int MemoryFileSystem::close(int fd) {
  if (description(fd) == nullptr) return -1;
  descriptors_[static_cast<size_t>(fd)] = nullptr;
  return 0;
}

int MemoryFileSystem::duplicate_above(int fd, int lowest) {
  if (description(fd) == nullptr) return -1;
  if (lowest < 0 || lowest >= options_.most_descriptors) return fail(EINVAL);
  return add_descriptor(descriptors_[static_cast<size_t>(fd)], lowest);
}

ssize_t MemoryFileSystem::pread(int fd, void* to, size_t size, off_t offset) {
  if (offset < 0) return fail(EINVAL);
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  if (!may_read(file->flags)) return fail(EBADF);
  if (!file->node->content) return fail(EISDIR);
  const std::span<uint8_t> target(static_cast<uint8_t*>(to), size);
  return static_cast<ssize_t>(file->node->content->read(static_cast<uint64_t>(offset), target));
}

ssize_t MemoryFileSystem::pwrite(int fd, const void* from, size_t size, off_t offset) {
  if (offset < 0) return fail(EINVAL);
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  if (!may_write(file->flags)) return fail(EBADF);
  if (size == 0) return 0;
  const auto start = static_cast<uint64_t>(offset);
  if (start >= ArenaSlot::kSize) return fail(EFBIG);
  const size_t count = std::min<uint64_t>(size, ArenaSlot::kSize - start);
  file->node->content->write(start, {static_cast<const uint8_t*>(from), count}, ++order_);
  return static_cast<ssize_t>(count);
}

int MemoryFileSystem::sync(int fd) {
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  const NodePointer node = file->node;
  if (node->kind == Kind::kDirectory) {
    save_names_of(node);
    return 0;
  }
  if (sync_failure_ == SyncFailure::kMarkedClean) node->content->fail_sync();
  if (sync_failure_ != SyncFailure::kNone) return fail(EIO);
  node->content->sync();
  if (options_.file_sync_saves_name) save_name_of(node);
  return 0;
}

void MemoryFileSystem::fill(const MemoryNode& node, struct stat* out) const {
  *out = {};
  out->st_dev = device_;
  out->st_ino = node.number;
  out->st_nlink = node.names;
  out->st_blksize = static_cast<blksize_t>(kPage);
  out->st_mode = node.permissions;
  switch (node.kind) {
    case Kind::kFile:
      out->st_mode |= S_IFREG;
      out->st_size = static_cast<off_t>(node.content->size());
      break;
    case Kind::kDirectory:
      out->st_mode |= S_IFDIR;
      out->st_size = static_cast<off_t>(kPage);
      break;
    case Kind::kSymbolicLink:
      out->st_mode |= S_IFLNK;
      break;
  }
  out->st_blocks = (out->st_size + 511) / 512;
}

int MemoryFileSystem::fstat(int fd, struct stat* out) {
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  fill(*file->node, out);
  return 0;
}

int MemoryFileSystem::lstat(const char* path, struct stat* out) {
  int error = 0;
  const NodePointer node = node_at(path, &error);
  if (!node) return fail(error);
  fill(*node, out);
  return 0;
}

int MemoryFileSystem::fstatfs(int fd, struct statfs* out) {
  if (description(fd) == nullptr) return -1;
  *out = {};
  out->f_type = EXT4_SUPER_MAGIC;
  out->f_bsize = static_cast<decltype(out->f_bsize)>(kPage);
  out->f_frsize = out->f_bsize;
  out->f_bfree = options_.free_bytes / kPage;
  out->f_bavail = out->f_bfree;
  out->f_blocks = 2 * out->f_bfree;
  out->f_namelen = 255;
  return 0;
}

int MemoryFileSystem::ftruncate(int fd, off_t size) {
  if (size < 0) return fail(EINVAL);
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  if (!may_write(file->flags)) return fail(EINVAL);
  if (static_cast<uint64_t>(size) > ArenaSlot::kSize) return fail(EFBIG);
  file->node->content->resize(static_cast<uint64_t>(size), ++order_);
  return 0;
}

int MemoryFileSystem::fallocate(int fd, int mode, off_t offset, off_t size) {
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  if (offset < 0 || size <= 0) return fail(EINVAL);
  if ((mode & ~FALLOC_FL_KEEP_SIZE) != 0) return fail(EOPNOTSUPP);
  if (!may_write(file->flags)) return fail(EBADF);
  uint64_t end = 0;
  if (__builtin_add_overflow(static_cast<uint64_t>(offset), static_cast<uint64_t>(size), &end) ||
      end > ArenaSlot::kSize)
    return fail(EFBIG);
  MemoryContent& content = *file->node->content;
  if (mode == 0 && end > content.size()) content.resize(end, ++order_);
  return 0;
}

void* MemoryFileSystem::map_real(const Window& window, int protection, int flags, off_t offset) {
  void* address = window.file ? window.file->node->content->slot().map_real(
                                    window.address, window.size, protection, flags,
                                    static_cast<uint64_t>(offset))
                              : ::mmap(window.address, window.size, protection, flags, -1, 0);
  if (address == MAP_FAILED) return address;
  // A mapping laid over a part of a window goes with that window.
  if ((flags & MAP_FIXED) == 0)
    windows_.push_back({static_cast<uint8_t*>(address), window.size, window.file, true});
  return address;
}

void* MemoryFileSystem::mmap(void* address, size_t size, int protection, int flags, int fd,
                             off_t offset) {
  Window window = {static_cast<uint8_t*>(address), size, nullptr, true};
  const bool covers = std::any_of(windows_.begin(), windows_.end(), [&](const Window& below) {
    return below.is_real && below.address <= window.address &&
           window.address + size <= below.address + below.size;
  });
  if (size == 0 || ((flags & MAP_FIXED) != 0 && !covers)) return fail_to_map(EINVAL);
  if ((flags & MAP_ANONYMOUS) != 0) return map_real(window, protection, flags, 0);
  const Description* file = description(fd);
  if (file == nullptr) return MAP_FAILED;
  if (!file->node->content) return fail_to_map(ENODEV);
  if (offset < 0 || static_cast<uint64_t>(offset) % kPage != 0) return fail_to_map(EINVAL);
  const bool is_shared = (flags & MAP_TYPE) != MAP_PRIVATE;
  if (!may_read(file->flags) || (is_shared && (protection & PROT_WRITE) != 0))
    return fail_to_map(EACCES);
  const auto start = static_cast<uint64_t>(offset);
  if (size > options_.largest_window || start + size > ArenaSlot::kSize) return fail_to_map(ENOMEM);
  window.file = descriptors_[static_cast<size_t>(fd)];
  if (!is_shared || options_.real_windows) return map_real(window, protection, flags, offset);
  window = {file->node->content->slot().data() + start, size, window.file, false};
  windows_.push_back(window);
  return window.address;
}

int MemoryFileSystem::munmap(void* address, size_t size) {
  const auto found = std::find_if(windows_.begin(), windows_.end(), [&](const Window& window) {
    return window.address == address && window.size == size;
  });
  if (found == windows_.end()) return fail(EINVAL);
  if (found->is_real) ::munmap(address, size);
  windows_.erase(found);
  return 0;
}

int MemoryFileSystem::madvise(void* address, size_t size, int advice) {
  (void)advice;
  const auto* start = static_cast<const uint8_t*>(address);
  for (const Window& window : windows_)
    if (window.address <= start && start + size <= window.address + window.size) return 0;
  return fail(ENOMEM);
}

int MemoryFileSystem::lock(int fd, int command, struct flock* range) {
  const Description* file = description(fd);
  if (file == nullptr) return -1;
  MemoryLocks& locks = file->node->locks;
  if (command == F_OFD_GETLK) {
    const int error = locks.query(file, range);
    return error == 0 ? 0 : fail(error);
  }
  if (command != F_OFD_SETLK) return fail(EINVAL);
  if ((range->l_type == F_RDLCK && !may_read(file->flags)) ||
      (range->l_type == F_WRLCK && !may_write(file->flags)))
    return fail(EBADF);
  const int error = locks.set(file, *range);
  return error == 0 ? 0 : fail(error);
}

int MemoryFileSystem::clock_gettime(clockid_t clock, struct timespec* out) {
  constexpr uint64_t kUnixStart = 1600000000 * kNanosecond;
  constexpr uint64_t kBootStart = 1000 * kNanosecond;
  now_ns_ += 1000;
  const uint64_t now = now_ns_ + (clock == CLOCK_REALTIME ? kUnixStart : kBootStart);
  *out = {static_cast<time_t>(now / kNanosecond), static_cast<long>(now % kNanosecond)};
  return 0;
}

int MemoryFileSystem::nanosleep(const struct timespec* pause, struct timespec* left) {
  if (pause->tv_sec < 0 || pause->tv_nsec < 0 || pause->tv_nsec > 999999999) return fail(EINVAL);
  now_ns_ +=
      static_cast<uint64_t>(pause->tv_sec) * kNanosecond + static_cast<uint64_t>(pause->tv_nsec);
  if (left != nullptr) *left = {};
  return 0;
}

ssize_t MemoryFileSystem::getrandom(void* to, size_t size, unsigned flags) {
  (void)flags;
  auto* out = static_cast<uint8_t*>(to);
  for (size_t done = 0; done < size;) {
    const uint64_t word = next_random(&random_state_);
    const size_t count = std::min(size - done, sizeof word);
    std::memcpy(out + done, &word, count);
    done += count;
  }
  return static_cast<ssize_t>(size);
}

}  // namespace dam::test
