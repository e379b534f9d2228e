// Adding documents: one at a time, and many in one commit.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

struct packed {
  char* data;
  int64_t offsets[9];
  int64_t count;
};

static struct packed pack_documents(const char* const* ids, const char* text) {
  struct packed packed = {NULL, {0}, 0};
  for (; *ids != NULL; ++ids) {
    size_t size;
    void* bytes = make_bytes(*ids, text, &size);
    const size_t padded = (size + 7) / 8 * 8;
    const size_t used = (size_t)packed.offsets[packed.count];
    packed.data = realloc(packed.data, used + padded);
    assert_non_null(packed.data);
    memset(packed.data + used, 0, padded);
    memcpy(packed.data + used, bytes, size);
    packed.offsets[++packed.count] = (int64_t)(used + padded);
    free(bytes);
  }
  return packed;
}

static void appends_tell_positions_and_ascending_revisions(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* first = make_bytes("a", "1", &size);
  int64_t position = -1;
  int64_t revision = -1;
  int64_t later = -1;
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, first, size, 0, &position, &revision));
  assert_int_equal(position, 0);
  assert_true(revision > 0);
  free(first);
  first = make_bytes("b", "2", &size);
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, first, size, 0, &position, &later));
  assert_int_equal(position, 1);
  assert_true(later > revision);
  free(first);
}

static void a_live_id_is_refused_without_upsert_and_keeps_its_place_with_it(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* again = make_bytes("a", "new", &size);
  int64_t position = -7;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_append(fixture->array, again, size, 0, &position, NULL));
  assert_int_equal(position, -7);
  assert_text(fixture->array, "a", "a");
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, again, size, DAM_UPSERT, &position, NULL));
  assert_int_equal(position, 0);
  assert_text(fixture->array, "a", "new");
  assert_string_equal(joined_ids(fixture->array), "abc");
  free(again);
}

static void every_durability_is_accepted_but_only_one_at_a_time(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  void* data = make_bytes("a", "x", &size);
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, data, size, DAM_DURABLE, NULL, NULL));
  ASSERT_STATUS(DAM_OK,
                dam_append(fixture->array, data, size, DAM_UPSERT | DAM_VISIBLE, NULL, NULL));
  ASSERT_STATUS(DAM_OK,
                dam_append(fixture->array, data, size, DAM_UPSERT | DAM_BUFFERED, NULL, NULL));
  ASSERT_STATUS(
      DAM_INVALID_ARGUMENT,
      dam_append(fixture->array, data, size, DAM_UPSERT | DAM_VISIBLE | DAM_DURABLE, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_append(fixture->array, data, size, 16, NULL, NULL));
  free(data);
}

static void bytes_that_are_no_document_are_refused(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  unsigned char* data = make_bytes("a", "x", &size);
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_append(fixture->array, data, 0, 0, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_append(fixture->array, data, 4, 0, NULL, NULL));
  memset(data, 0xff, 8);
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_append(fixture->array, data, size, 0, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "");
  free(data);
}

static void a_document_at_an_odd_address_is_stored_the_same(void** state) {
  struct array_fixture* fixture = *state;
  size_t size;
  size_t shift;
  void* data = make_bytes("a", "odd", &size);
  char* shifted = malloc(size + 8);
  assert_non_null(shifted);
  for (shift = 1; shift < 8; ++shift) {
    memcpy(shifted + shift, data, size);
    ASSERT_STATUS(DAM_OK,
                  dam_append(fixture->array, shifted + shift, size, DAM_UPSERT, NULL, NULL));
    assert_text(fixture->array, "a", "odd");
  }
  free(shifted);
  free(data);
}

static void a_document_without_an_id_gets_an_ascending_uuid(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = document_of("{\"text\":\"nameless\"}");
  const void* data;
  size_t size;
  char former[37] = "";
  int i;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  for (i = 0; i < 300; ++i) {
    char id[37] = "";
    size_t id_size = 0;
    int64_t position = -1;
    ASSERT_STATUS(DAM_OK, dam_append(fixture->array, data, size, DAM_BUFFERED, &position, NULL));
    ASSERT_STATUS(DAM_OK, dam_id_at(fixture->array, position, id, 36, &id_size));
    assert_int_equal(id_size, 36);
    assert_int_equal(id[14], '7');
    assert_true(strcmp(former, id) < 0);
    strcpy(former, id);
  }
  assert_text(fixture->array, former, "nameless");
  dam_document_free(document);
}

