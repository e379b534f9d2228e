// What libdam does around a fork, so that the child can go on reading and closing.
//
// The process-wide locks of this layer are held over the fork, so that the child inherits them
// free; in the child the uses of threads that it does not have are void, and ids draw fresh
// randomness.
#pragma once

#include "base/status.h"

namespace dam {

// Has the rules followed from now on. Costs nothing after the first time.
Status follow_forks();

}  // namespace dam
