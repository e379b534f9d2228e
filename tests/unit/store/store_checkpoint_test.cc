// Checkpoints: commits between their steps, failures of each step, threads that meet in them.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

void change(Store& store, const char* text) {
  const Document document = make_document("d0", text);
  assert_ok(commit(store, {set("d0", document)}));
}

Status change_status(Store& store, const char* text) {
  const Document document = make_document("d0", text);
  return commit(store, {set("d0", document)});
}

void commits_go_on_while_a_checkpoint_has_begun(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  assert_ok(store->checkpoint_begin());
  add_many(*store, 3, 6);
  change(*store, "first");
  change(*store, "second");
  remove(*store, "d1");
  assert_ok(store->checkpoint_finish());
  change(*store, "third");
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d2 d3 d4 d5");
  assert_string_equal(text_of(*store->view(), "d0").c_str(), "third");
  assert_sound();
}

// The words of d0 come to name: the version of the last checkpoint, that of the one begun, and the
// newest. The next version needs the end of the checkpoint.
void a_commit_that_finds_no_free_word_ends_the_checkpoint(void**) {
  const auto store = open_store();
  add_many(*store, 0, 1);
  change(*store, "1");
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  change(*store, "2");
  assert_ok(store->checkpoint_begin());
  for (const char* text : {"3", "4", "5", "6", "7"}) change(*store, text);
  assert_string_equal(text_of(*store->view(), "d0").c_str(), "7");
  assert_ok(store->checkpoint_finish());
  assert_sound();
}

// Nobody would have taken the mark off again: a close without a session writes nothing.
void a_checkpoint_before_the_first_commit_writes_nothing(void** state) {
  assert_ok(open_store()->close());
  const auto store = open_store();
  const auto changes = mounted_memory::files_of(state).changes_made();
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_ok(store->close());
  assert_int_equal(mounted_memory::files_of(state).changes_made(), changes);
}

void finishing_without_a_beginning_does_nothing(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  assert_ok(store->checkpoint_finish());
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_ok(store->checkpoint_finish());
  assert_sound();
}

// A second sync may succeed for pages that the first one gave up: nothing may vouch for them.
void a_checkpoint_whose_sync_failed_is_not_tried_again(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  assert_ok(store->checkpoint_begin());
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kMarkedClean);
  assert_code(store->checkpoint_finish(), Code::kPoisoned);
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kNone);
  assert_code(store->checkpoint_finish(), Code::kPoisoned);
  assert_code(change_status(*store, "later"), Code::kPoisoned);
  assert_code(store->sync(), Code::kPoisoned);
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d1 d2");
  assert_code(store->close(), Code::kPoisoned);
}

void a_commit_that_waited_for_a_failed_checkpoint_is_answered(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 1);
  change(*store, "1");
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  change(*store, "2");
  assert_ok(store->checkpoint_begin());
  change(*store, "3");
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kStaysDirty);
  assert_code(change_status(*store, "4"), Code::kPoisoned);
  assert_code(change_status(*store, "5"), Code::kPoisoned);
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kNone);
  assert_string_equal(text_of(*store->view(), "d0").c_str(), "3");
}

// The same with the helper thread, which must not leave the commit asking for ever.
void a_commit_that_waits_for_upkeep_learns_of_its_failure(void** state) {
  const auto store = open_store(threaded_options());
  add_many(*store, 0, 1);
  change(*store, "1");
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  change(*store, "2");
  assert_ok(store->checkpoint_begin());
  change(*store, "3");
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kStaysDirty);
  assert_code(store->checkpoint_finish(), Code::kPoisoned);
  assert_code(change_status(*store, "4"), Code::kPoisoned);
  assert_code(change_status(*store, "5"), Code::kPoisoned);
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kNone);
}

