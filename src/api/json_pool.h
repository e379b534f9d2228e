// JSON readers and writers kept between calls, because their buffers are what makes them fast.
//
// A pool has as many places as threads can be expected to convert at once; a place is emptied and
// filled by one exchange, so nothing is ever waited for. What does not fit is freed. A pool is
// never destroyed.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <utility>

namespace dam {

template <typename Converter>
class JsonPool {
 public:
  // The caller's until it is put back.
  std::unique_ptr<Converter> take() {
    for (std::atomic<Converter*>& place : places_) {
      if (place.load(std::memory_order_relaxed) == nullptr) continue;
      if (Converter* kept = place.exchange(nullptr, std::memory_order_acquire))
        return std::unique_ptr<Converter>(kept);
    }
    return nullptr;
  }

  void put_back(std::unique_ptr<Converter> converter) {
    for (std::atomic<Converter*>& place : places_) {
      Converter* empty = nullptr;
      if (place.compare_exchange_strong(empty, converter.get(), std::memory_order_release,
                                        std::memory_order_relaxed)) {
        (void)converter.release();
        return;
      }
    }
  }

 private:
  std::array<std::atomic<Converter*>, 8> places_{};
};

}  // namespace dam
