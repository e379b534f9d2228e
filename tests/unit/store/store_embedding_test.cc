// The embedding column: founded by option or by the first embedding, and what fits it afterwards.
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

int64_t dimension(Store& store) { return value_of(store.stat(Stat::kEmbeddingDim)); }

StoreOptions with_dimension(uint32_t dim) {
  StoreOptions options = test_options();
  options.embedding_dim = dim;
  return options;
}

void an_array_without_embeddings_has_no_column(void**) {
  const auto store = open_store();
  add(*store, "plain");
  assert_int_equal(dimension(*store), 0);
}

void the_first_embedding_founds_the_column_for_ever(void**) {
  const Document three = make_embedded("three", "1,2,3");
  const Document two = make_embedded("two", "1,2");
  {
    const auto store = open_store();
    add(*store, "plain");
    assert_ok(commit(*store, {append(three)}));
    assert_int_equal(dimension(*store), 3);
    assert_code(commit(*store, {append(two)}), Code::kInvalidDocument);
    add(*store, "another plain one");
  }
  const auto store = open_store();
  assert_int_equal(dimension(*store), 3);
  assert_code(commit(*store, {append(two)}), Code::kInvalidDocument);
  assert_string_equal(ids_of(*store->view()).c_str(), "plain three another plain one");
  assert_sound();
}

void a_dimension_chosen_at_creation_is_held(void**) {
  {
    const auto store = open_store(with_dimension(2));
    assert_int_equal(dimension(*store), 2);
    const Document three = make_embedded("three", "1,2,3");
    assert_code(commit(*store, {append(three)}), Code::kInvalidDocument);
    const Document two = make_embedded("two", "1,2");
    assert_ok(commit(*store, {append(two)}));
    const Document doubles = make_embedded("doubles", "1,2", "f64");
    assert_code(commit(*store, {append(doubles)}), Code::kInvalidDocument);
  }
  assert_code(open_failure(with_dimension(3)), Code::kInvalidArgument);
  assert_int_equal(dimension(*open_store(with_dimension(2))), 2);
  assert_sound();
}

void a_refused_first_embedding_founds_nothing(void**) {
  const auto store = open_store();
  add(*store, "taken");
  const Document three = make_embedded("three", "1,2,3");
  const Document taken = make_document("taken");
  assert_code(commit(*store, {append(three), append(taken)}), Code::kAlreadyExists);
  assert_int_equal(dimension(*store), 0);
  const Document two = make_embedded("two", "1,2");
  assert_ok(commit(*store, {append(two)}));
  assert_int_equal(dimension(*store), 2);
}

void two_shapes_in_one_batch_are_refused_together(void**) {
  const auto store = open_store();
  const Document three = make_embedded("three", "1,2,3");
  const Document two = make_embedded("two", "1,2");
  const Status status = commit(*store, {append(three), append(two)});
  assert_code(status, Code::kInvalidDocument);
  assert_non_null(strstr(status.message(), "2 x f32"));
  assert_non_null(strstr(status.message(), "3 x f32"));
  assert_int_equal(store->view()->count(), 0);
}

void replacements_must_fit_too(void**) {
  const auto store = open_store();
  const Document three = make_embedded("a", "1,2,3");
  const Document two = make_embedded("a", "1,2");
  const Document none = make_document("a");
  assert_ok(commit(*store, {append(three)}));
  assert_code(commit(*store, {set("a", two)}), Code::kInvalidDocument);
  assert_code(commit(*store, {append(two, true)}), Code::kInvalidDocument);
  assert_code(commit(*store, {set_at(0, two)}), Code::kInvalidDocument);
  assert_ok(commit(*store, {set("a", none)}));
  assert_ok(commit(*store, {set("a", three)}));
}

void refuses_what_is_not_finite(const StoreOptions& options) {
  const auto store = open_store(options);
  for (const char* value : {"\"NaN\"", "\"Infinity\"", "\"-Infinity\""}) {
    const Document document = make_embedded("a", std::string("1,") + value);
    assert_code(commit(*store, {append(document)}), Code::kInvalidDocument);
  }
  assert_int_equal(dimension(*store), 0);
}

void components_that_are_not_finite_are_refused(void**) {
  refuses_what_is_not_finite(test_options());
}

void whatever_shape_is_allowed_components_are_finite(void**) {
  StoreOptions options = test_options();
  options.any_embedding = true;
  refuses_what_is_not_finite(options);
}

void an_array_opened_to_allow_it_stores_any_embedding(void**) {
  StoreOptions options = test_options();
  options.any_embedding = true;
  const auto store = open_store(options);
  const Document three = make_embedded("three", "1,2,3");
  const Document two = make_embedded("two", "1,2");
  assert_ok(commit(*store, {append(three), append(two)}));
  assert_int_equal(store->view()->count(), 2);
  assert_int_equal(dimension(*store), 0);
  assert_ok(store->close());
  assert_sound();
}

void a_buffered_first_embedding_founds_the_column_in_its_view(void**) {
  const auto store = open_store(test_options(Durability::kBuffered));
  const Document three = make_embedded("three", "1,2,3");
  assert_ok(commit(*store, {append(three)}, Durability::kBuffered));
  assert_int_equal(dimension(*store), 3);
  const auto reader = open_store(read_only_options());
  assert_int_equal(dimension(*reader), 0);
  assert_ok(store->flush());
  assert_true(value_of(reader->reload()));
  assert_int_equal(dimension(*reader), 3);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(an_array_without_embeddings_has_no_column),
      TEST_ON_MEMORY(the_first_embedding_founds_the_column_for_ever),
      TEST_ON_MEMORY(a_dimension_chosen_at_creation_is_held),
      TEST_ON_MEMORY(a_refused_first_embedding_founds_nothing),
      TEST_ON_MEMORY(two_shapes_in_one_batch_are_refused_together),
      TEST_ON_MEMORY(replacements_must_fit_too),
      TEST_ON_MEMORY(components_that_are_not_finite_are_refused),
      TEST_ON_MEMORY(an_array_opened_to_allow_it_stores_any_embedding),
      TEST_ON_MEMORY(whatever_shape_is_allowed_components_are_finite),
      TEST_ON_MEMORY(a_buffered_first_embedding_founds_the_column_in_its_view),
  };
  return cmocka_run_group_tests_name("store_embedding", tests, nullptr, nullptr);
}
