// What a caller chooses when it prunes. The texts of include/dam.h say what each means.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace dam {

// Told how many bytes are done of how many; false asks the work to stop (CANCELLED).
using PruneProgress = std::function<bool(uint64_t done, uint64_t total)>;

struct PruneOptions {
  // The positions in their new order, each of the array's once.
  std::optional<std::span<const int64_t>> order = {};
  // Does nothing while fewer of 100 bytes of the body are dead. Not for a prune with an order.
  uint32_t garbage_percent = 0;
  PruneProgress progress = {};
  // How much may be left for the last pass, which commits wait for.
  uint64_t last_pass_bytes = uint64_t{8} << 20;
};

}  // namespace dam
