// Batches: writes that become visible together or never.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static dam_batch* begin(dam_array* array) {
  dam_batch* batch = NULL;
  ASSERT_STATUS(DAM_OK, dam_batch_begin(array, &batch));
  return batch;
}

static void a_batch_is_invisible_until_its_one_commit(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  size_t changed_size;
  void* added = make_bytes("d", "added", &size);
  void* changed = make_bytes("b", "changed", &changed_size);
  int64_t revision = -1;
  int64_t of_each = -2;
  dam_batch* batch;
  append_letters(fixture->array, "abc");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_append(batch, added, size, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_set(batch, "b", 1, changed, changed_size, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, 0));
  assert_string_equal(joined_ids(fixture->array), "abc");
  assert_text(fixture->array, "b", "b");
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, DAM_DURABLE, &revision));
  assert_string_equal(joined_ids(fixture->array), "bcd");
  assert_text(fixture->array, "b", "changed");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "b", 1, &of_each));
  assert_int_equal(of_each, revision);
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "d", 1, &of_each));
  assert_int_equal(of_each, revision);
  free(changed);
  free(added);
}

static void a_batch_owns_copies_of_what_it_is_given(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch;
  size_t size;
  char id[] = "a";
  char* data = make_bytes("a", "kept", &size);
  append_letters(fixture->array, "ab");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_set(batch, id, 1, data, size, 0));
  id[0] = 'b';
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, id, DAM_NUL_TERMINATED, 0));
  id[0] = 'z';
  memset(data, 'z', size);
  free(data);
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "a");
  assert_text(fixture->array, "a", "kept");
}

static void many_documents_of_many_sizes_fit_in_a_batch(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch = begin(fixture->array);
  char text[301];
  char id[8] = "a";
  int i;
  for (i = 0; i < 300; ++i) {
    size_t size;
    void* data;
    memset(text, 'x', (size_t)i);
    text[i] = '\0';
    id[0] = (char)('a' + i % 26);
    id[1] = (char)('a' + i / 26);
    data = make_bytes(id, text, &size);
    ASSERT_STATUS(DAM_OK, dam_batch_append(batch, data, size, 0));
    free(data);
  }
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_int_equal(strlen(joined_ids(fixture->array)), 600);
  assert_text(fixture->array, id, text);
}

static void positions_mean_the_array_as_committed_at_the_call(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* data = make_bytes("x", "new", &size);
  dam_batch* batch;
  append_letters(fixture->array, "abcd");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete_at(batch, 0, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_set_at(batch, 1, data, size, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_delete_at(batch, -1, 0));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_batch_delete_at(batch, 4, 0));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_batch_set_at(batch, -5, data, size, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "xc");
  free(data);
}

static void another_commit_to_that_document_is_a_conflict(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* data = make_bytes("b", "theirs", &size);
  dam_batch* batch;
  append_letters(fixture->array, "abc");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_delete_at(batch, 1, 0));
  ASSERT_STATUS(DAM_OK, dam_set(fixture->array, "b", 1, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_CONFLICT, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "abc");
  assert_text(fixture->array, "b", "theirs");
  free(data);
}

static void an_expected_revision_is_checked_at_the_commit(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch;
  int64_t revision = -1;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "a", 1, &revision));
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "b", 1, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, revision + 9));
  ASSERT_STATUS(DAM_CONFLICT, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "ab");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, revision));
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "b");
}

static void a_failed_call_leaves_the_batch_as_it_was(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  unsigned char* data = make_bytes("b", "x", &size);
  dam_batch* batch;
  append_letters(fixture->array, "a");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_append(batch, data, size, DAM_UPSERT));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_append(batch, data, size, DAM_DURABLE));
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_batch_append(batch, data, 8, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_set(batch, "a", 1, data, size, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_set(batch, "b", 1, data, size, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_set_at(batch, 0, data, size, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_delete(batch, "a", 1, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_delete(batch, "", 0, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_delete_at(batch, 0, -1));
  ASSERT_STATUS(DAM_OK, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "ab");
  free(data);
}

static void commit_and_discard_end_the_handle_whatever_they_answer(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch;
  append_letters(fixture->array, "a");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_discard(batch));
  ASSERT_STATUS(DAM_CLOSED, dam_batch_commit(batch, 0, NULL));
  assert_string_equal(joined_ids(fixture->array), "a");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "z", 1, 0));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_batch_commit(batch, 0, NULL));
  ASSERT_STATUS(DAM_CLOSED, dam_batch_discard(batch));
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_batch_commit(batch, DAM_UPSERT, NULL));
  ASSERT_STATUS(DAM_CLOSED, dam_batch_delete(batch, "a", 1, 0));
}

static void an_empty_batch_changes_nothing(void** state) {
  struct array_fixture* fixture = *state;
  int64_t before = -1;
  int64_t after = -2;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &before));
  ASSERT_STATUS(DAM_OK, dam_batch_commit(begin(fixture->array), 0, &after));
  assert_int_equal(after, before);
}

static void a_batch_of_a_closed_array_cannot_be_committed(void** state) {
  struct array_fixture* fixture = *state;
  dam_batch* batch;
  dam_batch* another = NULL;
  append_letters(fixture->array, "a");
  batch = begin(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_batch_delete(batch, "a", 1, 0));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_CLOSED, dam_batch_begin(fixture->array, &another));
  ASSERT_STATUS(DAM_CLOSED, dam_batch_commit(batch, 0, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_batch_is_invisible_until_its_one_commit),
      ARRAY_TEST(a_batch_owns_copies_of_what_it_is_given),
      ARRAY_TEST(many_documents_of_many_sizes_fit_in_a_batch),
      ARRAY_TEST(positions_mean_the_array_as_committed_at_the_call),
      ARRAY_TEST(another_commit_to_that_document_is_a_conflict),
      ARRAY_TEST(an_expected_revision_is_checked_at_the_commit),
      ARRAY_TEST(a_failed_call_leaves_the_batch_as_it_was),
      ARRAY_TEST(commit_and_discard_end_the_handle_whatever_they_answer),
      ARRAY_TEST(an_empty_batch_changes_nothing),
      ARRAY_TEST(a_batch_of_a_closed_array_cannot_be_committed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