static void extend_adds_all_in_one_commit(void** state) {
  static const char* const kIds[] = {"b", "c", "d", NULL};
  struct array_fixture* fixture = *state;
  struct packed packed = pack_documents(kIds, "x");
  int64_t first = -7;
  int64_t revision = -7;
  int64_t of_each = -7;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_extend(fixture->array, packed.data, packed.offsets, packed.count, 0,
                                   &first, &revision));
  assert_int_equal(first, 1);
  assert_string_equal(joined_ids(fixture->array), "abcd");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "b", 1, &of_each));
  assert_int_equal(of_each, revision);
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "d", 1, &of_each));
  assert_int_equal(of_each, revision);
  free(packed.data);
}

static void extend_by_none_changes_nothing(void** state) {
  struct array_fixture* fixture = *state;
  int64_t first = -7;
  int64_t before = -7;
  int64_t after = -7;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &before));
  ASSERT_STATUS(DAM_OK, dam_extend(fixture->array, NULL, NULL, 0, 0, &first, &after));
  assert_int_equal(first, -1);
  assert_int_equal(after, before);
  ASSERT_STATUS(DAM_OK, dam_stat(fixture->array, DAM_STAT_REVISION, &after));
  assert_int_equal(after, before);
}

static void extend_refuses_equal_ids_as_a_whole_unless_upserting(void** state) {
  static const char* const kIds[] = {"x", "y", "x", NULL};
  struct array_fixture* fixture = *state;
  struct packed packed = pack_documents(kIds, "1");
  int64_t first = -7;
  ASSERT_STATUS(DAM_ALREADY_EXISTS, dam_extend(fixture->array, packed.data, packed.offsets,
                                               packed.count, 0, &first, NULL));
  assert_int_equal(first, -7);
  assert_string_equal(joined_ids(fixture->array), "");
  ASSERT_STATUS(DAM_OK, dam_extend(fixture->array, packed.data, packed.offsets, packed.count,
                                   DAM_UPSERT, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "xy");
  free(packed.data);
}

static void extend_with_upsert_tells_no_first_position_when_it_replaced(void** state) {
  static const char* const kIds[] = {"a", "b", NULL};
  struct array_fixture* fixture = *state;
  struct packed packed = pack_documents(kIds, "new");
  int64_t first = -7;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_extend(fixture->array, packed.data, packed.offsets, packed.count,
                                   DAM_UPSERT, &first, NULL));
  assert_int_equal(first, -1);
  assert_string_equal(joined_ids(fixture->array), "ab");
  assert_text(fixture->array, "a", "new");
  free(packed.data);
}

static void extend_refuses_one_bad_document_and_keeps_none(void** state) {
  static const char* const kIds[] = {"a", "b", NULL};
  struct array_fixture* fixture = *state;
  struct packed packed = pack_documents(kIds, "x");
  memset(packed.data + packed.offsets[1], 0xff, 8);
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_extend(fixture->array, packed.data, packed.offsets,
                                                 packed.count, 0, NULL, NULL));
  assert_string_equal(joined_ids(fixture->array), "");
  free(packed.data);
}

static void extend_refuses_offsets_that_do_not_ascend_in_eights(void** state) {
  static const char* const kIds[] = {"a", NULL};
  struct array_fixture* fixture = *state;
  struct packed packed = pack_documents(kIds, "x");
  const int64_t kDescending[] = {8, 0};
  const int64_t kNegative[] = {-8, 0};
  const int64_t kOdd[] = {4, 12};
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_extend(fixture->array, packed.data, kDescending, 1, 0, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_extend(fixture->array, packed.data, kNegative, 1, 0, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_extend(fixture->array, packed.data, kOdd, 1, 0, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_extend(fixture->array, packed.data, packed.offsets, -1, 0, NULL, NULL));
  free(packed.data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(appends_tell_positions_and_ascending_revisions),
      ARRAY_TEST(a_live_id_is_refused_without_upsert_and_keeps_its_place_with_it),
      ARRAY_TEST(every_durability_is_accepted_but_only_one_at_a_time),
      ARRAY_TEST(bytes_that_are_no_document_are_refused),
      ARRAY_TEST(a_document_at_an_odd_address_is_stored_the_same),
      ARRAY_TEST(a_document_without_an_id_gets_an_ascending_uuid),
      ARRAY_TEST(extend_adds_all_in_one_commit),
      ARRAY_TEST(extend_by_none_changes_nothing),
      ARRAY_TEST(extend_refuses_equal_ids_as_a_whole_unless_upserting),
      ARRAY_TEST(extend_with_upsert_tells_no_first_position_when_it_replaced),
      ARRAY_TEST(extend_refuses_one_bad_document_and_keeps_none),
      ARRAY_TEST(extend_refuses_offsets_that_do_not_ascend_in_eights),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
