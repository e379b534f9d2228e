// The key length of an array: fixed at creation, carried on by whatever rewrites the files.
#include "store/backup_array.h"
#include "store/salvage_array.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kCopy = "/copy";

StoreOptions with_key_length(uint32_t key_length) {
  StoreOptions options = test_options();
  options.key_length = key_length;
  return options;
}

int64_t key_length(const Store& store) { return value_of(store.stat(Stat::kKeyLength)); }

void assert_refuses_long_ids(Store& store) {
  const Document longer = make_document("12345");
  const Status status = commit(store, {append(longer)});
  assert_code(status, Code::kTooBig);
  assert_non_null(strstr(status.message(), "5 code points"));
  assert_non_null(strstr(status.message(), "is 4"));
}

void ids_have_any_length_by_default(void**) {
  const auto store = open_store();
  assert_int_equal(key_length(*store), 0);
  add(*store, std::string(65535, 'x'));
  assert_sound();
}

void a_longer_id_is_refused_wherever_it_would_be_stored(void**) {
  const auto store = open_store(with_key_length(4));
  assert_int_equal(key_length(*store), 4);
  add(*store, "1234");
  assert_refuses_long_ids(*store);
  const Document fits = make_document("fits");
  const Document longer = make_document("longer");
  const uint64_t revision = store->view()->revision();
  assert_code(commit(*store, {append(fits), append(longer)}), Code::kTooBig);
  assert_code(commit(*store, {append(longer, true)}), Code::kTooBig);
  assert_code(commit(*store, {set_at(0, longer)}), Code::kTooBig);
  assert_code(commit(*store, {append(longer)}, Durability::kBuffered), Code::kTooBig);
  assert_int_equal(store->view()->revision(), revision);
  assert_ok(commit(*store, {set_at(0, fits)}));
  assert_string_equal(ids_of(*store->view()).c_str(), "fits");
  assert_sound();
}

void the_length_counts_code_points_and_not_bytes(void**) {
  const auto store = open_store(with_key_length(4));
  add(*store, "\u00e4\u20ac\U0001F426z");  // 2, 3, 4 and 1 bytes
  const Document five = make_document("\u00e4\u00e4\u00e4\u00e4\u00e4");
  assert_code(commit(*store, {append(five)}), Code::kTooBig);
}

void an_open_for_writing_must_ask_for_the_length_there_is_or_none(void**) {
  add(*open_store(with_key_length(4)), "a");
  assert_int_equal(key_length(*open_store()), 4);
  assert_int_equal(key_length(*open_store(with_key_length(4))), 4);
  const Status other = open_failure(with_key_length(5));
  assert_code(other, Code::kInvalidArgument);
  assert_non_null(strstr(other.message(), "is 4, not 5"));
  assert_int_equal(key_length(*open_store(read_only_options())), 4);
}

void an_array_that_was_made_without_takes_none_later(void**) {
  add(*open_store(), "a");
  assert_code(open_failure(with_key_length(4)), Code::kInvalidArgument);
  assert_true(open_store()->clear().ok());
  assert_code(open_failure(with_key_length(4)), Code::kInvalidArgument);
}

void a_creation_that_was_cut_short_is_completed_by_the_next_open(void**) {
  assert_ok(open_store()->close());
  assert_int_equal(key_length(*open_store(with_key_length(4))), 4);
}

void both_facts_stand_side_by_side(void**) {
  StoreOptions options = with_key_length(4);
  options.embedding_dim = 2;
  {
    const auto store = open_store(options);
    const Document two = make_embedded("two", "1,2");  // founds the dtype: another META
    assert_ok(commit(*store, {append(two)}));
  }
  const auto store = open_store(options);
  assert_int_equal(key_length(*store), 4);
  assert_int_equal(value_of(store->stat(Stat::kEmbeddingDim)), 2);
  assert_refuses_long_ids(*store);
}

void prune_and_clear_keep_the_length(void**) {
  const auto store = open_store(with_key_length(4));
  add_many(*store, 0, 3);
  remove(*store, "d1");
  assert_ok(store->prune({}));
  assert_int_equal(key_length(*store), 4);
  assert_refuses_long_ids(*store);
  assert_true(store->clear().ok());
  assert_int_equal(key_length(*store), 4);
  assert_refuses_long_ids(*store);
  assert_ok(store->close());
  assert_int_equal(key_length(*open_store()), 4);
  assert_sound();
}

void a_length_set_while_a_prune_copies_is_not_lost(void**) {
  const auto store = open_store(with_key_length(4));
  add_many(*store, 0, 3);
  PruneOptions options;
  bool first = true;
  options.progress = [&](uint64_t, uint64_t) {
    const Document embedded = make_embedded("emb", "1,2");
    if (first) assert_ok(commit(*store, {append(embedded)}));
    first = false;
    return true;
  };
  assert_ok(store->prune(options));
  assert_int_equal(key_length(*store), 4);
  assert_int_equal(value_of(store->stat(Stat::kEmbeddingDim)), 2);
}

void backup_and_salvage_keep_the_length(void**) {
  {
    const auto store = open_store(with_key_length(4));
    add(*store, "a");
    assert_ok(backup_view(*store->view(), kCopy, {}));
  }
  assert_int_equal(key_length(*open_store(test_options(), kCopy)), 4);
  SalvageOutcome outcome;
  assert_ok(salvage_array(kArray, "/saved", {}, outcome));
  const auto saved = open_store(test_options(), "/saved");
  assert_int_equal(key_length(*saved), 4);
  assert_refuses_long_ids(*saved);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(ids_have_any_length_by_default),
      TEST_ON_MEMORY(a_longer_id_is_refused_wherever_it_would_be_stored),
      TEST_ON_MEMORY(the_length_counts_code_points_and_not_bytes),
      TEST_ON_MEMORY(an_open_for_writing_must_ask_for_the_length_there_is_or_none),
      TEST_ON_MEMORY(an_array_that_was_made_without_takes_none_later),
      TEST_ON_MEMORY(a_creation_that_was_cut_short_is_completed_by_the_next_open),
      TEST_ON_MEMORY(both_facts_stand_side_by_side),
      TEST_ON_MEMORY(prune_and_clear_keep_the_length),
      TEST_ON_MEMORY(a_length_set_while_a_prune_copies_is_not_lost),
      TEST_ON_MEMORY(backup_and_salvage_keep_the_length),
  };
  return cmocka_run_group_tests_name("store_key_length", tests, nullptr, nullptr);
}
