// Prune and clear: what an array shows before and after, to old views, other processes and batches,
// and what is left on the disk.
#include <cstdio>

#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

int64_t stat_of(const Store& store, Stat which) { return value_of(store.stat(which)); }

std::vector<std::string> leftovers(const MemoryFileSystem& files) {
  std::vector<std::string> found;
  const std::string listing = files.listing();
  for (size_t at = 0; at < listing.size();) {
    const size_t end = listing.find('\n', at);
    const std::string line = listing.substr(at, end - at);
    if (line.find(".new") != std::string::npos || line.find("/ids.") != std::string::npos ||
        line.find("/positions.") != std::string::npos)
      found.push_back(line.substr(0, line.find(' ')));
    at = end + 1;
  }
  return found;
}

// An array with every kind of past: replaced, renamed, deleted and added again.
void make_past(Store& store) {
  add_many(store, 0, 10);
  remove(store, "d3");
  const Document changed = make_document("d5", "changed");
  assert_ok(commit(store, {set("d5", changed)}));
  const Document renamed = make_document("an id of more than sixteen bytes", "renamed");
  assert_ok(commit(store, {set_at(7, renamed)}));
  add(store, "d3", "again");
  remove(store, "d0");
  add(store, "d7", "the id that slot 7 gave up");
}

void a_prune_keeps_order_documents_and_revisions(void**) {
  const auto store = open_store();
  make_past(*store);
  const std::string before = contents_of(*store->view());
  const uint64_t revision = store->view()->revision();
  const int64_t body_before = stat_of(*store, Stat::kBodyBytes);
  const int64_t header_before = stat_of(*store, Stat::kHeaderBytes);
  assert_ok(store->prune({}));
  assert_string_equal(contents_of(*store->view()).c_str(), before.c_str());
  assert_true(store->view()->revision() > revision);
  assert_int_equal(store->view()->generation(), 2);
  assert_int_equal(stat_of(*store, Stat::kSlots), stat_of(*store, Stat::kDocuments));
  assert_int_equal(stat_of(*store, Stat::kDurableRevision), stat_of(*store, Stat::kRevision));
  assert_true(stat_of(*store, Stat::kBodyBytes) < body_before);
  assert_true(stat_of(*store, Stat::kHeaderBytes) < header_before);
  assert_sound();
}

void a_pruned_array_goes_on_and_opens_again(void**) {
  auto store = open_store();
  make_past(*store);
  assert_ok(store->prune({}));
  const Document changed = make_document("d1", "later");
  assert_ok(commit(*store, {set("d1", changed), erase("d2")}));
  add(*store, "d2", "back");
  const std::string now = contents_of(*store->view());
  assert_sound();
  assert_ok(store->close());
  store = open_store();
  assert_string_equal(contents_of(*store->view()).c_str(), now.c_str());
  assert_string_equal(contents_of(*open_store(read_only_options())->view()).c_str(), now.c_str());
  assert_sound();
}

void a_pruned_array_has_nothing_left_to_prune(void**) {
  const auto store = open_store();
  add(*store, "tiny");
  assert_int_equal(stat_of(*store, Stat::kDeadBytes), 0);
  remove(*store, "tiny");
  assert_true(stat_of(*store, Stat::kDeadBytes) > 0);
  add(*store, "other");
  assert_ok(store->prune({.garbage_percent = 1}));
  assert_int_equal(store->view()->generation(), 2);
  assert_int_equal(stat_of(*store, Stat::kDeadBytes), 0);
  assert_int_equal(stat_of(*store, Stat::kGarbagePercent), 0);
  assert_ok(store->prune({.garbage_percent = 1}));
  assert_int_equal(store->view()->generation(), 2);
}

void views_keep_what_they_show_over_ten_prunes(void**) {
  const auto store = open_store();
  std::vector<std::shared_ptr<const View>> views;
  std::vector<std::string> shown;
  for (uint64_t i = 0; i < 10; ++i) {
    add_many(*store, 10 * i, 10 * i + 10);
    remove(*store, numbered(10 * i + 3));
    const Document changed = make_document(numbered(10 * i), "changed");
    assert_ok(commit(*store, {set(numbered(10 * i), changed)}));
    views.push_back(store->view());
    shown.push_back(contents_of(*views.back()));
    assert_ok(store->prune({}));
    assert_true(stat_of(*store, Stat::kPinnedBytes) > 0);
    for (size_t v = 0; v < views.size(); ++v)
      assert_string_equal(contents_of(*views[v]).c_str(), shown[v].c_str());
  }
  assert_int_equal(store->view()->generation(), 11);
  assert_sound();
  views.clear();
  assert_int_equal(stat_of(*store, Stat::kPinnedBytes), 0);
}

