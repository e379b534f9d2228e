#include "support/call_interposer.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <tuple>
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
template <typename... T>
using Tuple = std::tuple<T...>;

CallFacts facts_of(Tuple<const char*, int, mode_t> a) {
  return {.path = std::get<0>(a), .flags = std::get<1>(a)};
}
CallFacts facts_of(Tuple<int> a) { return {.fd = std::get<0>(a)}; }
CallFacts facts_of(Tuple<int, int> a) {
  return {.fd = std::get<0>(a), .offset = number(std::get<1>(a))};
}
template <typename Buffer>
CallFacts facts_of(Tuple<int, Buffer*, size_t, off_t> a) {
  return {.fd = std::get<0>(a), .offset = number(std::get<3>(a)), .size = std::get<2>(a)};
}
CallFacts facts_of(Tuple<int, struct stat*> a) { return {.fd = std::get<0>(a)}; }
CallFacts facts_of(Tuple<const char*, struct stat*> a) { return {.path = std::get<0>(a)}; }
CallFacts facts_of(Tuple<int, struct statfs*> a) { return {.fd = std::get<0>(a)}; }
CallFacts facts_of(Tuple<int, off_t> a) {
  return {.fd = std::get<0>(a), .size = number(std::get<1>(a))};
}
CallFacts facts_of(Tuple<int, int, off_t, off_t> a) {
  return {.fd = std::get<0>(a),
          .flags = std::get<1>(a),
          .offset = number(std::get<2>(a)),
          .size = number(std::get<3>(a))};
}
CallFacts facts_of(Tuple<const char*, const char*> a) {
  return {.path = std::get<0>(a), .other_path = std::get<1>(a)};
}
CallFacts facts_of(Tuple<const char*> a) { return {.path = std::get<0>(a)}; }
CallFacts facts_of(Tuple<const char*, mode_t> a) { return {.path = std::get<0>(a)}; }
CallFacts facts_of(Tuple<void*, size_t, int, int, int, off_t> a) {
  return {.fd = std::get<4>(a),
          .flags = std::get<3>(a),
          .offset = number(std::get<5>(a)),
          .size = std::get<1>(a)};
}
CallFacts facts_of(Tuple<void*, size_t> a) { return {.size = std::get<1>(a)}; }
CallFacts facts_of(Tuple<void*, size_t, int> a) {
  return {.flags = std::get<2>(a), .size = std::get<1>(a)};
}
CallFacts facts_of(Tuple<int, int, struct flock*> a) {
  const struct flock& range = *std::get<2>(a);
  return {.fd = std::get<0>(a),
          .flags = std::get<1>(a),
          .offset = number(range.l_start),
          .size = number(range.l_len)};
}
CallFacts facts_of(Tuple<clockid_t, struct timespec*>) { return {}; }
CallFacts facts_of(Tuple<const struct timespec*, struct timespec*> a) {
  const struct timespec& pause = *std::get<0>(a);
  return {.size = number(pause.tv_sec) * 1000000000 + number(pause.tv_nsec)};
}
CallFacts facts_of(Tuple<void*, size_t, unsigned> a) { return {.size = std::get<1>(a)}; }

template <CallKind kind, typename Arguments>
void shorten(Arguments& arguments, uint64_t most) {
  if constexpr (kind == CallKind::kPread || kind == CallKind::kPwrite)
    std::get<2>(arguments) = std::min<uint64_t>(std::get<2>(arguments), most);
  if constexpr (kind == CallKind::kGetrandom)
    std::get<1>(arguments) = std::min<uint64_t>(std::get<1>(arguments), most);
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
    std::tuple<Arguments...> passed(arguments...);
    CallFacts facts = facts_of(passed);
    facts.kind = kind;
    const CallVerdict verdict = at.interposer->before(facts);
    R result = failure<R>();
    errno = 0;
    // Why a refused close still closes: Linux frees the descriptor whatever close answers.
    if (verdict.error == 0 || kind == CallKind::kClose) {
      shorten<kind>(passed, verdict.most);
      result = std::apply(at.below->*member, passed);
    }
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
      "open",   "close",   "duplicate", "pread",         "pwrite",    "fdatasync", "fsync", "fstat",
      "lstat",  "fstatfs", "ftruncate", "fallocate",     "rename",    "unlink",    "mkdir", "mmap",
      "munmap", "madvise", "lock",      "clock_gettime", "nanosleep", "getrandom"};
  return kNames[static_cast<int>(kind)];
}

}  // namespace dam::test
