// Two writers that take turns at one array: what each adopts of the other, and what excludes whom.
#include <cerrno>

#include "log/array_files.h"
#include "platform/clock.h"
#include "platform/lock_file.h"
#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

StoreOptions shared_options(Durability durability = Durability::kVisible) {
  StoreOptions options = test_options(durability);
  options.shared_writer = true;
  return options;
}

std::shared_ptr<Store> open_shared() { return open_store(shared_options()); }

void assert_ids(Store& store, const char* ids) {
  assert_string_equal(ids_of(*store.view()).c_str(), ids);
}

// The array is closed by now: what stands is sound, and an open has nothing to recover.
void assert_clean(void** state, const char* ids) {
  assert_sound();
  const auto changes = mounted_memory::files_of(state).changes_made();
  const auto store = open_store();
  assert_ids(*store, ids);
  assert_int_equal(mounted_memory::files_of(state).changes_made(), changes);
}

void commits_of_two_writers_come_one_after_the_other(void** state) {
  const auto first = open_shared();
  const auto second = open_shared();
  add(*first, "a");
  add(*second, "b");
  add(*second, "c");
  add(*first, "d");
  remove(*second, "a");
  const Document again = make_document("b", "again");
  assert_ok(commit(*first, {set("b", again)}));
  assert_ids(*first, "b c d");
  assert_true(value_of(second->reload()));
  assert_string_equal(text_of(*second->view(), "b").c_str(), "again");
  assert_sound();
  assert_ok(first->close());
  assert_ok(second->close());
  assert_clean(state, "b c d");
}

void the_revisions_of_both_ascend(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  uint64_t last = 0;
  for (uint64_t i = 0; i < 6; ++i) {
    const Document document = make_document(numbered(i));
    const WriteOperation operation = append(document);
    Store& store = i % 2 == 0 ? *first : *second;
    const CommitResult done = value_of(store.commit({&operation, 1}, Durability::kVisible));
    assert_true(done.revision > last);
    last = done.revision;
  }
}

void an_id_that_the_other_gave_is_there_already(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  add(*first, "a");
  const Document same = make_document("a");
  assert_code(commit(*second, {append(same)}), Code::kAlreadyExists);
  assert_ids(*second, "a");
  assert_ok(commit(*second, {append(same, true)}));
}

void an_expected_revision_that_the_other_replaced_is_a_conflict(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  add(*first, "a");
  assert_true(value_of(second->reload()));
  uint64_t slot = 0;
  uint64_t revision = 0;
  assert_ok(second->view()->find("a", slot));
  assert_ok(second->view()->revision_of(slot, revision));
  const Document mine = make_document("a", "mine");
  const Document theirs = make_document("a", "theirs");
  assert_ok(commit(*first, {set("a", theirs)}));
  WriteOperation expecting = set("a", mine);
  expecting.expected_revision = revision;
  assert_code(commit(*second, {expecting}), Code::kConflict);
  assert_string_equal(text_of(*second->view(), "a").c_str(), "theirs");
}

void a_batch_aimed_at_a_position_notices_that_the_other_changed_it(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 3);
  assert_true(value_of(second->reload()));
  WriteOperation aimed = erase_at(1);
  aimed.seen = seen_at(*second->view(), 1, "d1");
  const Document changed = make_document("d1", "changed");
  assert_ok(commit(*first, {set("d1", changed)}));
  assert_code(commit(*second, {aimed}), Code::kConflict);
}

void a_writer_for_itself_and_shared_ones_are_busy_to_each_other(void**) {
  {
    const auto alone = open_store();
    StoreOptions impatient = shared_options();
    impatient.lock_timeout_ms = 0;
    assert_code(open_failure(impatient), Code::kBusy);
  }
  const auto shared = open_shared();
  assert_code(open_failure(test_options()), Code::kBusy);
  add(*shared, "a");
  const auto second = open_shared();
  assert_ok(shared->close());
  assert_code(open_failure(test_options()), Code::kBusy);
  assert_ok(second->close());
  assert_ids(*open_store(), "a");
}

