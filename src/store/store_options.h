// What a caller chooses when it opens a store. The texts of include/dam.h say what each means.
#pragma once

#include <cstdint>
#include <optional>

namespace dam {

enum class Durability : uint8_t { kBuffered, kVisible, kDurable };

struct StoreOptions {
  bool read_only = false;
  bool create = true;
  Durability durability = Durability::kVisible;
  std::optional<int64_t> lock_timeout_ms;  // lock_wait_ms() tells the default
  bool upkeep_thread = true;
  bool check_payloads = true;
  uint64_t window_bytes = uint64_t{64} << 30;
  bool allow_network = false;
  bool accept_loss = false;
  uint32_t embedding_dim = 0;
  bool any_embedding = false;
  bool random_reads = false;
  bool shared_writer = false;
  uint32_t key_length = 0;
  bool safe_reads = false;
  // The path then is that of the directory in which the files lie without names.
  bool temporary = false;

  // Whoever takes turns is used to waiting; others are told at once.
  int64_t lock_wait_ms() const {
    constexpr int64_t kForTurnMs = 10000;
    return lock_timeout_ms.value_or(shared_writer ? kForTurnMs : 0);
  }
};

}  // namespace dam