void a_record_outlives_prune_and_close(void**) {
  auto store = open_store();
  add(*store, "a", "pinned");
  const auto view = store->view();
  uint64_t slot = 0;
  Record record;
  assert_ok(view->find("a", slot));
  assert_ok(view->record(slot, View::Check::kFirstTouch, record));
  remove(*store, "a");
  assert_ok(store->prune({}));
  assert_ok(store->close());
  store.reset();
  assert_string_equal(text_of(*view, "a").c_str(), "pinned");
  assert_true(document_id(record.document) == "a");
}

void a_reader_follows_when_it_reloads(void**) {
  const auto store = open_store();
  make_past(*store);
  const auto reader = open_store(read_only_options());
  const auto before = reader->view();
  const std::string shown = contents_of(*before);
  assert_ok(store->prune({}));
  add(*store, "new", "behind the prune");
  assert_string_equal(contents_of(*reader->view()).c_str(), shown.c_str());
  assert_int_equal(code_of_finding(*before, "d1"), Code::kOk);
  assert_true(value_of(reader->reload()));
  assert_int_equal(reader->view()->generation(), 2);
  assert_string_equal(contents_of(*reader->view()).c_str(), contents_of(*store->view()).c_str());
  assert_string_equal(contents_of(*before).c_str(), shown.c_str());
  assert_true(stat_of(*reader, Stat::kPinnedBytes) > 0);
  assert_false(value_of(reader->reload()));
}

void an_order_is_followed(void**) {
  const auto store = open_store();
  add_many(*store, 0, 5);
  remove(*store, "d1");
  const std::vector<int64_t> order = {3, 0, -2, 1};
  assert_ok(store->prune({.order = order}));
  assert_string_equal(ids_of(*store->view()).c_str(), "d4 d0 d3 d2");
  for (uint64_t i = 0; i < 4; ++i) {
    uint64_t position = 0;
    assert_ok(store->view()->position_of(i, position));
    assert_int_equal(position, i);
  }
  add(*store, "last");
  assert_string_equal(ids_of(*store->view()).c_str(), "d4 d0 d3 d2 last");
  assert_sound();
}

void an_order_that_is_no_permutation_changes_nothing(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  const std::vector<std::vector<int64_t>> wrong = {
      {}, {0, 1}, {0, 1, 1}, {0, 1, -1, 2}, {2, 1, -1}};
  for (const std::vector<int64_t>& order : wrong)
    assert_code(store->prune({.order = order}), Code::kInvalidArgument);
  const std::vector<int64_t> outside = {0, 1, 3};
  assert_code(store->prune({.order = outside}), Code::kOutOfRange);
  assert_int_equal(store->view()->generation(), 1);
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d1 d2");
}

void little_garbage_is_left_alone(void**) {
  const auto store = open_store();
  add_many(*store, 0, 10);
  remove(*store, "d0");
  const auto percent = static_cast<uint32_t>(stat_of(*store, Stat::kGarbagePercent));
  assert_in_range(percent, 5, 30);
  assert_ok(store->prune({.garbage_percent = percent + 1}));
  assert_int_equal(store->view()->generation(), 1);
  assert_ok(store->prune({.garbage_percent = percent}));
  assert_int_equal(store->view()->generation(), 2);
  assert_ok(store->prune({}));
  assert_int_equal(store->view()->generation(), 3);
  const std::vector<int64_t> order = {8, 7, 6, 5, 4, 3, 2, 1, 0};
  assert_ok(store->prune({.order = order, .garbage_percent = 100}));
  assert_int_equal(store->view()->generation(), 4);
}

void a_cancelled_prune_leaves_the_array_as_it_was(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 5000);
  remove(*store, "d17");
  const std::string before = mounted_memory::files_of(state).listing();
  for (int wanted = 0;; ++wanted) {
    int calls = 0;
    uint64_t last_done = 0;
    const auto cancel = [&](uint64_t done, uint64_t total) {
      assert_true(done >= last_done && done <= total);
      last_done = done;
      return calls++ < wanted;
    };
    const Status status = store->prune({.progress = cancel});
    if (status.ok()) break;
    assert_code(status, Code::kCancelled);
    assert_string_equal(mounted_memory::files_of(state).listing().c_str(), before.c_str());
    assert_true(wanted < 100);
  }
  assert_int_equal(store->view()->count(), 4999);
  assert_sound();
}

void a_prune_that_finds_too_little_room_does_not_begin(void**) {
  MemoryFileSystem small({.free_bytes = 64 << 10});
  const Mount mount(small);
  const auto store = open_store();
  add_many(*store, 0, 500);
  const std::string before = small.listing();
  assert_code(store->prune({}), Code::kNoSpace);
  assert_string_equal(small.listing().c_str(), before.c_str());
  add(*store, "more");
  assert_sound();
}

