// Threads and forks: a writer among readers, closes among commits, what a child may do.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "support/call_interposer.h"
#include "unit/platform/temporary_directory.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using temporary_directory::at;

void write_and_delete(Store& store, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    const std::string id = numbered(static_cast<uint64_t>(i % 40));
    const Document document = make_document(id, id);
    assert_ok(commit(store, {append(document, true)},
                     i % 3 == 0 ? Durability::kBuffered : Durability::kVisible));
    if (i % 5 == 4) remove(store, id);
    if (i % 16 != 0) continue;
    assert_ok(store.checkpoint_begin());
    assert_ok(store.checkpoint_finish());
  }
}

void readers_beside_a_writer_always_see_a_whole_commit(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(), path);
  const auto reloading = open_store(read_only_options(), path);
  std::atomic<bool> ends = false;
  Faults faults = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!ends) {
        if (!is_consistent(*store->view())) ++faults;
        if (!reloading->reload().ok() || !is_consistent(*reloading->view())) ++faults;
      }
    });
  }
  write_and_delete(*store, 300);
  ends = true;
  for (std::thread& reader : readers) reader.join();
  assert_int_equal(faults, 0);
  assert_ok(store->close());
  assert_sound(path);
}

void writers_in_many_threads_take_turns(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(), path);
  Faults faults = 0;
  std::vector<std::thread> writers;
  for (uint64_t thread = 0; thread < 4; ++thread) {
    writers.emplace_back([&, thread] {
      for (uint64_t i = 0; i < 50; ++i) {
        const Document document = make_document(numbered(thread * 1000 + i), "t");
        const auto level = i % 10 == 0 ? Durability::kDurable : Durability::kVisible;
        if (!commit(*store, {append(document)}, level).ok()) ++faults;
        if (i % 3 == 2 && !commit(*store, {erase(numbered(thread * 1000 + i - 1))}).ok()) ++faults;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  assert_int_equal(faults, 0);
  assert_int_equal(store->view()->count(), 4 * (50 - 16));
  assert_ok(store->close());
  assert_sound(path);
}

// Holds the first sync until the store was closed, or a while has passed.
class SlowSync : public CallInterposer {
 public:
  CallVerdict before(const CallFacts& facts) override {
    if (facts.kind != CallKind::kFdatasync || has_begun.exchange(true)) return {};
    for (int i = 0; i < 200 && !was_closed; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {};
  }
  void after(const CallFacts&, intptr_t, int) override {}
  std::atomic<bool> has_begun = false;
  std::atomic<bool> was_closed = false;

 private:
  Interposed interposed_{*this, 1};
};

// The commit waits for a checkpoint when the close comes. Whichever is first, nothing is written
// once the close has returned: another process may have the array by then.
void no_commit_writes_after_a_close(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(test_options(), path);
  add_many(*store, 0, 1);
  const Document document = make_document("d0", "changed");
  for (int i = 0; i < 2; ++i) {
    assert_ok(commit(*store, {set("d0", document)}));
    assert_ok(store->checkpoint_begin());
    if (i == 0) assert_ok(store->checkpoint_finish());
  }
  assert_ok(commit(*store, {set("d0", document)}));
  const Document last = make_document("d0", "last");
  Status waited;
  {
    SlowSync slow;
    std::thread other([&] { waited = commit(*store, {set("d0", last)}); });
    while (!slow.has_begun) std::this_thread::yield();
    (void)store->close().ok();
    const auto size = std::filesystem::file_size(path + "/body.bin");
    slow.was_closed = true;
    other.join();
    assert_int_equal(std::filesystem::file_size(path + "/body.bin"), size);
  }
  assert_true(waited.ok() || waited.code() == Code::kClosed);
  const auto reader = open_store(read_only_options(), path);
  assert_string_equal(text_of(*reader->view(), "d0").c_str(), waited.ok() ? "last" : "changed");
  assert_sound(path);
}

// Runs `child` in a forked process; its answer is the exit code. A hang ends by SIGALRM.
template <typename Child>
void assert_child_succeeds(Child&& child) {
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(10);
    _exit(child());
  }
  int status = 0;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

int child_of_writer(std::shared_ptr<Store>& store) {
  const Document document = make_document("child");
  if (text_of(*store->view(), "d1") != "text of d1") return 1;
  if (commit(*store, {append(document)}).code() != Code::kForked) return 2;
  if (store->flush().code() != Code::kForked) return 3;
  if (store->sync().code() != Code::kForked) return 4;
  const auto view = store->view();
  (void)store->close().ok();
  store.reset();
  return ids_of(*view) == "d0 d1 d2" ? 0 : 5;
}

void a_child_reads_but_does_not_write(void** state) {
  for (const StoreOptions& options : {test_options(), threaded_options()}) {
    const std::string path = at(state, options.upkeep_thread ? "threaded" : "plain");
    auto store = open_store(options, path);
    add_many(*store, 0, 3);
    assert_child_succeeds([&] { return child_of_writer(store); });
    // The child's end gave up neither the lock nor the store of the parent.
    assert_code(open_failure(test_options(), path), Code::kBusy);
    add(*store, "parent");
    assert_ok(store->close());
    assert_sound(path);
    assert_string_equal(ids_of(*open_store(read_only_options(), path)->view()).c_str(),
                        "d0 d1 d2 parent");
  }
}

// A store whose upkeep thread is asleep: its handle means nothing in the child.
void a_child_may_drop_a_store_whose_helper_thread_sleeps(void** state) {
  const std::string path = at(state, "array");
  auto store = open_store(threaded_options(), path);
  add_many(*store, 0, 3);
  std::filesystem::copy(path, at(state, "killed"));
  auto recovered = open_store(threaded_options(), at(state, "killed"));
  add(*recovered, "wakes upkeep");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  assert_child_succeeds([&] {
    recovered.reset();
    return 0;
  });
  assert_ok(recovered->close());
}

void a_child_opens_for_itself(void** state) {
  const std::string path = at(state, "array");
  auto store = open_store(test_options(), path);
  add_many(*store, 0, 3);
  assert_child_succeeds([&] {
    if (Store::open(path, test_options()).status().code() != Code::kBusy) return 1;
    const auto reader = Store::open(path, read_only_options());
    return reader.ok() && ids_of(*reader.value()->view()) == "d0 d1 d2" ? 0 : 2;
  });
  assert_ok(store->close());
  assert_child_succeeds([&] {
    const auto writer = Store::open(path, test_options());
    if (!writer.ok()) return 1;
    add(*writer.value(), "child");
    return writer.value()->close().ok() ? 0 : 2;
  });
  assert_string_equal(ids_of(*open_store(read_only_options(), path)->view()).c_str(),
                      "d0 d1 d2 child");
  assert_sound(path);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(readers_beside_a_writer_always_see_a_whole_commit),
      TEST_IN_DIRECTORY(writers_in_many_threads_take_turns),
      TEST_IN_DIRECTORY(no_commit_writes_after_a_close),
      TEST_IN_DIRECTORY(a_child_reads_but_does_not_write),
      TEST_IN_DIRECTORY(a_child_may_drop_a_store_whose_helper_thread_sleeps),
      TEST_IN_DIRECTORY(a_child_opens_for_itself),
  };
  return cmocka_run_group_tests_name("store_threads", tests, nullptr, nullptr);
}
