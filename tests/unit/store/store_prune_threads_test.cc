// Prunes beside writers, readers, closes and other processes, on real files.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "unit/platform/temporary_directory.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using temporary_directory::at;

// Appends, replaces, deletes and re-adds documents d<first> .. d<first + 39>, at every level.
void write_round(Store& store, uint64_t first, uint64_t round, Faults& faults) {
  const std::string id = numbered(first + round % 40);
  const Document document = make_document(id, id);
  const Durability levels[] = {Durability::kBuffered, Durability::kVisible, Durability::kVisible,
                               Durability::kDurable};
  if (!commit(store, {append(document, true)}, levels[round % 4]).ok()) ++faults;
  if (round % 3 == 2 && !commit(store, {erase(id)}).ok()) ++faults;
  if (round % 16 == 0 && !store.sync().ok()) ++faults;
}

void prunes_run_beside_writers_and_readers(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(), path);
  const auto reloading = open_store(read_only_options(), path);
  Faults faults = 0;
  std::atomic<bool> ends = false;
  std::vector<std::thread> threads;
  for (uint64_t writer = 0; writer < 2; ++writer)
    threads.emplace_back([&, writer] {
      for (uint64_t round = 0; round < 400; ++round)
        write_round(*store, 1000 * writer, round, faults);
    });
  threads.emplace_back([&] {
    while (!ends)
      if (!is_consistent(*store->view())) ++faults;
  });
  threads.emplace_back([&] {
    while (!ends) {
      if (!reloading->reload().ok() || !is_consistent(*reloading->view())) ++faults;
      if (!store->stat(Stat::kPinnedBytes).ok()) ++faults;
    }
  });
  for (int i = 0; i < 12; ++i) {
    PruneOptions options;
    if (i % 2 == 0) options.last_pass_bytes = 0;
    if (!store->prune(options).ok()) ++faults;
    if (!store->checkpoint_begin().ok() || !store->checkpoint_finish().ok()) ++faults;
  }
  threads[0].join();
  threads[1].join();
  ends = true;
  threads[2].join();
  threads[3].join();
  assert_int_equal(faults, 0);
  assert_int_equal(store->view()->generation(), 13);
  assert_ok(store->close());
  assert_sound(path);
}

// Passes shrink though a writer would like to outrun them: commits wait.
void a_writer_does_not_outrun_a_prune(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(), path);
  add_many(*store, 0, 2000);
  Faults faults = 0;
  std::atomic<bool> ends = false;
  std::atomic<uint64_t> written = 2000;
  std::thread writer([&] {
    while (!ends) {
      const Document document = make_document(numbered(written++), "t");
      if (!commit(*store, {append(document)}).ok()) ++faults;
    }
  });
  PruneOptions options;
  options.last_pass_bytes = 16 << 10;
  for (int i = 0; i < 3; ++i) assert_ok(store->prune(options));
  ends = true;
  writer.join();
  assert_int_equal(faults, 0);
  assert_int_equal(store->view()->count(), written.load());
  assert_ok(store->close());
  assert_sound(path);
}

void prunes_and_clears_of_many_threads_take_turns(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(Durability::kBuffered), path);
  Faults faults = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 4; ++i) {
        const Status status = thread == 0 ? store->clear().status() : store->prune({});
        if (!status.ok()) ++faults;
      }
    });
  for (uint64_t i = 0; i < 200; ++i) {
    const Document document = make_document(numbered(i), numbered(i));
    if (!commit(*store, {append(document, true)}, Durability::kBuffered).ok()) ++faults;
  }
  for (std::thread& thread : threads) thread.join();
  assert_int_equal(faults, 0);
  assert_int_equal(store->view()->generation(), 13);
  assert_true(is_consistent(*store->view()));
  assert_ok(store->close());
  assert_sound(path);
}

