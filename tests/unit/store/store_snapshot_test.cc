// Views: what one commit showed is shown for ever, whatever is written, reopened or mapped anew.
#include <sys/mman.h>

#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

// A window so small that files soon outgrow it.
StoreOptions small_windows() {
  StoreOptions options = test_options();
  options.window_bytes = 4096;
  return options;
}

int random_windows = 0;

int count_random(void*, size_t, int advice) {
  random_windows += advice == MADV_RANDOM;
  return 0;
}

void random_reads_are_announced_for_every_window(void**) {
  Calls table = calls();
  table.madvise = count_random;
  const CallsInForce in_force(table);
  StoreOptions options = small_windows();
  assert_ok(open_store(options)->close());
  assert_int_equal(random_windows, 0);
  options.random_reads = true;
  const auto store = open_store(options);
  assert_int_equal(random_windows, 2);
  add_many(*store, 0, 100);
  assert_true(random_windows >= 4);
  assert_string_equal(text_of(*store->view(), "d99").c_str(), "text of d99");
}

void a_view_does_not_see_later_commits(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  const auto view = store->view();
  add(*store, "later");
  remove(*store, "d0");
  const Document changed = make_document("d1", "changed");
  assert_ok(commit(*store, {set("d1", changed)}));
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d2");
  assert_string_equal(text_of(*view, "d1").c_str(), "text of d1");
  assert_int_equal(code_of_finding(*view, "later"), Code::kNotFound);
  assert_string_equal(ids_of(*store->view()).c_str(), "d1 d2 later");
  assert_string_equal(text_of(*store->view(), "d1").c_str(), "changed");
}

void a_view_outlives_its_store(void**) {
  auto store = open_store();
  add_many(*store, 0, 5);
  remove(*store, "d2");
  const auto view = store->view();
  add_many(*store, 5, 9);
  assert_ok(store->close());
  store.reset();
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d3 d4");
  assert_string_equal(text_of(*view, "d4").c_str(), "text of d4");
}

void a_view_finds_what_was_deleted_and_added_again_since(void**) {
  const auto store = open_store();
  add(*store, "x", "first life");
  const auto first = store->view();
  remove(*store, "x");
  const auto between = store->view();
  add(*store, "x", "second life");
  const auto second = store->view();
  remove(*store, "x");
  add(*store, "x", "third life");
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
  assert_string_equal(text_of(*between, "x").c_str(), "-");
  assert_string_equal(text_of(*second, "x").c_str(), "second life");
  assert_string_equal(text_of(*store->view(), "x").c_str(), "third life");
}

void a_view_finds_what_a_buffered_commit_added_again_since(void**) {
  const auto store = open_store();
  add(*store, "x", "first life");
  const auto first = store->view();
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
  remove(*store, "x");
  add(*store, "x", "second life", Durability::kBuffered);
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
  assert_string_equal(text_of(*store->view(), "x").c_str(), "second life");
  assert_ok(store->flush());
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
}

void a_view_finds_what_was_added_again_beyond_its_window(void**) {
  const auto store = open_store(small_windows());
  add(*store, "x", "first life");
  const auto first = store->view();
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
  remove(*store, "x");
  for (uint64_t i = 0; i < 2000; i += 100) add_many(*store, i, i + 100);
  add(*store, "x", "second life");
  assert_string_equal(text_of(*first, "x").c_str(), "first life");
  assert_string_equal(text_of(*store->view(), "x").c_str(), "second life");
}

void a_view_shows_old_versions_when_new_ones_lie_beyond_its_window(void**) {
  const auto store = open_store(small_windows());
  add_many(*store, 0, 10);
  const auto view = store->view();
  for (uint64_t i = 10; i < 1000; i += 100) add_many(*store, i, i + 100);
  const Document changed = make_document("d3", "changed");
  assert_ok(commit(*store, {set("d3", changed), erase("d4")}));
  assert_ok(commit(*store, {set("d3", changed)}));
  assert_string_equal(text_of(*view, "d3").c_str(), "text of d3");
  assert_string_equal(text_of(*view, "d4").c_str(), "text of d4");
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d2 d3 d4 d5 d6 d7 d8 d9");
}

