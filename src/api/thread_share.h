// Which share of the handle counts a thread uses, and whether it has that share to itself.
//
// A thread with a share of its own counts by plain stores; the others, when there are many threads,
// divide the last shares among them and count by atomic operations. A thread gives its own share
// back when it ends.
#pragma once

#include <cstdint>

#include "api/last_error.h"

namespace dam {

inline constexpr uint32_t kShares = 32;

struct ThreadShare {
  uint32_t index = 0;
  bool is_own = false;
};

// The first call of a thread chooses; never inlined into the path that all others take.
[[gnu::noinline]] void choose_share() noexcept;
inline bool has_thread_share() noexcept { return thread_state.share != 0; }

inline ThreadShare thread_share() noexcept {
  if (!has_thread_share()) [[unlikely]]
    choose_share();
  return {thread_state.share - 1, thread_state.owns_share};
}

// In the child of a fork, where one thread is left: all shares but its own are free.
void void_thread_shares() noexcept;

}  // namespace dam