void a_close_ends_a_prune_first(void** state) {
  for (int round = 0; round < 10; ++round) {
    const std::string path = at(state, ("array" + std::to_string(round)).c_str());
    const auto store = open_store(threaded_options(), path);
    add_many(*store, 0, 3000);
    std::atomic<Code> answered = Code::kInternal;
    std::thread pruner([&] { answered = store->prune({}).code(); });
    if (round % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(round / 2));
    assert_ok(store->close());
    const auto next = open_store(threaded_options(), path);
    assert_ok(next->prune({}));
    pruner.join();
    assert_true(answered == Code::kOk || answered == Code::kClosed);
    assert_int_equal(next->view()->count(), 3000);
    assert_sound(path);
  }
}

// Another process: 0 when every view it took stayed as it was and its reloads followed.
int read_in_child(const std::string& path, int ready) {
  auto opened = Store::open(path, read_only_options());
  if (!opened.ok()) return 1;
  Store& reader = *opened.value();
  std::vector<std::shared_ptr<const View>> views;
  const char told = 'r';
  if (::write(ready, &told, 1) != 1) return 2;
  while (reader.view()->generation() < 6) {
    const auto reloaded = reader.reload();
    if (!reloaded.ok()) return 3;
    if (reloaded.value() && views.size() < 50) views.push_back(reader.view());
    if (!is_consistent(*reader.view())) return 4;
  }
  for (const auto& view : views)
    if (!is_consistent(*view)) return 5;
  return 0;
}

void a_reader_in_another_process_follows_every_prune(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(test_options(), path);
  Faults faults = 0;
  for (uint64_t round = 0; round < 100; ++round) write_round(*store, 0, round, faults);
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  const pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) _exit(read_in_child(path, ends[1]));
  char told = 0;
  assert_int_equal(read(ends[0], &told, 1), 1);
  for (int i = 0; i < 5; ++i) {
    assert_ok(store->prune({}));
    for (uint64_t round = 0; round < 20; ++round) write_round(*store, 0, round, faults);
  }
  int status = -1;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  assert_int_equal(faults, 0);
  close(ends[0]);
  close(ends[1]);
  assert_ok(store->close());
  assert_sound(path);
}

// The child gets a copy of a store in the middle of a prune: it may read and not prune.
void a_fork_beside_a_prune_leaves_both_in_order(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(threaded_options(), path);
  add_many(*store, 0, 3000);
  std::thread pruner([&] {
    for (int i = 0; i < 5; ++i) (void)store->prune({}).ok();
  });
  for (int i = 0; i < 10; ++i) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      const bool reads = store->view()->count() == 3000;
      const bool forked = store->prune({}).code() == Code::kForked &&
                          store->clear().status().code() == Code::kForked;
      _exit(reads && forked ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  pruner.join();
  assert_int_equal(store->view()->generation(), 6);
  assert_ok(store->close());
  assert_sound(path);
}

void whoever_could_read_the_files_still_can(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(test_options(), path);
  add_many(*store, 0, 3);
  for (const char* name : {"/header.bin", "/body.bin"})
    assert_int_equal(chmod((path + name).c_str(), 0644), 0);
  const mode_t former = umask(022);
  assert_ok(store->prune({}));
  umask(former);
  for (const char* name : {"/header.bin", "/body.bin"}) {
    struct stat facts;
    assert_int_equal(stat((path + name).c_str(), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0644);
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(prunes_run_beside_writers_and_readers),
      TEST_IN_DIRECTORY(a_writer_does_not_outrun_a_prune),
      TEST_IN_DIRECTORY(prunes_and_clears_of_many_threads_take_turns),
      TEST_IN_DIRECTORY(a_close_ends_a_prune_first),
      TEST_IN_DIRECTORY(a_reader_in_another_process_follows_every_prune),
      TEST_IN_DIRECTORY(a_fork_beside_a_prune_leaves_both_in_order),
      TEST_IN_DIRECTORY(whoever_could_read_the_files_still_can),
  };
  return cmocka_run_group_tests_name("store_prune_threads", tests, nullptr, nullptr);
}
