// Prune and clear when calls fail and when the process or the power goes: each call in turn, and
// what stands after.
#include <cerrno>

#include "support/crash_images.h"
#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kLeft = "d1 d2 d4 d5 d6 d7 d8 d9";

// An array with something to give back. Durable, so that a power cut takes none of it.
std::shared_ptr<Store> prunable(const std::string& path = kArray) {
  auto store = open_store(test_options(), path);
  add_many(*store, 0, 10);
  remove(*store, "d0");
  remove(*store, "d3");
  assert_ok(store->sync());
  return store;
}

enum class Work { kPrune, kOrder, kClear };

Status perform(Store& store, Work work) {
  const std::vector<int64_t> order = {7, 6, 5, 4, 3, 2, 1, 0};
  if (work == Work::kPrune) return store.prune({});
  if (work == Work::kOrder) return store.prune({.order = order});
  return store.clear().status();
}

const char* ids_after(Work work) {
  if (work == Work::kPrune) return kLeft;
  return work == Work::kOrder ? "d9 d8 d7 d6 d5 d4 d2 d1" : "";
}

bool is_one_of_both(const std::string& ids, Work work) {
  return ids == kLeft || ids == ids_after(work);
}

// A killed process: what it left opens, and shows the one content or the other.
void assert_killed_array_is_whole(MemoryFileSystem& files, const std::string& path, Work work) {
  const auto killed = files.clone();
  const Mount mount(*killed);
  assert_sound(path);
  const std::string read = ids_of(*open_store(read_only_options(), path)->view());
  assert_true(is_one_of_both(read, work));
  const auto store = open_store(test_options(), path);
  assert_string_equal(ids_of(*store->view()).c_str(), read.c_str());
  add(*store, "after");
  assert_ok(store->prune({}));
  assert_sound(path);
}

// Every call of a kind fails once in turn. What is answered as a failure has changed nothing, but
// for POISONED, which is left to the next open.
void fail_each(MemoryFileSystem& files, const Fault& fault, Work work) {
  for (uint64_t index = 0;; ++index) {
    const std::string path = "/f" + std::to_string(static_cast<int>(work)) + "-" +
                             name_of(*fault.kind) + std::to_string(fault.error) + "/" +
                             std::to_string(index);
    const auto store = prunable(path);
    Status status;
    bool struck = false;
    {
      Fault here = fault;
      here.at = index;
      const FaultInjector injector(here);
      status = perform(*store, work);
      struck = injector.has_struck();
    }
    assert_killed_array_is_whole(files, path, work);
    if (status.ok()) {
      assert_string_equal(ids_of(*store->view()).c_str(), ids_after(work));
    } else {
      assert_string_equal(ids_of(*store->view()).c_str(), kLeft);
      if (status.code() != Code::kPoisoned) assert_ok(perform(*store, work));
    }
    if (status.code() != Code::kPoisoned) {
      add(*store, "goes on");
      assert_ok(store->close());
    }
    assert_sound(path);
    if (!struck) {
      assert_true(index > 0);
      return;
    }
  }
}

void fail_each_of_all_works(void** state, const Fault& fault) {
  for (const Work work : {Work::kPrune, Work::kOrder, Work::kClear})
    fail_each(mounted_memory::files_of(state), fault, work);
}

void a_write_that_finds_no_space_leaves_the_array(void** state) {
  fail_each_of_all_works(state, {.kind = CallKind::kPwrite, .error = ENOSPC});
}

void a_write_that_the_disk_refuses_leaves_the_array(void** state) {
  fail_each_of_all_works(state, {.kind = CallKind::kPwrite, .error = EIO});
}

void a_file_that_cannot_be_synced_leaves_the_array(void** state) {
  fail_each_of_all_works(state, {.kind = CallKind::kFdatasync, .error = EIO});
}

// Behind the rename of the header only the next open can tell which generation is on disk.
void a_directory_that_cannot_be_synced_leaves_the_array_whole(void** state) {
  fail_each_of_all_works(state, {.kind = CallKind::kFsync, .error = EIO});
}

void a_rename_that_fails_leaves_the_array_whole(void** state) {
  fail_each_of_all_works(state, {.kind = CallKind::kRename, .error = EIO});
}

