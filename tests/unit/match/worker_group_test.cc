// Threads of one call: how many, what they answer, and the floating point control they run with.
#include "match/worker_group.h"

#include <atomic>
#include <mutex>
#include <new>
#include <set>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void every_worker_runs_once_with_a_number_of_its_own(void**) {
  for (const unsigned threads : {0U, 1U, 2U, 9U}) {
    std::mutex mutex;
    std::set<unsigned> seen;
    const Status status = run_workers(threads, [&](unsigned worker) {
      const std::lock_guard lock(mutex);
      seen.insert(worker);
      return Status();
    });
    assert_true(status.ok());
    assert_int_equal(seen.size(), threads == 0 ? 1 : threads);
    assert_int_equal(*seen.begin(), 0);
  }
}

void the_failure_of_the_lowest_worker_is_told(void**) {
  const Status status = run_workers(5, [](unsigned worker) {
    return worker < 2 ? Status() : Status::error(Code::kBusy, "worker %u", worker);
  });
  assert_string_equal(status.message(), "worker 2");
}

void memory_that_runs_out_in_a_thread_is_an_answer(void**) {
  const Status status = run_workers(3, [](unsigned worker) -> Status {
    if (worker == 2) throw std::bad_alloc();
    return {};
  });
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kNoMemory));
}

#if defined(__x86_64__)
void every_worker_rounds_to_nearest_and_keeps_subnormals(void**) {
  constexpr unsigned kControl = 1U << 15 | 3U << 13 | 1U << 6;
  std::atomic<unsigned> changed{0};
  const unsigned found = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(found | kControl);
  const Status status = run_workers(4, [&](unsigned) {
    changed |= __builtin_ia32_stmxcsr() & kControl;
    return Status();
  });
  const unsigned left = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(found);
  assert_true(status.ok());
  assert_int_equal(changed.load(), 0);
  assert_int_equal(left & kControl, kControl);
}
#endif

void no_number_asks_for_all_processors(void**) {
  assert_true(thread_count(0) >= 1);
  assert_int_equal(thread_count(7), 7);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_worker_runs_once_with_a_number_of_its_own),
      cmocka_unit_test(the_failure_of_the_lowest_worker_is_told),
      cmocka_unit_test(memory_that_runs_out_in_a_thread_is_an_answer),
#if defined(__x86_64__)
      cmocka_unit_test(every_worker_rounds_to_nearest_and_keeps_subnormals),
#endif
      cmocka_unit_test(no_number_asks_for_all_processors),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
