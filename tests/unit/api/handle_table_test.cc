// Handles: open, used, ended, used up; from one thread and from many.
#include "api/handle_table.h"

#include <atomic>
#include <functional>
#include <set>
#include <thread>
#include <vector>

#include "unit/cmocka_cpp.h"

namespace {

using dam::Code;
using dam::HandleKind;
using dam::HandleUse;

void* add(HandleKind kind, void* object) {
  void* handle = nullptr;
  assert_true(dam::add_handle(kind, object, handle).ok());
  return handle;
}

Code code_of_use(HandleKind kind, const void* handle) {
  HandleUse use;
  return use.enter(kind, handle).code();
}

Code code_of_end(HandleKind kind, const void* handle) {
  void* object = nullptr;
  return dam::end_handle(kind, handle, object).code();
}

void an_open_handle_gives_its_object_to_each_use(void**) {
  int object = 0;
  void* const handle = add(HandleKind::kTask, &object);
  {
    HandleUse first;
    HandleUse second;
    assert_true(first.enter(HandleKind::kTask, handle).ok());
    assert_true(second.enter(HandleKind::kTask, handle).ok());
    assert_ptr_equal(first.object(), &object);
    assert_ptr_equal(second.object(), &object);
  }
  void* back = nullptr;
  assert_true(dam::end_handle(HandleKind::kTask, handle, back).ok());
  assert_ptr_equal(back, &object);
}

void an_ended_handle_is_closed_also_when_its_place_is_used_again(void**) {
  int object = 0;
  void* const ended = add(HandleKind::kBatch, &object);
  assert_int_equal(code_of_end(HandleKind::kBatch, ended), Code::kOk);
  for (int i = 0; i < 200; ++i) {
    void* const other = add(HandleKind::kCursor, &object);
    assert_int_equal(code_of_use(HandleKind::kBatch, ended), Code::kClosed);
    assert_int_equal(code_of_end(HandleKind::kBatch, ended), Code::kClosed);
    assert_int_equal(code_of_end(HandleKind::kCursor, other), Code::kOk);
  }
}

void no_handle_is_given_out_twice(void**) {
  int object = 0;
  std::set<void*> seen;
  for (int i = 0; i < 1000; ++i) {
    void* const handle = add(HandleKind::kTask, &object);
    assert_true(seen.insert(handle).second);
    assert_int_equal(code_of_end(HandleKind::kTask, handle), Code::kOk);
  }
}

void a_foreign_kind_is_invalid_before_and_after_the_end(void**) {
  int object = 0;
  void* const handle = add(HandleKind::kSnapshot, &object);
  assert_int_equal(code_of_use(HandleKind::kArray, handle), Code::kInvalidArgument);
  assert_int_equal(code_of_end(HandleKind::kArray, handle), Code::kInvalidArgument);
  assert_int_equal(code_of_end(HandleKind::kSnapshot, handle), Code::kOk);
  assert_int_equal(code_of_use(HandleKind::kArray, handle), Code::kInvalidArgument);
}

// The object is a flag that is lowered when it is freed: a use that sees it lowered came too late.
void use_until_closed(const void* handle, std::atomic<bool>& seen_dead) {
  for (;;) {
    HandleUse use;
    if (!use.enter(HandleKind::kArray, handle).ok()) return;
    if (!static_cast<std::atomic<bool>*>(use.object())->load()) seen_dead = true;
  }
}

void end_waits_for_uses(int rounds, int thread_count) {
  for (int round = 0; round < rounds; ++round) {
    std::atomic<bool> alive{true};
    std::atomic<bool> seen_dead{false};
    void* const handle = add(HandleKind::kArray, &alive);
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; ++i)
      threads.emplace_back(use_until_closed, handle, std::ref(seen_dead));
    void* object = nullptr;
    const bool ended = dam::end_handle(HandleKind::kArray, handle, object).ok();
    alive = false;
    for (std::thread& thread : threads) thread.join();
    assert_true(ended);
    assert_false(seen_dead.load());
  }
}

void an_end_waits_for_the_uses_that_run(void**) { end_waits_for_uses(200, 4); }

void an_end_waits_for_more_threads_than_have_a_share_to_themselves(void**) {
  end_waits_for_uses(2, 40);
}

void many_threads_add_and_end_their_own(void**) {
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&failures] {
      int object = 0;
      for (int k = 0; k < 2000; ++k) {
        void* handle = nullptr;
        void* back = nullptr;
        if (!dam::add_handle(HandleKind::kTask, &object, handle).ok()) ++failures;
        if (!dam::end_handle(HandleKind::kTask, handle, back).ok() || back != &object) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  assert_int_equal(failures.load(), 0);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(an_open_handle_gives_its_object_to_each_use),
      cmocka_unit_test(an_ended_handle_is_closed_also_when_its_place_is_used_again),
      cmocka_unit_test(no_handle_is_given_out_twice),
      cmocka_unit_test(a_foreign_kind_is_invalid_before_and_after_the_end),
      cmocka_unit_test(an_end_waits_for_the_uses_that_run),
      cmocka_unit_test(an_end_waits_for_more_threads_than_have_a_share_to_themselves),
      cmocka_unit_test(many_threads_add_and_end_their_own),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