void buffered_commits_come_along(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  add(*store, "a", "1", Durability::kBuffered);
  add(*store, "b", "2", Durability::kBuffered);
  const auto before = store->view();
  assert_ok(store->prune({}));
  add(*store, "c", "3", Durability::kBuffered);
  assert_string_equal(ids_of(*before).c_str(), "a b");
  assert_string_equal(ids_of(*store->view()).c_str(), "a b c");
  assert_string_equal(ids_of(*open_store(read_only_options())->view()).c_str(), "a b");
  assert_ok(store->close());
  assert_string_equal(ids_of(*open_store(read_only_options())->view()).c_str(), "a b c");
  assert_sound();
}

void what_was_aimed_at_before_a_prune_is_found_behind_it(void**) {
  const auto store = open_store();
  add_many(*store, 0, 6);
  remove(*store, "d0");
  remove(*store, "d2");
  WriteOperation first = erase_at(3);
  first.seen = seen_at(*store->view(), 3, "d3");
  const Document renamed = make_document("other", "");
  WriteOperation second = set_at(4, renamed);
  second.seen = seen_at(*store->view(), 4, "d4");
  WriteOperation stale = erase_at(5);
  stale.seen = seen_at(*store->view(), 5, "d5");
  const Document changed = make_document("d5", "changed");
  assert_ok(commit(*store, {set("d5", changed)}));
  assert_ok(store->prune({}));
  assert_code(commit(*store, {first, second, stale}), Code::kConflict);
  assert_ok(commit(*store, {first, second}));
  assert_string_equal(ids_of(*store->view()).c_str(), "d1 other d5");
  assert_code(commit(*store, {first}), Code::kConflict);
  assert_sound();
}

void a_revision_expected_before_a_prune_still_holds(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  WriteOperation operation = erase("d1");
  assert_ok(store->view()->revision_of(1, operation.expected_revision));
  remove(*store, "d0");
  assert_ok(store->prune({}));
  assert_ok(commit(*store, {operation}));
  assert_string_equal(ids_of(*store->view()).c_str(), "d2");
}

void the_embedding_column_comes_along(void**) {
  auto store = open_store();
  assert_ok(commit(*store, {append(make_embedded("a", "1,2,3"))}));
  assert_ok(store->prune({}));
  assert_code(commit(*store, {append(make_embedded("b", "1,2"))}), Code::kInvalidDocument);
  assert_true(value_of(store->clear()) > 0);
  assert_ok(store->close());
  store = open_store();
  assert_int_equal(stat_of(*store, Stat::kEmbeddingDim), 3);
  assert_code(commit(*store, {append(make_embedded("b", "1,2"))}), Code::kInvalidDocument);
  assert_ok(commit(*store, {append(make_embedded("b", "4,5,6"))}));
  assert_sound();
}

void the_id_table_is_there_before_the_first_look_up(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 6000);
  for (uint64_t i = 0; i < 100; ++i) remove(*store, numbered(7 * i));
  assert_ok(store->prune({}));
  const auto derived = leftovers(mounted_memory::files_of(state));
  assert_int_equal(derived.size(), 1);
  assert_non_null(std::strstr(derived[0].c_str(), "/ids.2."));
  const auto reader = open_store(read_only_options());
  assert_int_equal(code_of_finding(*reader->view(), "d5999"), Code::kOk);
  assert_int_equal(code_of_finding(*reader->view(), "d7"), Code::kNotFound);
  // Nothing but what lies behind the table was gathered.
  assert_in_range(stat_of(*reader, Stat::kIndexMemory), 0, 100000);
  assert_ok(store->prune({}));
  assert_non_null(std::strstr(leftovers(mounted_memory::files_of(state))[0].c_str(), "/ids.3."));
  assert_sound();
}

void a_clear_leaves_an_empty_array_in_use(void**) {
  auto store = open_store();
  make_past(*store);
  const auto reader = open_store(read_only_options());
  const auto before = store->view();
  const std::string shown = contents_of(*before);
  const uint64_t revision = value_of(store->clear());
  assert_int_equal(revision, store->view()->revision());
  assert_true(revision > before->revision());
  assert_int_equal(store->view()->count(), 0);
  assert_int_equal(code_of_finding(*store->view(), "d1"), Code::kNotFound);
  assert_string_equal(contents_of(*before).c_str(), shown.c_str());
  assert_string_equal(contents_of(*reader->view()).c_str(), shown.c_str());
  add(*store, "d1", "anew");
  assert_true(value_of(reader->reload()));
  assert_string_equal(ids_of(*reader->view()).c_str(), "d1");
  assert_ok(store->close());
  store = open_store();
  assert_string_equal(text_of(*store->view(), "d1").c_str(), "anew");
  assert_sound();
}

