// Backups: what the copy shows, that it is an array of its own, and that a crash or a full disk
// leaves a whole one or none.
#include "format/frame.h"
#include "log/array_files.h"
#include "store/backup_array.h"
#include "support/crash_images.h"
#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kCopy = "/copies/of/array";

Status backup(const Store& store, const std::string& path = kCopy) {
  return backup_view(*store.view(), path, {});
}

void make_past(Store& store) {
  add_many(store, 0, 6);
  remove(store, "d3");
  const Document changed = make_document("d1", "changed");
  assert_ok(commit(store, {set("d1", changed)}));
  add(store, "an id of more than sixteen bytes", "long");
  add(store, "d3", "again");
}

bool has_name(const MemoryFileSystem& files, const std::string& path) {
  return files.listing().find(path + " ") != std::string::npos;
}

void assert_no_array(const std::string& path) {
  assert_code(open_failure(read_only_options(), path), Code::kNotFound);
}

void a_backup_shows_what_the_array_shows(void**) {
  const auto store = open_store();
  make_past(*store);
  assert_ok(backup(*store));
  const auto copy = open_store(test_options(), kCopy);
  assert_string_equal(contents_of(*copy->view()).c_str(), contents_of(*store->view()).c_str());
  assert_int_equal(copy->view()->revision(), store->view()->revision());
  assert_int_equal(value_of(copy->stat(Stat::kDeadBytes)), 0);
  assert_sound(kCopy);
}

void a_backup_and_its_origin_go_on_apart(void**) {
  const auto store = open_store();
  make_past(*store);
  assert_ok(backup(*store));
  const auto copy = open_store(test_options(), kCopy);
  add(*copy, "new in the copy");
  remove(*store, "d0");
  assert_string_equal(text_of(*store->view(), "new in the copy").c_str(), "-");
  assert_string_equal(text_of(*copy->view(), "d0").c_str(), "text of d0");
  assert_true(copy->view()->revision() > store->view()->revision() - 1000000000);
  assert_sound();
  assert_sound(kCopy);
}

void files_of_a_backup_are_refused_beside_those_of_its_origin(void**) {
  {
    const auto store = open_store();
    make_past(*store);
    assert_ok(backup(*store));
  }
  assert_ok(rename_file(body_path(kCopy), body_path(kArray)));
  assert_code(open_failure(test_options()), Code::kCorrupt);
}

void a_backup_holds_the_commits_that_are_still_in_memory(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  add(*store, "written");
  assert_ok(store->flush());
  add(*store, "gathered", "not in any file yet", Durability::kBuffered);
  assert_ok(backup(*store));
  const auto copy = open_store(read_only_options(), kCopy);
  assert_string_equal(ids_of(*copy->view()).c_str(), "written gathered");
  assert_string_equal(text_of(*copy->view(), "gathered").c_str(), "not in any file yet");
  assert_sound(kCopy);
}

void a_reader_makes_backups_beside_a_writer(void**) {
  const auto store = open_store();
  make_past(*store);
  const auto reader = open_store(read_only_options());
  add(*store, "later");
  assert_ok(backup(*reader));
  const auto copy = open_store(read_only_options(), kCopy);
  assert_string_equal(contents_of(*copy->view()).c_str(), contents_of(*reader->view()).c_str());
}

void a_view_is_backed_up_though_the_array_was_pruned_since(void**) {
  const auto store = open_store();
  make_past(*store);
  const auto view = store->view();
  const std::string before = contents_of(*view);
  remove(*store, "d5");
  assert_ok(store->prune({}));
  assert_ok(backup_view(*view, kCopy, {}));
  assert_string_equal(contents_of(*open_store(read_only_options(), kCopy)->view()).c_str(),
                      before.c_str());
  assert_sound(kCopy);
}

void the_embedding_column_comes_along(void**) {
  const auto store = open_store();
  const Document embedded = make_embedded("a", "1,2,3");
  assert_ok(commit(*store, {append(embedded)}));
  assert_ok(backup(*store));
  const auto copy = open_store(test_options(), kCopy);
  assert_int_equal(value_of(copy->stat(Stat::kEmbeddingDim)), 3);
  const Document other = make_embedded("b", "1,2");
  assert_code(commit(*copy, {append(other)}), Code::kInvalidDocument);
}

void a_large_backup_has_its_id_index(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 5000);
  assert_ok(backup(*store));
  assert_true(mounted_memory::files_of(state).listing().find("/copies/of/array/ids.2.") !=
              std::string::npos);
  const auto copy = open_store(read_only_options(), kCopy);
  assert_string_equal(text_of(*copy->view(), "d4321").c_str(), "text of d4321");
  assert_sound(kCopy);
}

void an_empty_array_has_a_backup_too(void**) {
  const auto store = open_store();
  assert_ok(backup(*store));
  assert_int_equal(open_store(test_options(), kCopy)->view()->count(), 0);
  assert_sound(kCopy);
}

void an_array_that_is_there_is_not_overwritten(void**) {
  const auto store = open_store();
  add(*store, "a");
  assert_code(backup(*store, kArray), Code::kAlreadyExists);
  assert_ok(backup(*store));
  assert_code(backup(*store), Code::kAlreadyExists);
  assert_ok(remove_file(header_path(kCopy)));
  assert_code(backup(*store), Code::kAlreadyExists);
  assert_sound();
}

