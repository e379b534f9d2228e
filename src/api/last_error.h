// The text behind dam_last_error, and what else libdam keeps for each thread.
//
// Trivially destructible by design: a thread of a foreign runtime may end after everything of C++
// is gone, and a host may unload its plugins in any order.
#pragma once

#include <cstdint>

#include "base/status.h"
#include "dam.h"

namespace dam {

struct ThreadState {
  uint32_t shard = 0;  // 1 + the share of handle counts this thread uses; 0: none chosen yet
  char error[1020] = {};
};

extern thread_local constinit ThreadState thread_state;

// Keeps the text, made one line of valid UTF-8, and answers the code.
dam_status report(Code code, const char* text) noexcept;

}  // namespace dam
