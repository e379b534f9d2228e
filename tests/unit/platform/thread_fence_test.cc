// The barrier against its purpose: one thread stores and looks without any, the other passes the
// barrier between storing and looking, and never do both look before the other's store.
#include "platform/thread_fence.h"

#include <atomic>
#include <barrier>
#include <thread>

#include "unit/cmocka_cpp.h"

namespace {

// With the barrier, or with atomic operations in its place where there is none.
void one_of_two_threads_sees_the_others_store(void**) {
  constexpr int kRounds = 20000;
  const bool works = dam::can_fence_threads();
  const auto strongest = std::memory_order_seq_cst;
  const auto light = works ? std::memory_order_relaxed : strongest;
  std::atomic<int> stored[2] = {0, 0};
  int seen[2] = {0, 0};
  int missed = 0;
  std::barrier round(2);
  std::thread other([&] {
    for (int i = 1; i <= kRounds; ++i) {
      round.arrive_and_wait();
      stored[0].store(i, light);
      std::atomic_signal_fence(strongest);
      seen[0] = stored[1].load(light);
      round.arrive_and_wait();
    }
  });
  for (int i = 1; i <= kRounds; ++i) {
    round.arrive_and_wait();
    stored[1].store(i, light);
    if (works) dam::fence_threads();
    seen[1] = stored[0].load(light);
    round.arrive_and_wait();
    if (seen[0] != i && seen[1] != i) ++missed;
  }
  other.join();
  assert_int_equal(missed, 0);
}

void the_answer_whether_it_works_stays(void**) {
  const bool first = dam::can_fence_threads();
  for (int i = 0; i < 3; ++i) assert_int_equal(dam::can_fence_threads(), first);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(one_of_two_threads_sees_the_others_store),
      cmocka_unit_test(the_answer_whether_it_works_stays),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