void damage_is_not_copied(void**) {
  const auto store = open_store();
  make_past(*store);
  const File body = value_of(File::open(body_path(kArray), Access::kReadWrite));
  const uint8_t flipped = 0x55;
  assert_ok(body.write(kBodyStart + 64 + 64 + 20, {&flipped, 1}));
  assert_code(backup(*store), Code::kCorrupt);
  assert_no_array(kCopy);
}

void a_cancelled_backup_leaves_no_array(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 100);
  const auto cancel = [](uint64_t, uint64_t) { return false; };
  assert_code(backup_view(*store->view(), kCopy, cancel), Code::kCancelled);
  assert_no_array(kCopy);
  assert_false(has_name(mounted_memory::files_of(state), std::string(kCopy) + "/body.bin.new"));
  assert_ok(backup(*store));
  assert_sound(kCopy);
}

void a_full_disk_at_any_write_removes_what_was_begun(void** state) {
  const auto store = open_store();
  make_past(*store);
  MemoryFileSystem& files = mounted_memory::files_of(state);
  for (uint64_t i = 0;; ++i) {
    const std::string copy = "/full/" + std::to_string(i);
    FaultInjector injector({.at = i, .kind = CallKind::kPwrite, .for_ever = true, .error = ENOSPC});
    const Status status = backup(*store, copy);
    if (!injector.has_struck()) {
      assert_ok(status);
      assert_true(i > 4);
      break;
    }
    assert_code(status, Code::kNoSpace);
    assert_no_array(copy);
    for (const char* name : {"/header.bin.new", "/body.bin.new"})
      assert_false(has_name(files, copy + name));
  }
  assert_sound();
}

void every_call_that_fails_leaves_a_whole_array_or_none(void**) {
  const auto store = open_store();
  make_past(*store);
  const std::string wanted = contents_of(*store->view());
  for (uint64_t i = 0;; ++i) {
    const std::string copy = "/faults/" + std::to_string(i);
    bool struck = false;
    Status status;
    {
      FaultInjector injector({.at = i, .kind = {}, .error = EIO});
      status = backup(*store, copy);
      struck = injector.has_struck();
    }
    const Result<std::shared_ptr<Store>> opened = Store::open(copy, read_only_options());
    if (opened.ok())
      assert_string_equal(contents_of(*opened.value()->view()).c_str(), wanted.c_str());
    else
      assert_code(opened.status(), Code::kNotFound);
    if (status.ok()) assert_true(opened.ok());
    if (!struck) break;
  }
}

// Every cut between two changes, and what a power loss makes of it.
void a_crash_at_any_step_leaves_a_whole_array_or_none(void**) {
  uint64_t whole = 0;
  uint64_t none = 0;
  for (uint64_t cut = 0;; ++cut) {
    MemoryFileSystem files;
    const Mount mount(files);
    std::string wanted;
    bool finished = false;
    {
      const auto store = open_store();
      make_past(*store);
      wanted = contents_of(*store->view());
      files.crash_at_change(files.changes_made() + cut);
      finished = backup(*store).ok();
    }
    const bool died = files.is_dead();
    files.kill();
    CrashImages images(files, {.seed = cut + 1, .limit = 40});
    while (const auto image = images.next()) {
      const Mount on_image(*image);
      const Result<std::shared_ptr<Store>> opened = Store::open(kCopy, read_only_options());
      ++(opened.ok() ? whole : none);
      if (opened.ok()) {
        assert_string_equal(contents_of(*opened.value()->view()).c_str(), wanted.c_str());
        assert_sound(kCopy);
      } else {
        assert_code(opened.status(), Code::kNotFound);
        assert_false(finished);
      }
    }
    if (!died) break;
  }
  assert_true(whole > 10 && none > 10);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_backup_shows_what_the_array_shows),
      TEST_ON_MEMORY(a_backup_and_its_origin_go_on_apart),
      TEST_ON_MEMORY(files_of_a_backup_are_refused_beside_those_of_its_origin),
      TEST_ON_MEMORY(a_backup_holds_the_commits_that_are_still_in_memory),
      TEST_ON_MEMORY(a_reader_makes_backups_beside_a_writer),
      TEST_ON_MEMORY(a_view_is_backed_up_though_the_array_was_pruned_since),
      TEST_ON_MEMORY(the_embedding_column_comes_along),
      TEST_ON_MEMORY(a_large_backup_has_its_id_index),
      TEST_ON_MEMORY(an_empty_array_has_a_backup_too),
      TEST_ON_MEMORY(an_array_that_is_there_is_not_overwritten),
      TEST_ON_MEMORY(damage_is_not_copied),
      TEST_ON_MEMORY(a_cancelled_backup_leaves_no_array),
      TEST_ON_MEMORY(a_full_disk_at_any_write_removes_what_was_begun),
      TEST_ON_MEMORY(every_call_that_fails_leaves_a_whole_array_or_none),
      cmocka_unit_test(a_crash_at_any_step_leaves_a_whole_array_or_none),
  };
  return cmocka_run_group_tests_name("store_backup", tests, nullptr, nullptr);
}
