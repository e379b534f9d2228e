#include "api/thread_share.h"

#include <pthread.h>

#include <atomic>

#include "platform/thread_fence.h"

namespace dam {
namespace {

// Shares below it are for threads that have one to themselves, where that is possible at all.
constexpr uint32_t kFirstCommon = 24;
static_assert(kFirstCommon < kShares && kShares <= 32);

// One bit a share that a thread has to itself.
constinit std::atomic<uint32_t> owned{0};
constinit std::atomic<uint32_t> sharing_threads{0};

uint32_t bit(uint32_t index) { return uint32_t{1} << index; }

void give_back(void* share) noexcept {
  const auto index = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(share)) - 1;
  // A destructor of the host that runs after this one, and calls us, chooses anew.
  thread_state.share = 0;
  thread_state.owns_share = false;
  owned.fetch_and(~bit(index), std::memory_order_release);
}

// What gives a share back when its thread ends. The library is never unloaded, so it is there.
struct EndOfThread {
  pthread_key_t key{};
  bool works = false;
  EndOfThread() noexcept : works(pthread_key_create(&key, give_back) == 0) {}
  bool watch(uint32_t index) const noexcept {
    return works && pthread_setspecific(key, reinterpret_cast<void*>(uintptr_t{index} + 1)) == 0;
  }
};

bool take_free_share(uint32_t& out_index) noexcept {
  uint32_t taken = owned.load(std::memory_order_relaxed);
  do {
    out_index = static_cast<uint32_t>(__builtin_ctz(~taken));
    if (out_index >= kFirstCommon) return false;
  } while (!owned.compare_exchange_weak(taken, taken | bit(out_index), std::memory_order_acquire,
                                        std::memory_order_relaxed));
  return true;
}

}  // namespace

void choose_share() noexcept {
  static const EndOfThread end_of_thread;
  uint32_t index = 0;
  bool own = can_fence_threads() && take_free_share(index);
  if (own && !end_of_thread.watch(index)) {
    owned.fetch_and(~bit(index), std::memory_order_release);
    own = false;
  }
  if (!own) {
    const uint32_t first = can_fence_threads() ? kFirstCommon : 0;
    const uint32_t turn = sharing_threads.fetch_add(1, std::memory_order_relaxed);
    index = first + turn % (kShares - first);
  }
  thread_state.share = 1 + index;
  thread_state.owns_share = own;
}

void void_thread_shares() noexcept {
  owned.store(thread_state.owns_share ? bit(thread_state.share - 1) : 0);
}

}  // namespace dam
