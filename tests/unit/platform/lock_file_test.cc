// LockFile: one writer among handles, threads and processes, and what a reader can ask the kernel.
//
// Another process is a fork that reports through its exit code.
#include "platform/lock_file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "platform/clock.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Access;
using dam::Code;
using dam::LockFile;
using dam::Result;
using dam::Status;
using temporary_directory::at;

LockFile opened(void** state) {
  Result<LockFile> lock = LockFile::open(at(state, "lock"), Access::kReadWrite);
  assert_true(lock.ok());
  return std::move(lock.value());
}

// The exit code of a child that runs `act`; 255 when it did not exit by itself.
template <typename Act>
int exit_code_of_child(Act act) {
  const pid_t child = fork();
  if (child == 0) _exit(act());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

void the_second_of_two_handles_is_busy(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  assert_true(first.acquire(0).ok());
  const Status status = second.acquire(0);
  assert_true(status.code() == Code::kBusy);
  const std::string expected = "another writer has " + dam::parent_of(at(state, "lock"));
  assert_int_equal(strncmp(status.message(), expected.c_str(), expected.size()), 0);
}

void a_released_lock_can_be_taken_by_another(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  assert_true(first.acquire(0).ok());
  first.release();
  assert_false(first.is_open());
  assert_true(second.acquire(0).ok());
}

void waiting_ends_at_its_timeout(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  assert_true(first.acquire(0).ok());
  // Many short waits: cut down to milliseconds, some would end one too early.
  for (int i = 0; i < 20; ++i) {
    const int64_t start_us = dam::monotonic_us();
    assert_true(second.acquire(2).code() == Code::kBusy);
    assert_true(dam::monotonic_us() - start_us >= 2000);
  }
}

void writers_that_take_turns_exclude_one_that_wants_the_array_for_itself(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  LockFile alone = opened(state);
  assert_true(first.acquire_turn(0).ok());
  assert_true(first.announce().ok());
  assert_true(second.acquire_turn(0).code() == Code::kBusy);
  first.release_turn();
  assert_true(second.acquire_turn(0).ok());
  second.release_turn();
  assert_true(alone.acquire(0).code() == Code::kBusy);
  assert_true(second.acquire_turn(0).ok());  // nothing of the attempt stays
  second.release_turn();
  first.release();
  assert_true(alone.acquire(0).ok());
  assert_true(second.acquire_turn(0).code() == Code::kBusy);
}

void one_of_those_taking_turns_prunes(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  assert_true(first.acquire_prune(0).ok());
  assert_true(second.acquire_prune(0).code() == Code::kBusy);
  assert_true(second.acquire_turn(0).ok());
  first.release_prune();
  assert_true(second.acquire_prune(0).ok());
  second.release();
  assert_true(first.acquire_prune(0).ok());
}

void a_waiting_thread_gets_the_lock_when_it_is_released(void** state) {
  LockFile first = opened(state);
  LockFile second = opened(state);
  assert_true(first.acquire(0).ok());
  std::atomic<bool> has_it = false;
  std::thread waiter([&] { has_it = second.acquire(-1).ok(); });
  dam::sleep_ms(10);
  const bool had_it_early = has_it;
  first.release();
  waiter.join();
  assert_false(had_it_early);
  assert_true(has_it);
}

void threads_never_hold_the_lock_together(void** state) {
  std::atomic<int> holders = 0;
  std::atomic<int> overlaps = 0;
  std::atomic<int> turns = 0;
  std::vector<LockFile> locks;
  locks.reserve(8);
  for (int i = 0; i < 8; ++i) locks.push_back(opened(state));
  std::vector<std::thread> threads;
  threads.reserve(locks.size());
  for (LockFile& lock : locks)
    threads.emplace_back([&] {
      if (!lock.acquire(-1).ok()) return;
      if (++holders > 1) ++overlaps;
      ++turns;
      --holders;
      lock.release();
    });
  for (std::thread& thread : threads) thread.join();
  assert_int_equal(turns, 8);
  assert_int_equal(overlaps, 0);
}

void another_process_is_busy_until_the_holder_dies(void** state) {
  const std::string path = at(state, "lock");
  LockFile held = opened(state);
  assert_true(held.acquire(0).ok());
  const auto try_it = [&path] {
    Result<LockFile> lock = LockFile::open(path, Access::kReadWrite);
    return lock.value().acquire(0).code() == Code::kBusy ? 1 : 2;
  };
  assert_int_equal(exit_code_of_child(try_it), 1);
  held.release();
  // This child exits with the lock in its hands.
  assert_int_equal(exit_code_of_child(try_it), 2);
  LockFile next = opened(state);
  assert_true(next.acquire(0).ok());
}

void closing_another_descriptor_of_the_file_keeps_the_lock(void** state) {
  LockFile first = opened(state);
  assert_true(first.acquire(0).ok());
  opened(state).abandon();
  LockFile second = opened(state);
  assert_true(second.acquire(0).code() == Code::kBusy);
}

void a_writer_counts_from_its_announcement_to_its_release(void** state) {
  LockFile writer = opened(state);
  const Result<LockFile> reader = LockFile::open(at(state, "lock"), Access::kRead);
  assert_true(writer.acquire(0).ok());
  assert_false(reader.value().is_announced().value());
  assert_true(writer.announce().ok());
  assert_true(reader.value().is_announced().value());
  writer.release();
  assert_false(reader.value().is_announced().value());
}

void a_child_that_abandons_leaves_the_lock_to_its_parent(void** state) {
  LockFile held = opened(state);
  assert_true(held.acquire(0).ok());
  const int code = exit_code_of_child([&held] {
    held.abandon();
    return 0;
  });
  assert_int_equal(code, 0);
  LockFile other = opened(state);
  assert_true(other.acquire(0).code() == Code::kBusy);
}

void reading_does_not_create_the_file(void** state) {
  const Result<LockFile> lock = LockFile::open(at(state, "lock"), Access::kRead);
  assert_true(lock.status().code() == Code::kNotFound);
  assert_true(dam::exists(at(state, "lock")).code() == Code::kNotFound);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(the_second_of_two_handles_is_busy),
      TEST_IN_DIRECTORY(a_released_lock_can_be_taken_by_another),
      TEST_IN_DIRECTORY(waiting_ends_at_its_timeout),
      TEST_IN_DIRECTORY(writers_that_take_turns_exclude_one_that_wants_the_array_for_itself),
      TEST_IN_DIRECTORY(one_of_those_taking_turns_prunes),
      TEST_IN_DIRECTORY(a_waiting_thread_gets_the_lock_when_it_is_released),
      TEST_IN_DIRECTORY(threads_never_hold_the_lock_together),
      TEST_IN_DIRECTORY(another_process_is_busy_until_the_holder_dies),
      TEST_IN_DIRECTORY(closing_another_descriptor_of_the_file_keeps_the_lock),
      TEST_IN_DIRECTORY(a_writer_counts_from_its_announcement_to_its_release),
      TEST_IN_DIRECTORY(a_child_that_abandons_leaves_the_lock_to_its_parent),
      TEST_IN_DIRECTORY(reading_does_not_create_the_file),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
