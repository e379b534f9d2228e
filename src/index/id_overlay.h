// Entries of the id index that no table holds yet: a hash table in memory with open addressing.
//
// One writer, any number of readers without locks. A cell is published by the store of its slot and
// never emptied; growing publishes a larger array, and the old ones stay until the overlay goes, so
// a reader in the middle of one still finds all that was there when it began.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/status.h"
#include "index/id_entry.h"

namespace dam {

class IdOverlay {
 public:
  static Result<std::shared_ptr<IdOverlay>> create();

  // Writer: present already, nothing changes.
  Status insert(uint64_t hash, uint64_t slot);
  // Writer: the entry for `from` names `to` from now on; if it is not here, an entry that remembers
  // to replace the one below is added.
  Status redirect(uint64_t hash, uint64_t from, uint64_t to);
  uint64_t size() const { return size_.load(std::memory_order_relaxed); }
  // Memory of the array in force; the former ones it grew out of are less again.
  uint64_t memory_bytes() const {
    return (array_.load(std::memory_order_acquire)->mask + 1) * 2 * sizeof(uint64_t);
  }

  // Anyone: calls visit(slot) for each entry of `hash` until it returns true; true if one did.
  template <typename Visit>
  bool find(uint64_t hash, Visit&& visit) const {
    const Array& array = *array_.load(std::memory_order_acquire);
    for (uint64_t i = hash & array.mask;; i = (i + 1) & array.mask) {
      const uint64_t occupied = array.slot(i).load(std::memory_order_acquire);
      if (occupied == 0) return false;
      if (array.hash(i).load(std::memory_order_relaxed) == hash && visit(occupied - 1)) return true;
    }
  }
  void prefetch(uint64_t hash) const {
    const Array& array = *array_.load(std::memory_order_acquire);
    __builtin_prefetch(&array.cells.get()[2 * (hash & array.mask)]);
  }

  // All entries, in no order. Only once nothing is added any more.
  std::vector<IdEntry> entries() const;

 private:
  struct Release {
    void operator()(uint64_t* words) const { std::free(words); }
  };
  using Words = std::unique_ptr<uint64_t, Release>;

  // A cell is two words: slot + 1 (0: empty) and hash. What a cell replaces lies beside (slot + 1,
  // 0: nothing), only where something was ever redirected; the writer alone looks at it.
  struct Array {
    Words cells;
    Words replaced;
    uint64_t mask = 0;

    std::atomic_ref<uint64_t> slot(uint64_t i) const {
      return std::atomic_ref<uint64_t>(cells.get()[2 * i]);
    }
    std::atomic_ref<uint64_t> hash(uint64_t i) const {
      return std::atomic_ref<uint64_t>(cells.get()[2 * i + 1]);
    }
    IdEntry entry(uint64_t i) const;
  };

  static Words make_words(uint64_t count);
  static Result<std::unique_ptr<Array>> make_array(uint64_t capacity);
  static uint64_t cell_of(const Array& array, uint64_t hash, uint64_t slot);
  static Status put(Array& array, const IdEntry& entry);
  Array& newest() { return *arrays_.back(); }
  Status make_room();

  std::vector<std::unique_ptr<Array>> arrays_;  // the writer's; the last is in force
  std::atomic<const Array*> array_{nullptr};
  std::atomic<uint64_t> size_{0};
};

}  // namespace dam