void a_view_of_buffered_commits_outlives_their_buffer(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  add(*store, "written", "w");
  for (uint64_t i = 0; i < 5; ++i) add(*store, numbered(i), "buffered", Durability::kBuffered);
  const auto view = store->view();
  const std::string big(100'000, 'b');
  for (uint64_t i = 5; i < 20; ++i) add(*store, numbered(i), big, Durability::kBuffered);
  const Document changed = make_document("written", "changed");
  assert_ok(commit(*store, {set("written", changed), erase("d2")}));
  // From here on a word that leads nowhere is damage, no leftover of a lost tail.
  for (int i = 0; i < 2; ++i) {
    assert_ok(store->checkpoint_begin());
    assert_ok(store->checkpoint_finish());
  }
  assert_string_equal(text_of(*view, "written").c_str(), "w");
  assert_string_equal(text_of(*view, "d2").c_str(), "buffered");
  assert_string_equal(ids_of(*view).c_str(), "written d0 d1 d2 d3 d4");
}

void a_view_follows_versions_back_through_many_commits(void**) {
  const auto store = open_store();
  add(*store, "x", "0");
  std::vector<std::shared_ptr<const View>> views = {store->view()};
  for (int i = 1; i < 40; ++i) {
    const Document version = make_document("x", std::to_string(i));
    assert_ok(commit(*store, {set("x", version)}));
    views.push_back(store->view());
    if (i % 7 == 0) {
      assert_ok(store->checkpoint_begin());
      assert_ok(store->checkpoint_finish());
    }
  }
  for (size_t i = 0; i < views.size(); ++i)
    assert_string_equal(text_of(*views[i], "x").c_str(), std::to_string(i).c_str());
}

void positions_of_a_view_stay_after_deletes(void**) {
  const auto store = open_store();
  add_many(*store, 0, 50);
  std::vector<std::pair<std::shared_ptr<const View>, std::string>> taken;
  for (uint64_t i = 0; i < 40; ++i) {
    remove(*store, numbered(i * 7 % 50));
    taken.emplace_back(store->view(), "");
    if (i % 3 == 0) taken.back().second = ids_of(*taken.back().first);
  }
  const auto reader = open_store(read_only_options());
  for (const auto& [view, ids] : taken) {
    uint64_t slot = 0;
    for (uint64_t position = 0; position < view->count(); ++position) {
      assert_ok(view->slot_at(position, slot));
      uint64_t back = 0;
      assert_ok(view->position_of(slot, back));
      assert_int_equal(back, position);
    }
    if (!ids.empty()) assert_string_equal(ids_of(*view).c_str(), ids.c_str());
  }
  assert_string_equal(ids_of(*reader->view()).c_str(), ids_of(*store->view()).c_str());
}

void an_id_that_changed_is_found_where_each_view_has_it(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  const auto before = store->view();
  const Document renamed = make_document("renamed", "r");
  assert_ok(commit(*store, {set_at(1, renamed)}));
  const auto after = store->view();
  add(*store, "d1", "second d1");
  const auto again = store->view();
  assert_string_equal(ids_of(*before).c_str(), "d0 d1 d2");
  assert_string_equal(text_of(*before, "d1").c_str(), "text of d1");
  assert_string_equal(text_of(*before, "renamed").c_str(), "-");
  assert_string_equal(ids_of(*after).c_str(), "d0 renamed d2");
  assert_string_equal(text_of(*after, "d1").c_str(), "-");
  assert_string_equal(text_of(*again, "d1").c_str(), "second d1");
  assert_string_equal(text_of(*again, "renamed").c_str(), "r");
}

void an_id_wanders_between_slots_and_each_view_finds_it(void**) {
  const auto store = open_store();
  add(*store, "x", "slot 0");
  add(*store, "y", "y");
  std::vector<std::shared_ptr<const View>> views = {store->view()};
  const Document moved = make_document("x", "slot 1");
  assert_ok(commit(*store, {erase("x"), set_at(1, moved)}));
  views.push_back(store->view());
  remove(*store, "x");
  add(*store, "x", "slot 2");
  views.push_back(store->view());
  const Document other = make_document("z", "z");
  assert_ok(commit(*store, {set_at(2, other)}));
  add(*store, "x", "slot 3");
  views.push_back(store->view());
  const auto reader = open_store(read_only_options());
  views.push_back(reader->view());
  const char* texts[] = {"slot 0", "slot 1", "slot 2", "slot 3", "slot 3"};
  for (size_t i = 0; i < views.size(); ++i)
    assert_string_equal(text_of(*views[i], "x").c_str(), texts[i]);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(random_reads_are_announced_for_every_window),
      TEST_ON_MEMORY(a_view_does_not_see_later_commits),
      TEST_ON_MEMORY(a_view_outlives_its_store),
      TEST_ON_MEMORY(a_view_finds_what_was_deleted_and_added_again_since),
      TEST_ON_MEMORY(a_view_finds_what_a_buffered_commit_added_again_since),
      TEST_ON_MEMORY(a_view_finds_what_was_added_again_beyond_its_window),
      TEST_ON_MEMORY(a_view_shows_old_versions_when_new_ones_lie_beyond_its_window),
      TEST_ON_MEMORY(a_view_of_buffered_commits_outlives_their_buffer),
      TEST_ON_MEMORY(a_view_follows_versions_back_through_many_commits),
      TEST_ON_MEMORY(positions_of_a_view_stay_after_deletes),
      TEST_ON_MEMORY(an_id_that_changed_is_found_where_each_view_has_it),
      TEST_ON_MEMORY(an_id_wanders_between_slots_and_each_view_finds_it),
  };
  return cmocka_run_group_tests_name("store_snapshot", tests, nullptr, nullptr);
}