void a_turn_that_does_not_come_is_busy_and_nothing_is_done(void**) {
  StoreOptions impatient = shared_options();
  impatient.lock_timeout_ms = 0;
  const auto store = open_store(impatient);
  add(*store, "a");
  LockFile holder = value_of(LockFile::open(lock_path(kArray), Access::kReadWrite));
  assert_ok(holder.acquire_turn(0));
  const Document document = make_document("b");
  assert_code(commit(*store, {append(document)}), Code::kBusy);
  assert_code(store->sync(), Code::kBusy);
  assert_ids(*store, "a");
  holder.release();
  add(*store, "b");
  assert_ids(*store, "a b");
}

void what_a_view_shows_stays_while_the_other_commits(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 3);
  const auto view = first->view();
  remove(*second, "d1");
  const Document changed = make_document("d0", "changed");
  assert_ok(commit(*second, {set("d0", changed)}));
  assert_ids(*first, "d0 d1 d2");
  assert_true(value_of(first->reload()));
  assert_false(value_of(first->reload()));
  assert_ids(*first, "d0 d2");
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d2");
  assert_string_equal(text_of(*view, "d0").c_str(), "text of d0");
}

void buffered_commits_are_seen_at_once(void**) {
  const auto first = open_store(shared_options(Durability::kBuffered));
  const auto second = open_shared();
  add(*first, "a", "", Durability::kBuffered);
  assert_true(value_of(second->reload()));
  assert_ids(*second, "a");
}

void a_checkpoint_of_one_is_heeded_by_the_other(void** state) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 1);
  for (const char* text : {"1", "2", "3", "4", "5", "6"}) {
    const Document document = make_document("d0", text);
    assert_ok(commit(*first, {set("d0", document)}));
    assert_ok(second->checkpoint_finish());
    assert_ok(commit(*second, {set("d0", document)}));
  }
  assert_sound();
  const auto killed = mounted_memory::files_of(state).clone();
  const Mount mount(*killed);
  assert_string_equal(text_of(*open_store()->view(), "d0").c_str(), "6");
}

void a_prune_of_one_is_followed_by_the_other(void** state) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 6);
  remove(*second, "d2");
  const auto view = second->view();
  assert_ok(first->prune({}));
  assert_int_equal(first->view()->generation(), 2);
  add(*second, "after");
  assert_int_equal(second->view()->generation(), 2);
  assert_ids(*second, "d0 d1 d3 d4 d5 after");
  assert_string_equal(ids_of(*view).c_str(), "d0 d1 d3 d4 d5");
  assert_ok(second->prune({}));
  assert_true(value_of(first->reload()));
  assert_int_equal(first->view()->generation(), 3);
  const uint64_t cleared = value_of(second->clear());
  assert_int_equal(second->view()->revision(), cleared);
  add(*first, "new");
  assert_ids(*first, "new");
  assert_ok(second->close());
  assert_ok(first->close());
  assert_clean(state, "new");
}

void commits_of_the_other_go_on_during_a_prune_and_come_along(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 6);
  bool committed = false;
  PruneOptions options;
  options.progress = [&](uint64_t, uint64_t) {
    if (committed) return true;
    committed = true;
    add(*second, "meanwhile");
    remove(*second, "d1");
    StoreOptions impatient = shared_options();
    impatient.lock_timeout_ms = 0;
    assert_code(open_store(impatient)->prune({}), Code::kBusy);
    return true;
  };
  assert_ok(first->prune(options));
  assert_true(committed);
  assert_ids(*first, "d0 d2 d3 d4 d5 meanwhile");
  add(*second, "later");
  assert_ids(*second, "d0 d2 d3 d4 d5 meanwhile later");
  assert_sound();
}

void after_a_failed_sync_of_one_the_other_recovers_and_goes_on(void** state) {
  const auto first = open_shared();
  const auto second = open_shared();
  add_many(*first, 0, 3);
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kMarkedClean);
  assert_code(first->sync(), Code::kPoisoned);
  mounted_memory::files_of(state).fail_syncs(SyncFailure::kNone);
  add(*second, "x", "", Durability::kDurable);
  const Document document = make_document("y");
  assert_code(commit(*first, {append(document)}), Code::kPoisoned);
  assert_ids(*second, "d0 d1 d2 x");
  assert_code(first->close(), Code::kPoisoned);
  assert_ok(second->close());
  assert_clean(state, "d0 d1 d2 x");
}

