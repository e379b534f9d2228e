// The text behind dam_last_error, and what else libdam keeps for each thread.
//
// Trivially destructible by design: a thread of a foreign runtime may end after everything of C++
// is gone, and a host may unload its plugins in any order.
#pragma once

#include <cstdint>

#include "base/status.h"
#include "dam.h"

namespace dam {

// What every call touches. In the thread's static block, where it costs one instruction to reach;
// small, because hosts that load libdam late have little room there.
struct ThreadState {
  uint32_t share = 0;       // 1 + the share of handle counts this thread uses; 0: none chosen yet
  bool owns_share = false;  // whether no other thread uses that share
  bool has_error = false;   // whether the text of the latest failure counts
};

[[gnu::tls_model("initial-exec")]] extern thread_local constinit ThreadState thread_state;

const char* last_error() noexcept;

// Keeps the text, made one line of valid UTF-8, and answers the code.
dam_status report(Code code, const char* text) noexcept;

}  // namespace dam
