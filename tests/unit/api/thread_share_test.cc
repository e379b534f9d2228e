// Shares of the handle counts: who has one to itself, and for how long.
#include "api/thread_share.h"

#include <barrier>
#include <set>
#include <thread>
#include <vector>

#include "platform/thread_fence.h"
#include "unit/cmocka_cpp.h"

namespace {

using dam::ThreadShare;

// The shares of so many threads that all live at the same time.
std::vector<ThreadShare> shares_of_threads(size_t count) {
  std::vector<ThreadShare> shares(count);
  std::vector<std::thread> threads;
  std::barrier all_have_one(static_cast<std::ptrdiff_t>(count));
  for (ThreadShare& share : shares) {
    threads.emplace_back([&share, &all_have_one] {
      share = dam::thread_share();
      all_have_one.arrive_and_wait();
    });
  }
  for (std::thread& thread : threads) thread.join();
  return shares;
}

void a_share_of_its_own_is_no_other_threads(void**) {
  std::set<uint32_t> owned;
  std::set<uint32_t> common;
  for (const ThreadShare& share : shares_of_threads(60)) {
    assert_true(share.index < dam::kShares);
    if (share.is_own)
      assert_true(owned.insert(share.index).second);
    else
      common.insert(share.index);
  }
  for (const uint32_t index : owned) assert_false(common.contains(index));
  // Of sixty threads some must do with a common share, wherever own ones can be had at all.
  assert_false(common.empty());
  assert_int_equal(!owned.empty(), dam::can_fence_threads());
}

void a_thread_keeps_its_share(void**) {
  const ThreadShare first = dam::thread_share();
  (void)shares_of_threads(30);
  assert_int_equal(dam::thread_share().index, first.index);
  assert_int_equal(dam::thread_share().is_own, first.is_own);
}

void a_thread_that_ends_gives_its_share_back(void**) {
  for (int i = 0; i < 200; ++i)
    assert_int_equal(shares_of_threads(1)[0].is_own, dam::can_fence_threads());
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_share_of_its_own_is_no_other_threads),
      cmocka_unit_test(a_thread_keeps_its_share),
      cmocka_unit_test(a_thread_that_ends_gives_its_share_back),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
