// A thread started under SignalsBlocked runs none of the host's handlers; the starter keeps its
// own.
#include "platform/signal_mask.h"

#include <thread>

#include "unit/cmocka_cpp.h"

namespace {

bool is_blocked(int signal) {
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  return sigismember(&mask, signal) == 1;
}

void a_thread_started_meanwhile_has_every_signal_blocked(void**) {
  bool in_thread = false;
  std::thread thread;
  {
    const dam::SignalsBlocked blocked;
    thread = std::thread([&] { in_thread = is_blocked(SIGUSR1) && is_blocked(SIGTERM); });
  }
  thread.join();
  assert_true(in_thread);
}

void the_mask_of_the_starting_thread_comes_back(void**) {
  const bool before = is_blocked(SIGUSR1);
  {
    const dam::SignalsBlocked blocked;
    assert_true(is_blocked(SIGUSR1));
  }
  assert_int_equal(is_blocked(SIGUSR1), before);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_thread_started_meanwhile_has_every_signal_blocked),
      cmocka_unit_test(the_mask_of_the_starting_thread_comes_back),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