void the_embedding_column_that_the_other_founded_binds(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  const Document three = make_embedded("a", "1,2,3");
  const Document two = make_embedded("b", "1,2");
  assert_ok(commit(*first, {append(three)}));
  assert_code(commit(*second, {append(two)}), Code::kInvalidDocument);
}

void the_last_one_out_leaves_the_id_index_for_the_next(void**) {
  const auto first = open_shared();
  const auto second = open_shared();
  for (uint64_t i = 0; i < 10; i += 2) {
    add_many(*first, i * 1000, i * 1000 + 1000);
    add_many(*second, i * 1000 + 1000, i * 1000 + 2000);
  }
  assert_int_equal(code_of_finding(*second->view(), "d0"), Code::kOk);
  assert_int_equal(code_of_finding(*second->view(), "d9999"), Code::kOk);
  assert_ok(first->close());
  assert_int_equal(value_of(second->stat(Stat::kIndexBytes)), 0);
  assert_ok(second->checkpoint_finish());
  assert_true(value_of(second->stat(Stat::kIndexBytes)) > 0);
  assert_int_equal(code_of_finding(*second->view(), "d4711"), Code::kOk);
  assert_ok(second->close());
  assert_sound();
  const auto next = open_store();
  assert_int_equal(code_of_finding(*next->view(), "d9999"), Code::kOk);
  assert_true(value_of(next->stat(Stat::kIndexMemory)) < (1 << 20));
}

// A write that fails leaves nothing behind that the other could stumble on.
void a_write_of_one_that_fails_does_not_concern_the_other(void**) {
  uint64_t index = 0;
  for (bool struck = true; struck; ++index) {
    const std::string path = "/fails" + std::to_string(index);
    const auto first = open_store(shared_options(), path);
    const auto second = open_store(shared_options(), path);
    add_many(*first, 0, 2);
    const Document changed = make_document("d0", "changed");
    const Document added = make_document("new");
    Status status;
    {
      const FaultInjector injector({.at = index, .kind = CallKind::kPwrite, .error = ENOSPC});
      status = commit(*first, {set("d0", changed), append(added)});
      struck = injector.has_struck();
    }
    const char* before = status.ok() ? "d0 d1 new" : "d0 d1";
    assert_true(value_of(second->reload()));
    assert_ids(*second, before);
    add(*second, "x");
    assert_ok(first->reload().status());
    assert_string_equal(ids_of(*first->view()).c_str(), ids_of(*second->view()).c_str());
    assert_sound(path);
  }
  assert_true(index > 5);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(commits_of_two_writers_come_one_after_the_other),
      TEST_ON_MEMORY(the_revisions_of_both_ascend),
      TEST_ON_MEMORY(an_id_that_the_other_gave_is_there_already),
      TEST_ON_MEMORY(an_expected_revision_that_the_other_replaced_is_a_conflict),
      TEST_ON_MEMORY(a_batch_aimed_at_a_position_notices_that_the_other_changed_it),
      TEST_ON_MEMORY(a_writer_for_itself_and_shared_ones_are_busy_to_each_other),
      TEST_ON_MEMORY(a_turn_that_does_not_come_is_busy_and_nothing_is_done),
      TEST_ON_MEMORY(what_a_view_shows_stays_while_the_other_commits),
      TEST_ON_MEMORY(buffered_commits_are_seen_at_once),
      TEST_ON_MEMORY(a_checkpoint_of_one_is_heeded_by_the_other),
      TEST_ON_MEMORY(a_prune_of_one_is_followed_by_the_other),
      TEST_ON_MEMORY(commits_of_the_other_go_on_during_a_prune_and_come_along),
      TEST_ON_MEMORY(after_a_failed_sync_of_one_the_other_recovers_and_goes_on),
      TEST_ON_MEMORY(the_embedding_column_that_the_other_founded_binds),
      TEST_ON_MEMORY(the_last_one_out_leaves_the_id_index_for_the_next),
      TEST_ON_MEMORY(a_write_of_one_that_fails_does_not_concern_the_other),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