void a_file_that_cannot_be_made_mapped_or_measured_leaves_the_array(void** state) {
  for (const CallKind kind : {CallKind::kOpen, CallKind::kMmap, CallKind::kFstat,
                              CallKind::kFstatfs, CallKind::kFtruncate, CallKind::kGetrandom})
    fail_each(mounted_memory::files_of(state), {.kind = kind, .error = EMFILE}, Work::kPrune);
}

void short_writes_are_continued(void**) {
  const auto store = prunable();
  {
    const FaultInjector injector(
        {.at = 0, .kind = CallKind::kPwrite, .for_ever = true, .most_bytes = 7});
    assert_ok(store->prune({}));
  }
  assert_string_equal(ids_of(*store->view()).c_str(), kLeft);
  assert_sound();
}

void a_full_disk_stops_a_prune_and_not_the_array(void**) {
  const auto store = prunable();
  {
    const FaultInjector injector(
        {.at = 0, .kind = CallKind::kPwrite, .for_ever = true, .error = ENOSPC});
    assert_code(store->prune({}), Code::kNoSpace);
    assert_code(store->clear().status(), Code::kNoSpace);
  }
  add(*store, "more");
  assert_ok(store->prune({}));
  assert_sound();
}

void failures_leak_no_descriptor_and_no_window(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  auto store = prunable();
  const size_t descriptors = files.open_descriptors();
  const size_t windows = files.windows();
  for (const CallKind kind : {CallKind::kOpen, CallKind::kPwrite, CallKind::kFdatasync,
                              CallKind::kFsync, CallKind::kRename, CallKind::kMmap}) {
    for (uint64_t index = 0; index < 12; ++index) {
      Status status;
      {
        const FaultInjector injector({.at = index, .kind = kind, .error = ENOMEM});
        status = store->prune({});
      }
      if (status.code() == Code::kPoisoned) {
        store = nullptr;
        store = open_store();
      }
      assert_int_equal(files.open_descriptors(), descriptors);
      assert_int_equal(files.windows(), windows);
    }
  }
}

// An array large enough for a table of ids, cut at each change that a prune makes.
void every_cut_of_a_prune_leaves_ids_and_documents(void** state) {
  constexpr uint64_t kCount = 4200;
  {
    const auto store = open_store();
    add_many(*store, 0, kCount);
    remove(*store, "d7");
    assert_ok(store->close());
  }
  for (uint64_t change = 0;; ++change) {
    const auto dying = mounted_memory::files_of(state).clone();
    bool finished = false;
    {
      const Mount mount(*dying);
      auto store = open_store();
      dying->crash_at_change(dying->changes_made() + change, 64);
      (void)store->prune({}).ok();
      finished = !dying->is_dead();
      dying->crash_at_call(0);
      store.reset();
    }
    dying->kill();
    CrashImages images(*dying, {.seed = change, .limit = 3});
    while (const auto image = images.next()) {
      const Mount mount(*image);
      assert_sound();
      const auto store = open_store();
      assert_int_equal(store->view()->count(), kCount - 1);
      assert_int_equal(code_of_finding(*store->view(), "d4199"), Code::kOk);
      assert_int_equal(code_of_finding(*store->view(), "d7"), Code::kNotFound);
    }
    if (!finished) continue;
    assert_true(change > 20);
    return;
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_write_that_finds_no_space_leaves_the_array),
      TEST_ON_MEMORY(a_write_that_the_disk_refuses_leaves_the_array),
      TEST_ON_MEMORY(a_file_that_cannot_be_synced_leaves_the_array),
      TEST_ON_MEMORY(a_directory_that_cannot_be_synced_leaves_the_array_whole),
      TEST_ON_MEMORY(a_rename_that_fails_leaves_the_array_whole),
      TEST_ON_MEMORY(a_file_that_cannot_be_made_mapped_or_measured_leaves_the_array),
      TEST_ON_MEMORY(short_writes_are_continued),
      TEST_ON_MEMORY(a_full_disk_stops_a_prune_and_not_the_array),
      TEST_ON_MEMORY(failures_leak_no_descriptor_and_no_window),
      TEST_ON_MEMORY(every_cut_of_a_prune_leaves_ids_and_documents),
  };
  return cmocka_run_group_tests_name("store_prune_fault", tests, nullptr, nullptr);
}
