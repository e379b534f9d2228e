// Temporary arrays: every operation works as on one with a directory, and nothing gets a name.
#include "platform/clock.h"
#include "store/backup_array.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kPlace = "/";

std::shared_ptr<Store> open_temporary(Durability durability = Durability::kVisible) {
  StoreOptions options = test_options(durability);
  options.temporary = true;
  return open_store(options, kPlace);
}

// What is done to both kinds of array must lead to the same.
void make_past(Store& store) {
  add_many(store, 0, 10);
  remove(store, "d3");
  const Document changed = make_document("d5", "changed");
  assert_ok(commit(store, {set("d5", changed)}));
  add(store, "an id of more than sixteen bytes", "long");
  add(store, "d3", "again");
}

// Ids and texts; revisions begin at the clock and differ.
std::string texts_of(const View& view) {
  std::string text;
  for (uint64_t position = 0; position < view.count(); ++position) {
    uint64_t slot = 0;
    assert_ok(view.slot_at(position, slot));
    std::string id;
    assert_ok(view.append_id(slot, id));
    text += id + "=" + text_of(view, id) + " ";
  }
  return text;
}

void assert_nothing_but_root(void** state) {
  assert_string_equal(mounted_memory::files_of(state).listing().c_str(), "/ directory\n");
}

void a_temporary_array_shows_what_a_named_one_would(void**) {
  const auto named = open_store();
  const auto store = open_temporary();
  make_past(*named);
  make_past(*store);
  assert_string_equal(texts_of(*store->view()).c_str(), texts_of(*named->view()).c_str());
  assert_int_equal(value_of(store->stat(Stat::kDeadBytes)),
                   value_of(named->stat(Stat::kDeadBytes)));
}

void no_operation_leaves_a_name(void** state) {
  const auto store = open_temporary();
  make_past(*store);
  assert_ok(store->sync());
  assert_ok(store->flush());
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_nothing_but_root(state);
  assert_ok(store->prune({}));
  assert_nothing_but_root(state);
  assert_true(store->clear().ok());
  assert_false(value_of(store->reload()));
  assert_ok(store->close());
  assert_nothing_but_root(state);
}

void a_prune_swaps_the_files_and_older_views_keep_theirs(void** state) {
  const auto store = open_temporary();
  make_past(*store);
  const std::string before = contents_of(*store->view());
  auto old = store->view();
  const int64_t body_before = value_of(store->stat(Stat::kBodyBytes));
  assert_ok(store->prune({}));
  assert_int_equal(store->view()->generation(), 2);
  assert_string_equal(contents_of(*store->view()).c_str(), before.c_str());
  assert_string_equal(contents_of(*old).c_str(), before.c_str());
  assert_true(value_of(store->stat(Stat::kBodyBytes)) < body_before);
  assert_true(value_of(store->stat(Stat::kPinnedBytes)) > 0);
  const size_t descriptors = mounted_memory::files_of(state).open_descriptors();
  old.reset();
  assert_int_equal(value_of(store->stat(Stat::kPinnedBytes)), 0);
  assert_true(mounted_memory::files_of(state).open_descriptors() < descriptors);
  add(*store, "after");
  assert_ok(store->prune({}));
  assert_int_equal(store->view()->generation(), 3);
  assert_string_equal(text_of(*store->view(), "d5").c_str(), "changed");
}

void a_prune_brings_over_what_is_committed_meanwhile(void**) {
  const auto store = open_temporary();
  make_past(*store);
  PruneOptions options;
  const std::vector<int64_t> order = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
  options.order = order;
  bool first = true;
  options.progress = [&](uint64_t, uint64_t) {
    if (first) add(*store, "meanwhile");
    first = false;
    return true;
  };
  assert_ok(store->prune(options));
  assert_string_equal(ids_of(*store->view()).c_str(),
                      "d3 an id of more than sixteen bytes d9 d8 d7 d6 d5 d4 d2 d1 d0 meanwhile");
}

void a_cleared_array_goes_on(void**) {
  const auto store = open_temporary();
  make_past(*store);
  const auto old = store->view();
  assert_true(store->clear().ok());
  assert_int_equal(store->view()->count(), 0);
  assert_int_equal(old->count(), 11);
  add(*store, "new");
  assert_string_equal(ids_of(*store->view()).c_str(), "new");
}