// The checkpoint's own write fails once; the older checkpoint still stands, so it is no disaster.
void a_checkpoint_that_cannot_be_written_is_tried_again(void**) {
  for (const int error : {ENOSPC, EDQUOT, EIO}) {
    const std::string path = "/data/array" + std::to_string(error);
    const auto store = open_store(test_options(), path);
    add_many(*store, 0, 3);
    assert_ok(store->checkpoint_begin());
    {
      const FaultInjector injector({.at = 0, .kind = CallKind::kPwrite, .error = error});
      assert_code(store->checkpoint_finish(), error == EIO ? Code::kIo : Code::kNoSpace);
      assert_true(injector.has_struck());
    }
    add_many(*store, 3, 5);
    change(*store, "changed");
    assert_ok(store->checkpoint_begin());
    assert_ok(store->checkpoint_finish());
    assert_ok(store->close());
    assert_sound(path);
  }
}

// Holds each fdatasync until a second thread has come as far, or a while has passed.
class Meeting : public CallInterposer {
 public:
  CallVerdict before(const CallFacts& facts) override {
    if (facts.kind != CallKind::kFdatasync) return {};
    std::unique_lock lock(mutex_);
    ++arrived_;
    come_.notify_all();
    come_.wait_for(lock, std::chrono::milliseconds(200), [this] { return arrived_ >= 2; });
    return {};
  }
  void after(const CallFacts&, intptr_t, int) override {}

 private:
  std::mutex mutex_;
  std::condition_variable come_;
  int arrived_ = 0;
  Interposed interposed_{*this, 1};
};

void two_threads_may_finish_one_checkpoint(void** state) {
  auto store = open_store();
  add_many(*store, 0, 3);
  assert_ok(store->checkpoint_begin());
  Status answers[2];
  {
    Meeting meeting;
    std::thread other([&] { answers[0] = store->checkpoint_finish(); });
    answers[1] = store->checkpoint_finish();
    other.join();
  }
  assert_ok(answers[0]);
  assert_ok(answers[1]);
  add_many(*store, 3, 6);
  const auto killed = mounted_memory::files_of(state).clone();
  const Mount mount(*killed);
  assert_string_equal(ids_of(*open_store()->view()).c_str(), "d0 d1 d2 d3 d4 d5");
  assert_sound();
}

// Strikes the next write to a place of header.bin where checkpoints stand.
class CheckpointWritesFail : public CallInterposer {
 public:
  CallVerdict before(const CallFacts& facts) override {
    const bool strikes = facts.kind == CallKind::kPwrite && facts.size == 128 &&
                         (facts.offset == 1024 || facts.offset == 2048);
    return strikes ? CallVerdict{.error = EIO} : CallVerdict{};
  }
  void after(const CallFacts&, intptr_t, int) override {}

 private:
  Interposed interposed_{*this, 1};
};

// After a recovery the first commit asks for a checkpoint at once; it fails, commits go on.
void upkeep_that_fails_leaves_no_commit_waiting(void**) {
  {
    auto store = open_store(threaded_options());
    add_many(*store, 0, 1);
    change(*store, "1");
  }
  auto store = open_store(threaded_options());
  {
    CheckpointWritesFail failing;
    for (int i = 0; i < 50; ++i) {
      const Status status = change_status(*store, "again");
      assert_true(status.ok() || status.code() == Code::kIo);
    }
  }
  change(*store, "last");
  assert_ok(store->close());
  assert_sound();
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(commits_go_on_while_a_checkpoint_has_begun),
      TEST_ON_MEMORY(a_commit_that_finds_no_free_word_ends_the_checkpoint),
      TEST_ON_MEMORY(a_checkpoint_before_the_first_commit_writes_nothing),
      TEST_ON_MEMORY(finishing_without_a_beginning_does_nothing),
      TEST_ON_MEMORY(a_checkpoint_whose_sync_failed_is_not_tried_again),
      TEST_ON_MEMORY(a_commit_that_waited_for_a_failed_checkpoint_is_answered),
      TEST_ON_MEMORY(a_commit_that_waits_for_upkeep_learns_of_its_failure),
      TEST_ON_MEMORY(a_checkpoint_that_cannot_be_written_is_tried_again),
      TEST_ON_MEMORY(two_threads_may_finish_one_checkpoint),
      TEST_ON_MEMORY(upkeep_that_fails_leaves_no_commit_waiting),
  };
  return cmocka_run_group_tests_name("store_checkpoint", tests, nullptr, nullptr);
}
