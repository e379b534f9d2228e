// The one table of system calls: every request libdam makes of the operating system goes through
// it.
//
// Each entry has the meaning, arguments, return value and errno of the call it is named after.
// Tests put a recorder, a fault injector or an in-memory file system in its place; nothing else
// may. Only this folder turns errno into a Status.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/types.h>
#include <time.h>

#include <cstddef>

namespace dam {

struct Calls {
  int (*open)(const char* path, int flags, mode_t mode);
  int (*close)(int fd);
  int (*duplicate_above)(int fd, int lowest);  // fcntl F_DUPFD_CLOEXEC
  ssize_t (*pread)(int fd, void* to, size_t size, off_t offset);
  ssize_t (*pwrite)(int fd, const void* from, size_t size, off_t offset);
  int (*fdatasync)(int fd);
  int (*fsync)(int fd);
  int (*fstat)(int fd, struct stat* out);
  int (*lstat)(const char* path, struct stat* out);
  int (*fstatfs)(int fd, struct statfs* out);
  int (*ftruncate)(int fd, off_t size);
  int (*fallocate)(int fd, int mode, off_t offset, off_t size);
  int (*rename)(const char* from, const char* to);
  int (*unlink)(const char* path);
  int (*mkdir)(const char* path, mode_t mode);
  void* (*mmap)(void* address, size_t size, int protection, int flags, int fd, off_t offset);
  int (*munmap)(void* address, size_t size);
  int (*madvise)(void* address, size_t size, int advice);
  int (*lock)(int fd, int command, struct flock* range);  // fcntl F_OFD_SETLK, F_OFD_GETLK
  int (*clock_gettime)(clockid_t clock, struct timespec* out);
  int (*nanosleep)(const struct timespec* pause, struct timespec* left);
  ssize_t (*getrandom)(void* to, size_t size, unsigned flags);
};

// The table in force: the operating system's own unless a test replaced it.
const Calls& calls();
const Calls& operating_system_calls();

// For tests: puts `table` in force until the object goes. Not while another thread uses libdam.
class CallsInForce {
 public:
  explicit CallsInForce(const Calls& table);
  ~CallsInForce();
  CallsInForce(const CallsInForce&) = delete;
  CallsInForce& operator=(const CallsInForce&) = delete;

 private:
  const Calls* former_;
};

}  // namespace dam
