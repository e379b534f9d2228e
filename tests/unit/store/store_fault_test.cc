// Calls that fail: each write of a scenario in turn, once and for ever; syncs; and what stands
// after.
#include <cerrno>

#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

// What was answered kOk must be there afterwards, what was refused must not.
class Scenario {
 public:
  explicit Scenario(const std::string& path) : path_(path) {
    for (uint64_t i = 0; i < 8; ++i) documents_.push_back(make_document(numbered(i), "first"));
    for (uint64_t i = 0; i < 8; ++i) documents_.push_back(make_document(numbered(i), "second"));
  }

  // Everything that writes, each step whether or not the one before it succeeded.
  void run(Store& store) {
    attempt(store, {append(documents_[0])}, Durability::kVisible);
    attempt(store, {append(documents_[1]), append(documents_[2]), append(documents_[3])},
            Durability::kVisible);
    attempt(store, {set("d0", documents_[8])}, Durability::kVisible);
    attempt(store, {erase("d1"), append(documents_[4])}, Durability::kVisible);
    attempt(store, {append(documents_[9])}, Durability::kVisible);
    note(store.checkpoint_begin());
    attempt(store, {set("d2", documents_[10]), set("d0", documents_[0])}, Durability::kVisible);
    note(store.checkpoint_finish());
    attempt(store, {erase("d3")}, Durability::kVisible);
    attempt(store, {append(documents_[5])}, Durability::kVisible);
  }

  const ArrayModel& model() const { return model_; }
  const std::vector<Status>& failures() const { return failures_; }
  const std::string& path() const { return path_; }

 private:
  void attempt(Store& store, const std::vector<WriteOperation>& operations, Durability durability) {
    ArrayModel after = model_;
    const Code expected = after.apply_all(operations);
    const Status status = commit(store, operations, durability);
    if (status.ok()) {
      assert_int_equal(expected, Code::kOk);
      model_ = std::move(after);
    } else if (status.code() != expected) {
      failures_.push_back(status);
    }
    assert_shows(*store.view(), model_);
  }

  void note(const Status& status) {
    if (!status.ok()) failures_.push_back(status);
  }

  std::string path_;
  std::vector<Document> documents_;
  ArrayModel model_;
  std::vector<Status> failures_;
};

Code code_for(int error) { return error == EIO ? Code::kIo : Code::kNoSpace; }

// The array as a process finds it that comes after this one was killed.
void assert_killed_array_is(MemoryFileSystem& files, const Scenario& scenario) {
  const auto killed = files.clone();
  const Mount mount(*killed);
  assert_sound(scenario.path());
  const auto reader = open_store(read_only_options(), scenario.path());
  assert_shows(*reader->view(), scenario.model());
  const auto writer = open_store(test_options(), scenario.path());
  assert_shows(*writer->view(), scenario.model());
}

// Every call index of `kind`: one run for each, until the scenario makes no such call any more.
void fail_each(MemoryFileSystem& files, CallKind kind, int error) {
  uint64_t index = 0;
  for (;; ++index) {
    const std::string path = "/fault/" + std::to_string(static_cast<int>(kind)) + "-" +
                             std::to_string(error) + "-" + std::to_string(index);
    const auto store = open_store(test_options(), path);
    Scenario scenario(path);
    bool struck = false;
    {
      const FaultInjector injector({.at = index, .kind = kind, .error = error});
      scenario.run(*store);
      struck = injector.has_struck();
    }
    if (!struck) break;
    assert_int_equal(scenario.failures().size(), 1);
    assert_code(scenario.failures()[0], code_for(error));
    assert_killed_array_is(files, scenario);
    add(*store, "retried");
    assert_ok(store->close());
    assert_sound(path);
  }
  assert_true(index > 20);
}

void one_write_that_finds_no_space_fails_cleanly_and_can_be_retried(void** state) {
  fail_each(mounted_memory::files_of(state), CallKind::kPwrite, ENOSPC);
}

void one_write_beyond_the_quota_fails_cleanly_and_can_be_retried(void** state) {
  fail_each(mounted_memory::files_of(state), CallKind::kPwrite, EDQUOT);
}

void one_write_that_the_disk_refuses_fails_cleanly_and_can_be_retried(void** state) {
  fail_each(mounted_memory::files_of(state), CallKind::kPwrite, EIO);
}

// From the failing write on nothing can be written: a batch that was begun cannot be killed either.
void writes_that_fail_for_ever_leave_what_was_answered(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  uint64_t index = 0;
  for (;; ++index) {
    const std::string path = "/full/" + std::to_string(index);
    const auto store = open_store(test_options(), path);
    Scenario scenario(path);
    {
      const FaultInjector injector(
          {.at = index, .kind = CallKind::kPwrite, .for_ever = true, .error = ENOSPC});
      scenario.run(*store);
      if (!injector.has_struck()) break;
      for (const Status& failure : scenario.failures())
        assert_true(failure.code() == Code::kNoSpace || failure.code() == Code::kPoisoned ||
                    failure.code() == Code::kNotFound);
      assert_shows(*store->view(), scenario.model());
    }
    const bool certain = scenario.failures()[0].code() == Code::kNoSpace;
    if (certain) assert_killed_array_is(files, scenario);
    const auto killed = files.clone();
    const Mount mount(*killed);
    assert_sound(path);
    const auto writer = open_store(test_options(), path);
    add(*writer, "after");
  }
  assert_true(index > 20);
}