void what_was_taken_outlives_the_store_and_then_all_is_closed(void** state) {
  {
    auto store = open_temporary();
    make_past(*store);
    const auto view = store->view();
    assert_ok(store->close());
    store.reset();
    assert_string_equal(text_of(*view, "d5").c_str(), "changed");
  }
  assert_int_equal(mounted_memory::files_of(state).open_descriptors(), 0);
}

// Enough ids and deletes for a table and a base to be worth writing, were there a place for them.
void what_is_derived_stays_in_memory(void** state) {
  constexpr uint64_t kMany = 70000;
  const auto store = open_temporary();
  add_many(*store, 0, kMany);
  assert_int_equal(value_of(store->delete_slice({0, 66000, 1}, Durability::kVisible)), 66000);
  assert_int_equal(code_of_finding(*store->view(), numbered(1)), Code::kNotFound);
  assert_int_equal(code_of_finding(*store->view(), numbered(kMany - 1)), Code::kOk);
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_ok(store->prune({}));
  assert_int_equal(store->view()->count(), kMany - 66000);
  assert_int_equal(code_of_finding(*store->view(), numbered(kMany - 1)), Code::kOk);
  assert_int_equal(value_of(store->stat(Stat::kIndexBytes)), 0);
  assert_nothing_but_root(state);
}

void buffered_commits_are_seen_and_written(void**) {
  const auto store = open_temporary(Durability::kBuffered);
  for (uint64_t i = 0; i < 100; ++i) add(*store, numbered(i), "", Durability::kBuffered);
  assert_int_equal(store->view()->count(), 100);
  assert_ok(store->prune({}));
  assert_int_equal(store->view()->count(), 100);
}

void a_backup_makes_a_named_array_of_it(void**) {
  const auto store = open_temporary();
  make_past(*store);
  assert_ok(backup_view(*store->view(), "/copy", {}));
  assert_string_equal(contents_of(*open_store(test_options(), "/copy")->view()).c_str(),
                      contents_of(*store->view()).c_str());
  assert_sound("/copy");
}

void two_of_them_have_nothing_in_common(void**) {
  const auto one = open_temporary();
  const auto other = open_temporary();
  add(*one, "a");
  add(*other, "b");
  assert_string_equal(ids_of(*one->view()).c_str(), "a");
  assert_string_equal(ids_of(*other->view()).c_str(), "b");
}

void nothing_is_promised_to_survive(void**) {
  const auto store = open_temporary(Durability::kDurable);
  add(*store, "a", "", Durability::kDurable);
  assert_ok(store->sync());
  assert_int_equal(value_of(store->stat(Stat::kDurableRevision)), 0);
}

void an_absent_directory_is_named(void**) {
  StoreOptions options = test_options();
  options.temporary = true;
  const Status status = open_failure(options, "/absent");
  assert_code(status, Code::kNotFound);
  assert_non_null(strstr(status.message(), "/absent"));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_temporary_array_shows_what_a_named_one_would),
      TEST_ON_MEMORY(no_operation_leaves_a_name),
      TEST_ON_MEMORY(a_prune_swaps_the_files_and_older_views_keep_theirs),
      TEST_ON_MEMORY(a_prune_brings_over_what_is_committed_meanwhile),
      TEST_ON_MEMORY(a_cleared_array_goes_on),
      TEST_ON_MEMORY(what_was_taken_outlives_the_store_and_then_all_is_closed),
      TEST_ON_MEMORY(what_is_derived_stays_in_memory),
      TEST_ON_MEMORY(buffered_commits_are_seen_and_written),
      TEST_ON_MEMORY(a_backup_makes_a_named_array_of_it),
      TEST_ON_MEMORY(two_of_them_have_nothing_in_common),
      TEST_ON_MEMORY(nothing_is_promised_to_survive),
      TEST_ON_MEMORY(an_absent_directory_is_named),
  };
  return cmocka_run_group_tests_name("store_temporary", tests, nullptr, nullptr);
}
