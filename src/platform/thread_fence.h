// A memory barrier that one thread makes for all threads of the process, so that the others need
// none on their way.
//
// Where the kernel refuses it, and under the thread sanitizer, which cannot see it, callers use
// ordinary atomic operations instead.
#pragma once

namespace dam {

// Whether fence_threads works here. Asked once; the answer stays.
bool can_fence_threads() noexcept;

// Every other thread of the process passes a full barrier before this returns. Costs microseconds.
void fence_threads() noexcept;

}  // namespace dam