// The failing commit answers POISONED; which of the two states the next open finds is not promised.
void a_failed_sync_poisons_writes_and_leaves_reads(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  const auto store = open_store();
  add_many(*store, 0, 3);
  const auto view = store->view();
  files.fail_syncs(SyncFailure::kMarkedClean);
  const Document document = make_document("durable");
  assert_code(commit(*store, {append(document)}, Durability::kDurable), Code::kPoisoned);
  files.fail_syncs(SyncFailure::kNone);
  for (const Durability level : {Durability::kBuffered, Durability::kVisible, Durability::kDurable})
    assert_code(commit(*store, {append(document)}, level), Code::kPoisoned);
  assert_code(store->sync(), Code::kPoisoned);
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d2");
  assert_string_equal(text_of(*store->view(), "d1").c_str(), "text of d1");
  assert_string_equal(ids_of(*open_store(read_only_options())->view()).c_str(), "d0 d1 d2 durable");
  assert_code(store->close(), Code::kPoisoned);
  const auto again = open_store();
  add(*again, "later");
  assert_sound();
}

void buffered_commits_wait_until_there_is_space(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  add(*store, "a", "1", Durability::kBuffered);
  add(*store, "b", "2", Durability::kBuffered);
  {
    const FaultInjector injector(
        {.at = 0, .kind = CallKind::kPwrite, .for_ever = true, .error = ENOSPC});
    assert_code(store->flush(), Code::kNoSpace);
    add(*store, "c", "3", Durability::kBuffered);
    assert_code(store->flush(), Code::kNoSpace);
    assert_string_equal(ids_of(*store->view()).c_str(), "a b c");
  }
  assert_ok(store->flush());
  const auto reader = open_store(read_only_options());
  assert_string_equal(ids_of(*reader->view()).c_str(), "a b c");
  assert_sound();
}

void short_writes_are_continued(void**) {
  const FaultInjector injector(
      {.at = 0, .kind = CallKind::kPwrite, .for_ever = true, .most_bytes = 7});
  auto store = open_store();
  add_many(*store, 0, 4);
  remove(*store, "d2");
  assert_ok(store->close());
  store = open_store();
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d1 d3");
  assert_sound();
}

// A creation that fails anywhere can be done again, and never leaves half an array.
void a_creation_that_fails_can_be_repeated(void**) {
  uint64_t index = 0;
  for (;; ++index) {
    const std::string path = "/made/" + std::to_string(index);
    bool struck = false;
    {
      const FaultInjector injector({.at = index, .kind = {}, .error = EIO});
      const auto opened = Store::open(path, test_options());
      struck = injector.has_struck();
      if (!opened.ok()) assert_true(opened.status().code() != Code::kCorrupt);
    }
    if (!struck) break;
    const auto store = open_store(test_options(), path);
    add(*store, "a");
    assert_ok(store->close());
    assert_sound(path);
  }
  assert_true(index > 20);
}

// An unclean array: recovery fails at each call, and the next one succeeds.
void a_recovery_that_fails_can_be_repeated(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 4);
  const Document changed = make_document("d1", "changed");
  assert_ok(commit(*store, {set("d1", changed), erase("d2")}));
  for (uint64_t index = 0;; ++index) {
    const auto killed = mounted_memory::files_of(state).clone();
    const Mount mount(*killed);
    bool struck = false;
    {
      const FaultInjector injector({.at = index, .kind = {}, .error = EIO});
      const auto opened = Store::open(kArray, test_options());
      struck = injector.has_struck();
    }
    const auto again = open_store();
    assert_string_equal(ids_of(*again->view()).c_str(), "d0 d1 d3");
    assert_string_equal(text_of(*again->view(), "d1").c_str(), "changed");
    add(*again, "d2");
    assert_ok(again->close());
    assert_sound();
    if (!struck) return;
  }
}

// A close or an unmapping that fails cannot be helped; every other call is made to fail in turn.
void opening_and_closing_leaks_no_descriptor_window_or_lock(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  for (const CallKind kind :
       {CallKind::kOpen, CallKind::kDuplicate, CallKind::kPread, CallKind::kPwrite,
        CallKind::kFdatasync, CallKind::kFsync, CallKind::kFstat, CallKind::kLstat,
        CallKind::kFstatfs, CallKind::kFtruncate, CallKind::kRename, CallKind::kMmap,
        CallKind::kLock, CallKind::kGetrandom}) {
    for (uint64_t index = 0; index < 12; ++index) {
      {
        const FaultInjector injector({.at = index, .kind = kind, .error = ENOMEM});
        const auto opened = Store::open(kArray, test_options());
        const Document document = make_document("a");
        if (opened.ok()) (void)commit(*opened.value(), {append(document, true)}).ok();
      }
      assert_int_equal(files.open_descriptors(), 0);
      assert_int_equal(files.windows(), 0);
      assert_int_equal(files.locks_held(), 0);
    }
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(one_write_that_finds_no_space_fails_cleanly_and_can_be_retried),
      TEST_ON_MEMORY(one_write_beyond_the_quota_fails_cleanly_and_can_be_retried),
      TEST_ON_MEMORY(one_write_that_the_disk_refuses_fails_cleanly_and_can_be_retried),
      TEST_ON_MEMORY(writes_that_fail_for_ever_leave_what_was_answered),
      TEST_ON_MEMORY(a_failed_sync_poisons_writes_and_leaves_reads),
      TEST_ON_MEMORY(buffered_commits_wait_until_there_is_space),
      TEST_ON_MEMORY(short_writes_are_continued),
      TEST_ON_MEMORY(a_creation_that_fails_can_be_repeated),
      TEST_ON_MEMORY(a_recovery_that_fails_can_be_repeated),
      TEST_ON_MEMORY(opening_and_closing_leaks_no_descriptor_window_or_lock),
  };
  return cmocka_run_group_tests_name("store_fault", tests, nullptr, nullptr);
}
