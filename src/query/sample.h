// Positions in an order drawn by a seed: samples, shuffles, and portions of a size.
#pragma once

#include <cstdint>
#include <vector>

#include "base/status.h"

namespace dam {

// `count` different positions below `total`, in the order they were drawn: the first ones of the
// shuffle of all by that seed. Memory is for `count` positions, not for `total`.
// kInvalidArgument for more than there are, and for less than none.
Result<std::vector<int64_t>> sample_positions(int64_t total, int64_t count, uint64_t seed);

// Every position below `total` once.
Result<std::vector<int64_t>> shuffle_positions(int64_t total, uint64_t seed);

}  // namespace dam
