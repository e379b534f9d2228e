// The table behind arrays, snapshots, cursors, batches, tasks, walks, builders and traversals: what
// a caller holds is a number.
//
// A handle names a kind, an index and a generation, and is never dereferenced. Each call takes a
// counted use of it; the end of a handle waits for the uses that run. So a call after the end, from
// any thread and with any number in hand, gets an answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "base/status.h"

namespace dam {

//            add_handle              end_handle                 last use left
//   free ----------------> open ------------------> ending -----------------------> free
//     ^                    |  ^                                                      |
//     |                    enter / leave                        generation + 1 at the next add
//     +------------------------------------------------------------------------------+
//
// Counts are kept in shares, one of which a thread always uses (thread_share.h): readers on
// different processors do not pass a cache line around, and the few dozen threads that have a share
// to themselves enter without an atomic operation. A share of 64 neighbours is 256 bytes, so a slot
// costs 128 bytes for its 32 counts, not 32 cache lines.
//
// Forks: the child has one thread, so the uses of all others are void there; the counts start at 0.
// A handle whose end was under way in another thread stays ended, its object is not freed. The
// table is never destroyed: a process may exit with handles open and calls running.
enum class HandleKind : uint8_t {
  kArray = 1,
  kSnapshot,
  kCursor,
  kBatch,
  kTask,
  kTags,
  kBuilder,
  kTraversal
};

struct HandleSlot;

// One call's use of an open handle.
class HandleUse {
 public:
  HandleUse() = default;
  ~HandleUse();
  HandleUse(const HandleUse&) = delete;
  HandleUse& operator=(const HandleUse&) = delete;

  // False, and `out_why`: CLOSED after the end; INVALID_ARGUMENT for null, another kind and what
  // never was a handle.
  bool try_enter(HandleKind kind, const void* handle, Status& out_why);
  Status enter(HandleKind kind, const void* handle) {
    Status why;
    return try_enter(kind, handle, why) ? Status() : std::move(why);
  }
  void* object() const { return object_; }

 private:
  HandleSlot* slot_ = nullptr;
  void* object_ = nullptr;
  std::atomic<uint32_t>* count_ = nullptr;
  bool is_own_ = false;
};

// A new handle that stands for `object`.
Status add_handle(HandleKind kind, void* object, void*& out_handle);

// Ends a handle: refuses new uses, waits for those that run, gives the object back. Of two threads
// that end the same handle one gets CLOSED, at once.
Status end_handle(HandleKind kind, const void* handle, void*& out_object);

// Around a fork: see fork_rules.h.
void hold_handle_table();
void release_handle_table();
void void_handle_uses();

}  // namespace dam
