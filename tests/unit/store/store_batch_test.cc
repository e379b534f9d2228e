// Batches: operations see those before them, all happen or none, and each refusal has its code.
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using Operations = std::vector<WriteOperation>;

// The documents that the rows below are made of.
struct Samples {
  Document a = make_document("a", "1");
  Document a2 = make_document("a", "2");
  Document b = make_document("b", "1");
  Document b2 = make_document("b", "2");
  Document c = make_document("c", "1");
};

struct Row {
  const char* name;
  Operations operations;
  Code code;
};

// On an array of a in slot 0 and b in slot 1.
std::vector<Row> rows(const Samples& s) {
  return {
      {"append", {append(s.c)}, Code::kOk},
      {"append of a live id", {append(s.a2)}, Code::kAlreadyExists},
      {"append of a live id after another", {append(s.c), append(s.a2)}, Code::kAlreadyExists},
      {"equal ids in one batch", {append(s.c), append(s.c)}, Code::kAlreadyExists},
      {"upsert of a live id", {append(s.a2, true)}, Code::kOk},
      {"upsert of an absent id", {append(s.c, true)}, Code::kOk},
      {"upsert of equal ids", {append(s.c, true), append(s.c, true)}, Code::kOk},
      {"set", {set("a", s.a2)}, Code::kOk},
      {"set twice", {set("a", s.a2), set("a", s.a)}, Code::kOk},
      {"set of an absent id", {set("c", s.c)}, Code::kNotFound},
      {"set with another id", {set("a", s.c)}, Code::kInvalidArgument},
      {"set of what was appended", {append(s.c), set("c", s.c)}, Code::kOk},
      {"set of what was deleted", {erase("a"), set("a", s.a2)}, Code::kNotFound},
      {"set_at", {set_at(0, s.a2)}, Code::kOk},
      {"set_at with a new id", {set_at(0, s.c)}, Code::kOk},
      {"set_at with a live id", {set_at(0, s.b)}, Code::kAlreadyExists},
      {"set_at with an id freed before", {erase("b"), set_at(0, s.b2)}, Code::kOk},
      {"set_at of no slot", {set_at(9, s.c)}, Code::kNotFound},
      {"the old id after set_at", {set_at(0, s.c), append(s.a2)}, Code::kOk},
      {"the new id after set_at", {set_at(0, s.c), append(s.c)}, Code::kAlreadyExists},
      {"ids that change places", {set_at(0, s.c), set_at(1, s.a2), set_at(0, s.b2)}, Code::kOk},
      {"delete", {erase("a")}, Code::kOk},
      {"delete of an absent id", {erase("c")}, Code::kNotFound},
      {"delete twice", {erase("a"), erase("a")}, Code::kNotFound},
      {"delete_at twice", {erase_at(0), erase_at(0)}, Code::kNotFound},
      {"delete_at of no slot", {erase_at(2)}, Code::kNotFound},
      {"delete by id and slot", {erase("a"), erase_at(0)}, Code::kNotFound},
      {"delete of all", {erase_at(1), erase_at(0)}, Code::kOk},
      {"delete and append", {erase("a"), append(s.a2)}, Code::kOk},
      {"append and delete", {append(s.c), erase("c")}, Code::kOk},
      {"append, delete, append", {append(s.c), erase("c"), append(s.c)}, Code::kOk},
      {"delete, append, delete, append",
       {erase("a"), append(s.a), erase("a"), append(s.a2)},
       Code::kOk},
      {"delete, append, set_at of the new slot",
       {erase("a"), append(s.a), set_at(2, s.c)},
       Code::kOk},
      {"a failure at the end",
       {append(s.c), erase("a"), set("b", s.b2), erase("a")},
       Code::kNotFound},
  };
}

// Runs each row on an array of its own, in `durability`, and compares with the model.
void run_rows(Durability durability) {
  const Samples samples;
  size_t number = 0;
  for (const Row& row : rows(samples)) {
    const std::string path = "/data/array" + std::to_string(number++);
    ArrayModel model;
    const Operations start = {append(samples.a), append(samples.b)};
    assert_int_equal(model.apply_all(start), Code::kOk);
    {
      const auto store = open_store(test_options(durability), path);
      assert_ok(commit(*store, start, durability));
      const Code expected = model.apply_all(row.operations);
      if (expected != row.code) print_error("the model at row: %s\n", row.name);
      assert_int_equal(expected, row.code);
      const Status status = commit(*store, row.operations, durability);
      if (status.code() != row.code) print_error("row: %s\n", row.name);
      assert_code(status, row.code);
      assert_shows(*store->view(), model);
    }
    assert_sound(path);
    assert_shows(*open_store(read_only_options(), path)->view(), model);
  }
}