void a_clear_takes_buffered_commits_too(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  add(*store, "a", "1", Durability::kBuffered);
  assert_true(value_of(store->clear()) > 0);
  assert_int_equal(store->view()->count(), 0);
  add(*store, "a", "2", Durability::kBuffered);
  assert_ok(store->flush());
  assert_string_equal(text_of(*open_store(read_only_options())->view(), "a").c_str(), "2");
  assert_sound();
}

void an_empty_array_can_be_pruned_and_cleared(void**) {
  const auto store = open_store();
  assert_ok(store->prune({}));
  assert_ok(store->prune({.order = std::span<const int64_t>()}));
  assert_true(value_of(store->clear()) > 0);
  assert_int_equal(store->view()->generation(), 4);
  add(*store, "a");
  assert_sound();
}

void readers_and_closed_stores_do_not_prune(void**) {
  const auto store = open_store();
  const auto reader = open_store(read_only_options());
  assert_code(reader->prune({}), Code::kReadOnly);
  assert_code(reader->clear().status(), Code::kReadOnly);
  assert_ok(store->close());
  assert_code(store->prune({}), Code::kClosed);
  assert_code(store->clear().status(), Code::kClosed);
}

void a_damaged_document_stops_a_prune(void**) {
  const auto store = open_store();
  add_many(*store, 0, 3);
  Record record;
  assert_ok(store->view()->record(1, View::Check::kAlways, record));
  const int fd = calls().open((std::string(kArray) + "/body.bin").c_str(), O_RDWR, 0);
  const uint8_t bad = 0xA5;
  assert_int_equal(calls().pwrite(fd, &bad, 1, static_cast<off_t>(record.offset + 100)), 1);
  calls().close(fd);
  assert_code(store->prune({}), Code::kCorrupt);
  assert_int_equal(store->view()->generation(), 1);
  add(*store, "goes on");
}

void a_sweep_that_waits_does_not_outlive_its_generation(void** state) {
  {
    const auto store = open_store();
    add_many(*store, 0, 4);
    assert_ok(store->sync());
    const Document changed = make_document("d1", "lost");
    assert_ok(commit(*store, {set("d1", changed)}));
  }
  const auto killed = mounted_memory::files_of(state).clone();
  const Mount mount(*killed);
  const auto store = open_store();
  assert_ok(store->prune({}));
  for (int i = 0; i < 3; ++i) add(*store, "more" + std::to_string(i));
  assert_ok(store->checkpoint_begin());
  assert_ok(store->prune({}));
  assert_ok(store->checkpoint_finish());
  remove(*store, "d0");
  assert_sound();
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_prune_keeps_order_documents_and_revisions),
      TEST_ON_MEMORY(a_pruned_array_goes_on_and_opens_again),
      TEST_ON_MEMORY(a_pruned_array_has_nothing_left_to_prune),
      TEST_ON_MEMORY(views_keep_what_they_show_over_ten_prunes),
      TEST_ON_MEMORY(a_record_outlives_prune_and_close),
      TEST_ON_MEMORY(a_reader_follows_when_it_reloads),
      TEST_ON_MEMORY(an_order_is_followed),
      TEST_ON_MEMORY(an_order_that_is_no_permutation_changes_nothing),
      TEST_ON_MEMORY(little_garbage_is_left_alone),
      TEST_ON_MEMORY(a_cancelled_prune_leaves_the_array_as_it_was),
      TEST_ON_MEMORY(a_prune_that_finds_too_little_room_does_not_begin),
      TEST_ON_MEMORY(buffered_commits_come_along),
      TEST_ON_MEMORY(what_was_aimed_at_before_a_prune_is_found_behind_it),
      TEST_ON_MEMORY(a_revision_expected_before_a_prune_still_holds),
      TEST_ON_MEMORY(the_embedding_column_comes_along),
      TEST_ON_MEMORY(the_id_table_is_there_before_the_first_look_up),
      TEST_ON_MEMORY(a_clear_leaves_an_empty_array_in_use),
      TEST_ON_MEMORY(a_clear_takes_buffered_commits_too),
      TEST_ON_MEMORY(an_empty_array_can_be_pruned_and_cleared),
      TEST_ON_MEMORY(readers_and_closed_stores_do_not_prune),
      TEST_ON_MEMORY(a_damaged_document_stops_a_prune),
      TEST_ON_MEMORY(a_sweep_that_waits_does_not_outlive_its_generation),
  };
  return cmocka_run_group_tests_name("store_prune", tests, nullptr, nullptr);
}
