// Writers that take turns, each with threads of its own and an upkeep thread, on a real file
// system.
#include <atomic>
#include <thread>

#include "unit/platform/temporary_directory.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using temporary_directory::at;

StoreOptions shared_threaded_options() {
  StoreOptions options = threaded_options();
  options.shared_writer = true;
  return options;
}

void threads_of_two_writers_lose_no_commit(void** state) {
  constexpr uint64_t kEach = 100;
  const std::string path = at(state, "array");
  const std::shared_ptr<Store> stores[] = {open_store(shared_threaded_options(), path),
                                           open_store(shared_threaded_options(), path)};
  Faults faults = 0;
  std::vector<std::thread> writers;
  for (uint64_t thread = 0; thread < 4; ++thread) {
    writers.emplace_back([&, thread] {
      Store& store = *stores[thread % 2];
      for (uint64_t i = thread * kEach; i < (thread + 1) * kEach; ++i) {
        const Document document = make_document(numbered(i), numbered(i));
        const auto level = i % 16 == 0 ? Durability::kDurable : Durability::kVisible;
        if (!commit(store, {append(document)}, level).ok()) ++faults;
        if (i % 32 == 7 && !store.checkpoint_finish().ok()) ++faults;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  assert_int_equal(faults, 0);
  for (const auto& store : stores) {
    assert_ok(store->reload().status());
    assert_int_equal(store->view()->count(), 4 * kEach);
    assert_true(is_consistent(*store->view()));
    assert_ok(store->close());
  }
  assert_sound(path);
}

void readers_of_a_writer_see_whole_commits_while_the_other_writes_and_prunes(void** state) {
  const std::string path = at(state, "array");
  const auto writing = open_store(shared_threaded_options(), path);
  const auto reading = open_store(shared_threaded_options(), path);
  std::atomic<bool> ends = false;
  Faults faults = 0;
  std::thread reader([&] {
    while (!ends) {
      if (!reading->reload().ok() || !is_consistent(*reading->view())) ++faults;
    }
  });
  for (uint64_t i = 0; i < 200; ++i) {
    add(*writing, numbered(i), numbered(i));
    if (i % 3 == 2) remove(*writing, numbered(i - 1));
    if (i % 50 == 49) assert_ok(writing->prune({}));
  }
  ends = true;
  reader.join();
  assert_int_equal(faults, 0);
  assert_ok(reading->close());
  assert_ok(writing->close());
  assert_sound(path);
}

void closing_one_while_both_write_leaves_the_other_its_turns(void** state) {
  const std::string path = at(state, "array");
  const auto first = open_store(shared_threaded_options(), path);
  const auto second = open_store(shared_threaded_options(), path);
  Faults faults = 0;
  std::atomic<uint64_t> added = 0;
  const auto write = [&](Store& store, uint64_t from) {
    for (uint64_t i = from; i < from + 100; ++i) {
      const Document document = make_document(numbered(i), numbered(i));
      const Status status = commit(store, {append(document)});
      if (status.code() == Code::kClosed) return;
      if (status.ok()) ++added;
      if (!status.ok()) ++faults;
    }
  };
  std::thread leaving([&] { write(*first, 0); });
  std::thread staying([&] { write(*second, 1000); });
  while (added < 20) std::this_thread::yield();
  assert_ok(first->close());
  leaving.join();
  staying.join();
  assert_int_equal(faults, 0);
  assert_ok(second->reload().status());
  assert_int_equal(second->view()->count(), added.load());
  assert_ok(second->close());
  assert_sound(path);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(threads_of_two_writers_lose_no_commit),
      TEST_IN_DIRECTORY(readers_of_a_writer_see_whole_commits_while_the_other_writes_and_prunes),
      TEST_IN_DIRECTORY(closing_one_while_both_write_leaves_the_other_its_turns),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
