// The operating system's own table of calls, and the pointer to the table in force.
#include "platform/calls.h"

#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include <cstdio>

namespace dam {
namespace {

constexpr Calls kOperatingSystem = {
    .open = [](const char* path, int flags, mode_t mode) { return ::open(path, flags, mode); },
    .close = ::close,
    .duplicate_above = [](int fd, int lowest) { return ::fcntl(fd, F_DUPFD_CLOEXEC, lowest); },
    .pread = ::pread,
    .pwrite = ::pwrite,
    .fdatasync = ::fdatasync,
    .fsync = ::fsync,
    .fstat = ::fstat,
    .lstat = ::lstat,
    .fstatfs = ::fstatfs,
    .ftruncate = ::ftruncate,
    .fallocate = ::fallocate,
    .rename = ::rename,
    .unlink = ::unlink,
    .mkdir = ::mkdir,
    .mmap = ::mmap,
    .munmap = ::munmap,
    .madvise = ::madvise,
    .lock = [](int fd, int command, struct flock* range) { return ::fcntl(fd, command, range); },
    .clock_gettime = ::clock_gettime,
    .nanosleep = ::nanosleep,
    .getrandom = ::getrandom,
};

const Calls* in_force = &kOperatingSystem;

}  // namespace

const Calls& calls() { return *in_force; }

const Calls& operating_system_calls() { return kOperatingSystem; }

CallsInForce::CallsInForce(const Calls& table) : former_(in_force) { in_force = &table; }

CallsInForce::~CallsInForce() { in_force = former_; }

}  // namespace dam
