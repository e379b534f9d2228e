// What stands between libdam and a table of calls: the common part of fault injection and
// recording.
//
// An interposer lays its own table over the one below. Each call becomes a CallFacts; before() may
// refuse it or shorten it, after() sees the outcome. Several interposers stack, each on the table
// that was in force before it; each class derived from this may be in force once at a time.
#pragma once

#include <cstdint>
#include <string>

#include "platform/calls.h"

namespace dam::test {

// In the order of the members of Calls.
enum class CallKind : uint8_t {
  kOpen,
  kClose,
  kDuplicate,
  kPread,
  kPwrite,
  kFdatasync,
  kFsync,
  kFstat,
  kLstat,
  kFstatfs,
  kFtruncate,
  kFallocate,
  kRename,
  kUnlink,
  kMkdir,
  kMmap,
  kMunmap,
  kMadvise,
  kLock,
  kClockGettime,
  kNanosleep,
  kGetrandom,
};

inline constexpr int kCallKinds = static_cast<int>(CallKind::kGetrandom) + 1;

const char* name_of(CallKind kind);

struct CallFacts {
  CallKind kind = CallKind::kOpen;
  int fd = -1;
  const char* path = nullptr;
  const char* other_path = nullptr;  // of rename: the new one
  int flags = 0;                     // of open, mmap, fallocate; of a lock: its command
  uint64_t offset = 0;
  uint64_t size = 0;
};

// What becomes of a call.
struct CallVerdict {
  int error = 0;               // not 0: the call fails with it
  uint64_t most = UINT64_MAX;  // a transfer moves at most so many bytes
};

class CallInterposer {
 public:
  virtual ~CallInterposer() = default;

  virtual CallVerdict before(const CallFacts& facts) = 0;
  // `result` is what the caller gets (a descriptor, a count, 0, an address); `error` is 0 on
  // success.
  virtual void after(const CallFacts& facts, intptr_t result, int error) = 0;
};

// Lays `interposer` over the table in force, at one of two levels, until the object goes. An outer
// level (1) stands above an inner one (0).
class Interposed {
 public:
  Interposed(CallInterposer& interposer, int level);
  ~Interposed();
  Interposed(const Interposed&) = delete;
  Interposed& operator=(const Interposed&) = delete;

  static constexpr int kLevels = 2;

 private:
  int level_;
  CallsInForce in_force_;
};

}  // namespace dam::test
