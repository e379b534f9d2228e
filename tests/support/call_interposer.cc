#include "support/call_interposer.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <type_traits>

namespace dam::test {
namespace {

struct Level {
  CallInterposer* interposer = nullptr;
  const Calls* below = nullptr;
};
Level levels[Interposed::kLevels];

template <typename T>
uint64_t number(T value) {
  return static_cast<uint64_t>(value);
}

// The facts of each call, by the shape of its arguments where that says all.
CallFacts facts_of(const char* path, int flags, mode_t) { return {.path = path, .flags = flags}; }
CallFacts facts_of(int fd) { return {.fd = fd}; }
CallFacts facts_of(int fd, int lowest) { return {.fd = fd, .offset = number(lowest)}; }
CallFacts facts_of(int fd, const void*, size_t size, off_t offset) {
  return {.fd = fd, .offset = number(offset), .size = size};
}
CallFacts facts_of(int fd, struct stat*) { return {.fd = fd}; }
CallFacts facts_of(const char* path, struct stat*) { return {.path = path}; }
CallFacts facts_of(int fd, struct statfs*) { return {.fd = fd}; }
CallFacts facts_of(int fd, off_t size) { return {.fd = fd, .size = number(size)}; }
CallFacts facts_of(int fd, int mode, off_t offset, off_t size) {
  return {.fd = fd, .flags = mode, .offset = number(offset), .size = number(size)};
}
CallFacts facts_of(const char* from, const char* to) { return {.path = from, .other_path = to}; }
CallFacts facts_of(const char* path) { return {.path = path}; }
CallFacts facts_of(const char* path, mode_t) { return {.path = path}; }
CallFacts facts_of(void*, size_t size, int, int flags, int fd, off_t offset) {
  return {.fd = fd, .flags = flags, .offset = number(offset), .size = size};
}
CallFacts facts_of(void*, size_t size) { return {.size = size}; }
CallFacts facts_of(void*, size_t size, int advice) { return {.flags = advice, .size = size}; }
CallFacts facts_of(int fd, int command, struct flock* range) {
  return {.fd = fd, .flags = command, .offset = number(range->l_start),
          .size = number(range->l_len)};
}
CallFacts facts_of(clockid_t, struct timespec*) { return {}; }
CallFacts facts_of(const struct timespec* pause, struct timespec*) {
  return {.size = number(pause->tv_sec) * 1000000000 + number(pause->tv_nsec)};
}
CallFacts facts_of(void*, size_t size, unsigned) { return {.size = size}; }

ssize_t shortened(ssize_t (*call)(int, void*, size_t, off_t), uint64_t most, int fd, void* to,
                  size_t size, off_t offset) {
  return call(fd, to, std::min<uint64_t>(size, most), offset);
}
ssize_t shortened(ssize_t (*call)(int, const void*, size_t, off_t), uint64_t most, int fd,
                  const void* from, size_t size, off_t offset) {
  return call(fd, from, std::min<uint64_t>(size, most), offset);
}
ssize_t shortened(ssize_t (*call)(void*, size_t, unsigned), uint64_t most, void* to, size_t size,
                  unsigned flags) {
  return call(to, std::min<uint64_t>(size, most), flags);
}
template <typename R, typename... Arguments>
R shortened(R (*call)(Arguments...), uint64_t, Arguments... arguments) {
  return call(arguments...);
}

template <typename R>
R failure() {
  if constexpr (std::is_pointer_v<R>)
    return MAP_FAILED;
  else
    return -1;
}

intptr_t number_of(const void* address) { return reinterpret_cast<intptr_t>(address); }
intptr_t number_of(intptr_t value) { return value; }

template <int level, CallKind kind, auto member, typename Member = decltype(member)>
struct Bound;

template <int level, CallKind kind, auto member, typename R, typename... Arguments>
struct Bound<level, kind, member, R (*Calls::*)(Arguments...)> {
  static R call(Arguments... arguments) {
    const Level at = levels[level];
    CallFacts facts = facts_of(arguments...);
    facts.kind = kind;
    const CallVerdict verdict = at.interposer->before(facts);
    R result = failure<R>();
    errno = 0;
    // Why a refused close still closes: Linux frees the descriptor whatever close answers.
    if (verdict.error == 0 || kind == CallKind::kClose)
      result = shortened(at.below->*member, verdict.most, arguments...);
    if (verdict.error != 0) {
      result = failure<R>();
      errno = verdict.error;
    }
    const int error = result == failure<R>() ? errno : 0;
    at.interposer->after(facts, number_of(result), error);
    errno = error;
    return result;
  }
};

template <int level>
constexpr Calls kTable = {
    .open = Bound<level, CallKind::kOpen, &Calls::open>::call,
    .close = Bound<level, CallKind::kClose, &Calls::close>::call,
    .duplicate_above = Bound<level, CallKind::kDuplicate, &Calls::duplicate_above>::call,
    .pread = Bound<level, CallKind::kPread, &Calls::pread>::call,
    .pwrite = Bound<level, CallKind::kPwrite, &Calls::pwrite>::call,
    .fdatasync = Bound<level, CallKind::kFdatasync, &Calls::fdatasync>::call,
    .fsync = Bound<level, CallKind::kFsync, &Calls::fsync>::call,
    .fstat = Bound<level, CallKind::kFstat, &Calls::fstat>::call,
    .lstat = Bound<level, CallKind::kLstat, &Calls::lstat>::call,
    .fstatfs = Bound<level, CallKind::kFstatfs, &Calls::fstatfs>::call,
    .ftruncate = Bound<level, CallKind::kFtruncate, &Calls::ftruncate>::call,
    .fallocate = Bound<level, CallKind::kFallocate, &Calls::fallocate>::call,
    .rename = Bound<level, CallKind::kRename, &Calls::rename>::call,
    .unlink = Bound<level, CallKind::kUnlink, &Calls::unlink>::call,
    .mkdir = Bound<level, CallKind::kMkdir, &Calls::mkdir>::call,
    .mmap = Bound<level, CallKind::kMmap, &Calls::mmap>::call,
    .munmap = Bound<level, CallKind::kMunmap, &Calls::munmap>::call,
    .madvise = Bound<level, CallKind::kMadvise, &Calls::madvise>::call,
    .lock = Bound<level, CallKind::kLock, &Calls::lock>::call,
    .clock_gettime = Bound<level, CallKind::kClockGettime, &Calls::clock_gettime>::call,
    .nanosleep = Bound<level, CallKind::kNanosleep, &Calls::nanosleep>::call,
    .getrandom = Bound<level, CallKind::kGetrandom, &Calls::getrandom>::call,
};

constexpr const Calls* kTables[Interposed::kLevels] = {&kTable<0>, &kTable<1>};

// Remembers the table below, and gives the one to lay over it.
const Calls& lay(CallInterposer& interposer, int level) {
  if (levels[level].interposer != nullptr) std::abort();
  levels[level] = {&interposer, &calls()};
  return *kTables[level];
}

}  // namespace

Interposed::Interposed(CallInterposer& interposer, int level)
    : level_(level), in_force_(lay(interposer, level)) {}

Interposed::~Interposed() { levels[level_] = {}; }

const char* name_of(CallKind kind) {
  constexpr const char* kNames[kCallKinds] = {
      "open",      "close",  "duplicate", "pread",  "pwrite", "fdatasync",     "fsync",     "fstat",
      "lstat",     "fstatfs", "ftruncate", "fallocate", "rename", "unlink",    "mkdir",     "mmap",
      "munmap",    "madvise", "lock",      "clock_gettime", "nanosleep", "getrandom"};
  return kNames[static_cast<int>(kind)];
}

}  // namespace dam::test
