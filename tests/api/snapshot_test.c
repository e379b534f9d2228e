// Views of one commit, which lend their documents.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static void assert_lent_text(dam_snapshot* snapshot, const char* id, const char* text) {
  const void* data = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_snapshot_get(snapshot, id, DAM_NUL_TERMINATED, &data, &size));
  assert_int_equal((uintptr_t)data % 8, 0);
  assert_document_text(data, size, text);
}

static void a_snapshot_shows_its_commit_whatever_is_written(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  int64_t count = -1;
  int64_t position = -1;
  size_t size;
  const void* lent;
  void* data = make_bytes("a", "new", &size);
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_set(fixture->array, "a", 1, data, size, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "b", 1, 0, 0, NULL));
  append_letters(fixture->array, "d");
  ASSERT_STATUS(DAM_OK, dam_snapshot_count(snapshot, &count));
  assert_int_equal(count, 3);
  assert_lent_text(snapshot, "a", "a");
  assert_lent_text(snapshot, "b", "b");
  ASSERT_STATUS(DAM_OK, dam_snapshot_position(snapshot, "c", 1, &position));
  assert_int_equal(position, 2);
  ASSERT_STATUS(DAM_NOT_FOUND, dam_snapshot_get(snapshot, "d", 1, &lent, &size));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_snapshot_position(snapshot, "d", 1, &position));
  assert_string_equal(dam_last_error(), "");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  free(data);
}

static void its_revision_is_that_of_the_latest_commit_then(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  int64_t revision = -1;
  int64_t latest = -2;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &latest));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  append_letters(fixture->array, "c");
  ASSERT_STATUS(DAM_OK, dam_snapshot_revision(snapshot, &revision));
  assert_int_equal(revision, latest);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void positions_and_ids_of_a_snapshot_agree(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  const void* data;
  size_t size;
  char id[4] = "";
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_snapshot_get_at(snapshot, -1, &data, &size));
  assert_document_text(data, size, "c");
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_snapshot_get_at(snapshot, 3, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_snapshot_id_at(snapshot, 1, id, 1, &size));
  assert_string_equal(id, "b");
  ASSERT_STATUS(DAM_TOO_BIG, dam_snapshot_id_at(snapshot, 1, NULL, 0, &size));
  assert_int_equal(size, 1);
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_snapshot_id_at(snapshot, -4, id, 1, &size));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_snapshot_outlives_its_array(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_snapshot* another = NULL;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_CLOSED, dam_snapshot_open(fixture->array, &another));
  assert_lent_text(snapshot, "b", "b");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_released_snapshot_answers_closed(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  int64_t count = -7;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_CLOSED, dam_snapshot_count(snapshot, &count));
  ASSERT_STATUS(DAM_CLOSED, dam_snapshot_release(snapshot));
  assert_int_equal(count, -7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(a_snapshot_shows_its_commit_whatever_is_written),
      ARRAY_TEST(its_revision_is_that_of_the_latest_commit_then),
      ARRAY_TEST(positions_and_ids_of_a_snapshot_agree),
      ARRAY_TEST(a_snapshot_outlives_its_array),
      ARRAY_TEST(a_released_snapshot_answers_closed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
