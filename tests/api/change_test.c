// Replacing and deleting.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static int64_t revision_of(dam_array* array, const char* id) {
  int64_t revision = -1;
  ASSERT_STATUS(DAM_OK, dam_revision(array, id, DAM_NUL_TERMINATED, &revision));
  return revision;
}

static void set_replaces_in_place_with_a_new_revision(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* data = make_bytes("b", "new", &size);
  int64_t before;
  int64_t revision = -1;
  append_letters(fixture->array, "abc");
  before = revision_of(fixture->array, "b");
  ASSERT_STATUS(DAM_OK, dam_set(fixture->array, "b", 1, data, size, 0, 0, &revision));
  assert_true(revision > before);
  assert_int_equal(revision_of(fixture->array, "b"), revision);
  assert_text(fixture->array, "b", "new");
  assert_string_equal(joined_ids(fixture->array), "abc");
  free(data);
}

static void set_needs_a_live_id_and_the_same_id_inside(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* nameless = document_of("{\"text\":\"x\"}");
  const void* nameless_data;
  size_t nameless_size;
  size_t size;
  void* data = make_bytes("b", "new", &size);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(nameless, &nameless_data, &nameless_size));
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_NOT_FOUND, dam_set(fixture->array, "b", 1, data, size, 0, 0, NULL));
  assert_string_equal(dam_last_error(), "");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set(fixture->array, "a", 1, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_set(fixture->array, "a", 1, nameless_data, nameless_size, 0, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_set(fixture->array, "a", 1, data, 8, 0, 0, NULL));
  assert_text(fixture->array, "a", "a");
  dam_document_free(nameless);
  free(data);
}

static void an_expected_revision_guards_every_change(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  size_t size;
  void* data = make_bytes("a", "new", &size);
  int64_t revision;
  append_letters(array, "ab");
  revision = revision_of(array, "a");
  ASSERT_STATUS(DAM_CONFLICT, dam_set(array, "a", 1, data, size, revision + 9, 0, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_set_at(array, 0, data, size, revision + 9, 0, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_delete(array, "a", 1, revision + 9, 0, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_delete_at(array, 0, revision + 9, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set(array, "a", 1, data, size, -1, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_at(array, 0, data, size, -1, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_delete(array, "a", 1, -1, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_delete_at(array, 0, -1, 0, NULL));
  assert_text(array, "a", "a");
  ASSERT_STATUS(DAM_OK, dam_set(array, "a", 1, data, size, revision, 0, &revision));
  ASSERT_STATUS(DAM_OK, dam_set_at(array, 0, data, size, revision, 0, &revision));
  ASSERT_STATUS(DAM_OK, dam_delete(array, "a", 1, revision, 0, NULL));
  assert_string_equal(joined_ids(array), "b");
  free(data);
}

static void set_at_may_change_the_id_to_one_that_is_not_live(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* data = make_bytes("x", "new", &size);
  void* taken = make_bytes("c", "new", &size);
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_set_at(fixture->array, -2, data, size, 0, DAM_DURABLE, NULL));
  assert_string_equal(joined_ids(fixture->array), "axc");
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_set_at(fixture->array, 0, taken, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_set_at(fixture->array, 3, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_set_at(fixture->array, -4, data, size, 0, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "axc");
  free(taken);
  free(data);
}

static void set_at_gives_a_document_without_an_id_a_fresh_one(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* nameless = document_of("{\"text\":\"x\"}");
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(nameless, &data, &size));
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_set_at(fixture->array, 0, data, size, 0, 0, NULL));
  assert_int_equal(strlen(joined_ids(fixture->array)), 36);
  dam_document_free(nameless);
}

static void delete_moves_later_positions_down_and_append_puts_at_the_end(void** state) {
  struct array_fixture* fixture = *state;
  int64_t revision = -1;
  append_letters(fixture->array, "abcd");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "b", 1, 0, 0, &revision));
  assert_true(revision > 0);
  assert_string_equal(joined_ids(fixture->array), "acd");
  ASSERT_STATUS(DAM_NOT_FOUND, dam_delete(fixture->array, "b", 1, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete_at(fixture->array, -1, 0, DAM_VISIBLE, &revision));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_delete_at(fixture->array, 2, 0, 0, NULL));
  append_letters(fixture->array, "b");
  assert_string_equal(joined_ids(fixture->array), "acb");
}

static void delete_range_follows_the_rules_of_slices(void** state) {
  static const struct {
    int64_t start, stop, step;
    const char* left;
  } kCases[] = {
      {1, 3, 1, "adef"},
      {DAM_OMITTED, DAM_OMITTED, 2, "bdf"},
      {-2, DAM_OMITTED, DAM_OMITTED, "abcd"},
      {DAM_OMITTED, DAM_OMITTED, -1, ""},
      {4, 1, -2, "abdf"},
      {3, 3, 1, "abcdef"},
      {9, 99, 1, "abcdef"},
      {0, 1, INT64_MAX, "bcdef"},
  };
  struct array_fixture* fixture = *state;
  size_t i;
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    int64_t deleted = -1;
    append_letters(fixture->array, "abcdef");
    ASSERT_STATUS(DAM_OK, dam_delete_range(fixture->array, kCases[i].start, kCases[i].stop,
                                           kCases[i].step, 0, &deleted));
    assert_int_equal(deleted, 6 - strlen(kCases[i].left));
    assert_string_equal(joined_ids(fixture->array), kCases[i].left);
    ASSERT_STATUS(DAM_OK, dam_delete_range(fixture->array, DAM_OMITTED, DAM_OMITTED, 1, 0, NULL));
  }
}

static void delete_range_refuses_a_step_of_0(void** state) {
  struct array_fixture* fixture = *state;
  int64_t deleted = -7;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_delete_range(fixture->array, 0, 2, 0, 0, &deleted));
  assert_int_equal(deleted, -7);
  assert_string_equal(joined_ids(fixture->array), "ab");
}

static void changes_know_no_flag_but_a_durability(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  size_t size;
  void* data = make_bytes("a", "new", &size);
  append_letters(array, "a");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set(array, "a", 1, data, size, 0, DAM_UPSERT, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_at(array, 0, data, size, 0, DAM_UPSERT, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_delete(array, "a", 1, 0, DAM_UPSERT, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_delete_at(array, 0, 0, 16, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_delete_range(array, 0, 1, 1, DAM_VISIBLE | DAM_DURABLE, NULL));
  assert_text(array, "a", "a");
  free(data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(set_replaces_in_place_with_a_new_revision),
      ARRAY_TEST(set_needs_a_live_id_and_the_same_id_inside),
      ARRAY_TEST(an_expected_revision_guards_every_change),
      ARRAY_TEST(set_at_may_change_the_id_to_one_that_is_not_live),
      ARRAY_TEST(set_at_gives_a_document_without_an_id_a_fresh_one),
      ARRAY_TEST(delete_moves_later_positions_down_and_append_puts_at_the_end),
      ARRAY_TEST(delete_range_follows_the_rules_of_slices),
      ARRAY_TEST(delete_range_refuses_a_step_of_0),
      ARRAY_TEST(changes_know_no_flag_but_a_durability),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
