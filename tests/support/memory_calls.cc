// The table of calls that leads to the mounted in-memory file system.
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <type_traits>

#include "support/memory_file_system.h"

namespace dam::test {
namespace {

MemoryFileSystem* mounted = nullptr;

}  // namespace

struct MemoryCalls {
  template <typename R>
  static R failure() {
    if constexpr (std::is_pointer_v<R>)
      return MAP_FAILED;
    else
      return -1;
  }

  template <auto method, bool is_change, typename Method = decltype(method)>
  struct Bound;

  template <auto method, bool is_change, typename R, typename... Arguments>
  struct Bound<method, is_change, R (MemoryFileSystem::*)(Arguments...)> {
    static R call(Arguments... arguments) {
      if (mounted == nullptr) std::abort();
      const std::lock_guard guard(mounted->mutex_);
      if (!mounted->may_run(is_change)) return failure<R>();
      return (mounted->*method)(arguments...);
    }
  };

  template <auto method>
  static constexpr auto query = Bound<method, false>::call;
  template <auto method>
  static constexpr auto change = Bound<method, true>::call;

  static int open(const char* path, int flags, mode_t mode) {
    const std::lock_guard guard(mounted->mutex_);
    const bool is_change = (flags & (O_CREAT | O_TRUNC)) != 0;
    return mounted->may_run(is_change) ? mounted->open(path, flags, mode) : -1;
  }

  static ssize_t pwrite(int fd, const void* from, size_t size, off_t offset) {
    const std::lock_guard guard(mounted->mutex_);
    const bool was_dead = mounted->is_dead_;
    if (mounted->may_run(true)) return mounted->pwrite(fd, from, size, offset);
    if (!was_dead && mounted->torn_bytes_ > 0)
      mounted->pwrite(fd, from, std::min<uint64_t>(size, mounted->torn_bytes_), offset);
    errno = EIO;
    return -1;
  }

  // The system takes the windows of a dead process away: nothing may stay mapped, dead or not.
  static int munmap(void* address, size_t size) {
    const std::lock_guard guard(mounted->mutex_);
    const bool may_run = mounted->may_run(false);
    const int result = mounted->munmap(address, size);
    if (!may_run) errno = EIO;
    return may_run ? result : -1;
  }
};

const Calls& MemoryFileSystem::table() {
  using Fs = MemoryFileSystem;
  using M = MemoryCalls;
  static constexpr Calls kTable = {
      .open = M::open,
      .close = M::query<&Fs::close>,
      .duplicate_above = M::query<&Fs::duplicate_above>,
      .pread = M::query<&Fs::pread>,
      .pwrite = M::pwrite,
      .fdatasync = M::change<&Fs::fdatasync>,
      .fsync = M::change<&Fs::fsync>,
      .fstat = M::query<&Fs::fstat>,
      .lstat = M::query<&Fs::lstat>,
      .fstatfs = M::query<&Fs::fstatfs>,
      .ftruncate = M::change<&Fs::ftruncate>,
      .fallocate = M::change<&Fs::fallocate>,
      .rename = M::change<&Fs::rename>,
      .unlink = M::change<&Fs::unlink>,
      .mkdir = M::change<&Fs::mkdir>,
      .mmap = M::query<&Fs::mmap>,
      .munmap = M::munmap,
      .madvise = M::query<&Fs::madvise>,
      .lock = M::query<&Fs::lock>,
      .clock_gettime = M::query<&Fs::clock_gettime>,
      .nanosleep = M::query<&Fs::nanosleep>,
      .getrandom = M::query<&Fs::getrandom>,
  };
  return kTable;
}

Mount::Mount(MemoryFileSystem& file_system)
    : former_(mounted), in_force_(MemoryFileSystem::table()) {
  mounted = &file_system;
}

Mount::~Mount() { mounted = former_; }

}  // namespace dam::test