void each_batch_does_what_the_model_does(void**) { run_rows(Durability::kVisible); }

void each_buffered_batch_does_what_the_model_does(void**) { run_rows(Durability::kBuffered); }

void each_durable_batch_does_what_the_model_does(void**) { run_rows(Durability::kDurable); }

void an_empty_batch_is_no_commit(void**) {
  const auto store = open_store();
  add(*store, "a");
  const uint64_t before = store->view()->revision();
  const auto done = store->commit({}, Durability::kVisible);
  assert_ok(done.status());
  assert_int_equal(done.value().revision, before);
  assert_int_equal(store->view()->revision(), before);
}

void a_refused_batch_writes_nothing(void**) {
  const auto store = open_store();
  add(*store, "a");
  const int64_t bytes = value_of(store->stat(Stat::kBodyBytes));
  const uint64_t revision = store->view()->revision();
  const Samples samples;
  assert_code(commit(*store, {append(samples.b), append(samples.a)}), Code::kAlreadyExists);
  assert_int_equal(value_of(store->stat(Stat::kBodyBytes)), bytes);
  assert_int_equal(store->view()->revision(), revision);
}

void results_tell_slots_revision_and_replacement(void**) {
  const auto store = open_store();
  const Samples samples;
  const Operations both = {append(samples.a), append(samples.b)};
  CommitResult done = value_of(store->commit(both, Durability::kVisible));
  assert_int_equal(done.first_slot, 0);
  assert_int_equal(done.last_slot, 1);
  assert_false(done.replaced_any);
  assert_int_equal(done.revision, store->view()->revision());
  const Operations upserts = {append(samples.b2, true), append(samples.c, true)};
  done = value_of(store->commit(upserts, Durability::kVisible));
  assert_int_equal(done.first_slot, 1);
  assert_int_equal(done.last_slot, 2);
  assert_true(done.replaced_any);
}

void a_commit_expecting_another_revision_is_a_conflict(void**) {
  const auto store = open_store();
  const Samples samples;
  add(*store, "a", "1");
  uint64_t revision = 0;
  assert_ok(store->view()->revision_of(0, revision));
  add(*store, "b", "1");
  for (WriteOperation operation : {set("a", samples.a2), erase("a"), set_at(0, samples.a2),
                                   erase_at(0), append(samples.a2, true)}) {
    operation.expected_revision = revision + 1;
    assert_code(commit(*store, {operation}), Code::kConflict);
    assert_string_equal(text_of(*store->view(), "a").c_str(), "1");
  }
  WriteOperation operation = set("a", samples.a2);
  operation.expected_revision = revision;
  assert_ok(commit(*store, {operation}));
  assert_code(commit(*store, {operation}), Code::kConflict);
  assert_string_equal(text_of(*store->view(), "a").c_str(), "2");
}

void a_slot_that_changed_since_it_was_seen_is_a_conflict(void**) {
  const auto store = open_store();
  const Samples samples;
  add(*store, "a", "1");
  WriteOperation stale = erase_at(0);
  stale.seen = seen_at(*store->view(), 0, "a");
  assert_ok(commit(*store, {set("a", samples.a2)}));
  assert_code(commit(*store, {stale}), Code::kConflict);
  remove(*store, "a");
  assert_code(commit(*store, {stale}), Code::kConflict);
}

void a_slot_seen_before_the_batch_may_change_within_it(void**) {
  const auto store = open_store();
  const Samples samples;
  add(*store, "a", "1");
  WriteOperation first = set_at(0, samples.a2);
  first.seen = seen_at(*store->view(), 0, "a");
  WriteOperation second = erase_at(0);
  second.seen = seen_at(*store->view(), 0, "a");
  assert_ok(commit(*store, {first, second}));
  assert_int_equal(store->view()->count(), 0);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(each_batch_does_what_the_model_does),
      TEST_ON_MEMORY(each_buffered_batch_does_what_the_model_does),
      TEST_ON_MEMORY(each_durable_batch_does_what_the_model_does),
      TEST_ON_MEMORY(an_empty_batch_is_no_commit),
      TEST_ON_MEMORY(a_refused_batch_writes_nothing),
      TEST_ON_MEMORY(results_tell_slots_revision_and_replacement),
      TEST_ON_MEMORY(a_commit_expecting_another_revision_is_a_conflict),
      TEST_ON_MEMORY(a_slot_that_changed_since_it_was_seen_is_a_conflict),
      TEST_ON_MEMORY(a_slot_seen_before_the_batch_may_change_within_it),
  };
  return cmocka_run_group_tests_name("store_batch", tests, nullptr, nullptr);
}
