// Which slots' first versions have had their payload checksum checked, so that zero-copy reads
// check each once.
//
// One bit a slot, in pages made when first needed. Threads: any, without locks. Two threads that
// meet may both check: harmless.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <new>

namespace dam {

class TouchedSlots {
 public:
  TouchedSlots() = default;
  ~TouchedSlots() {
    for (std::atomic<Page*>& page : pages_) delete page.load(std::memory_order_relaxed);
  }
  TouchedSlots(const TouchedSlots&) = delete;
  TouchedSlots& operator=(const TouchedSlots&) = delete;

  bool contains(uint64_t slot) const {
    if (slot >= kCapacity) return false;
    const Page* page = pages_[slot / kPageSlots].load(std::memory_order_acquire);
    return page != nullptr &&
           ((*page)[word(slot)].load(std::memory_order_relaxed) & bit(slot)) != 0;
  }

  void add(uint64_t slot) {
    if (slot >= kCapacity) return;  // checked every time then
    std::atomic<Page*>& place = pages_[slot / kPageSlots];
    Page* page = place.load(std::memory_order_acquire);
    if (page == nullptr) {
      auto made = std::unique_ptr<Page>(new (std::nothrow) Page());
      if (made == nullptr) return;
      if (place.compare_exchange_strong(page, made.get(), std::memory_order_acq_rel))
        page = made.release();
    }
    (*page)[word(slot)].fetch_or(bit(slot), std::memory_order_relaxed);
  }

 private:
  static constexpr uint64_t kPageSlots = 1 << 18;
  static constexpr uint64_t kPages = 4096;
  static constexpr uint64_t kCapacity = kPageSlots * kPages;
  using Page = std::array<std::atomic<uint64_t>, kPageSlots / 64>;

  static size_t word(uint64_t slot) { return slot % kPageSlots / 64; }
  static uint64_t bit(uint64_t slot) { return uint64_t{1} << (slot % 64); }

  std::array<std::atomic<Page*>, kPages> pages_{};
};

}  // namespace dam
