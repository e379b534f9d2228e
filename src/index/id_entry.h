// The words every part of the id index shares: what an entry is and what a table was made from.
//
// The index maps the 64-bit hash of an id to candidate slots. It never sees an id: the caller
// checks each candidate against the documents, so a false candidate costs time and a missing one
// would be a wrong answer.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/status.h"

namespace dam {

struct IdEntry {
  static constexpr uint64_t kNoSlot = ~uint64_t{0};
  static constexpr uint64_t kSlotLimit = (uint64_t{1} << 40) - 1;  // slots are below it

  uint64_t hash = 0;
  uint64_t slot = 0;
  uint64_t replaced = kNoSlot;  // the entry for this slot is to name `slot` instead
};

// What a table reflects: every id in force in the body below `covered_length`.
struct IdStamp {
  std::array<uint8_t, 16> uuid{};
  uint64_t generation = 0;
  uint64_t covered_length = 0;
  uint64_t covered_slots = 0;
  uint32_t salt = 0;

  bool operator==(const IdStamp&) const = default;
};

// Appends to `out` the hashes of all ids the slot ever had (none for a slot that cannot be read: no
// id leads to it). A failure ends the fold or rebuild that asked.
using HashesOf = std::function<Status(uint64_t slot, std::vector<uint64_t>& out)>;

// How a search for candidates ended. Damaged: some candidates may be missing, scan instead.
enum class IdSearch { kStopped, kExhausted, kDamaged };

}  // namespace dam
