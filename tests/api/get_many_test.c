// Reading many documents or ids in one call.
#include <string.h>

#include "array_fixture.h"

/* c, x (absent), a, c */
static const char kIds[] = "cxac";
static const int64_t kOffsets[] = {0, 1, 2, 3, 4};

static void many_documents_come_in_the_order_asked_with_repeats(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* documents[4] = {NULL, NULL, NULL, NULL};
  int i;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_get_many(fixture->array, kIds, kOffsets, 4, documents));
  assert_null(documents[1]);
  for (i = 0; i < 4; ++i) {
    const char* id;
    size_t id_size;
    if (i == 1) continue;
    ASSERT_STATUS(DAM_OK, dam_document_id(documents[i], &id, &id_size));
    assert_int_equal(id_size, 1);
    assert_int_equal(*id, kIds[i]);
  }
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  for (i = 0; i < 4; ++i) dam_document_free(documents[i]);
}

static void many_documents_are_packed_in_eights(void** state) {
  struct array_fixture* fixture = *state;
  void* data = NULL;
  int64_t* offsets = NULL;
  int i;
  append(fixture->array, "a", "1");
  append(fixture->array, "c", "three");
  ASSERT_STATUS(DAM_OK, dam_read_many(fixture->array, kIds, kOffsets, 4, &data, &offsets));
  assert_int_equal(offsets[0], 0);
  for (i = 0; i < 4; ++i) {
    const char* const text = kIds[i] == 'a' ? "1" : "three";
    const size_t size = (size_t)(offsets[i + 1] - offsets[i]);
    assert_int_equal(offsets[i] % 8, 0);
    if (kIds[i] == 'x') {
      assert_int_equal(size, 0);
    } else {
      assert_document_text((const char*)data + offsets[i], size, text);
    }
  }
  assert_int_equal(offsets[4] % 8, 0);
  dam_free(data);
  dam_free(offsets);
}

static void none_asked_is_none_given(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* untouched = NULL;
  void* data = NULL;
  int64_t* offsets = NULL;
  ASSERT_STATUS(DAM_OK, dam_get_many(fixture->array, NULL, NULL, 0, &untouched));
  ASSERT_STATUS(DAM_OK, dam_get_many(fixture->array, NULL, NULL, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_read_many(fixture->array, NULL, NULL, 0, &data, &offsets));
  assert_null(untouched);
  assert_int_equal(offsets[0], 0);
  dam_free(data);
  dam_free(offsets);
}

static void id_offsets_must_ascend_from_zero_on(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* documents[2] = {NULL, NULL};
  const int64_t kDescending[] = {2, 1};
  const int64_t kNegative[] = {-1, 1};
  const int64_t kEmptyId[] = {0, 1, 1};
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_get_many(fixture->array, "a", kDescending, 1, documents));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_get_many(fixture->array, "a", kNegative, 1, documents));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_get_many(fixture->array, "a", kEmptyId, 2, documents));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_get_many(fixture->array, "a", kEmptyId, -1, documents));
  assert_null(documents[0]);
}

static void ids_come_in_pages(void** state) {
  static const struct {
    int64_t first;
    int64_t count;
    const char* ids;
  } kPages[] = {{0, 2, "ab"}, {2, 2, "de"}, {3, 9, "e"},           {4, 1, ""},
                {9, 9, ""},   {0, 0, ""},   {-2, INT64_MAX, "de"}, {-4, 1, "a"}};
  struct array_fixture* fixture = *state;
  size_t i;
  append_letters(fixture->array, "abcde");
  ASSERT_STATUS(DAM_OK, dam_delete(fixture->array, "c", 1, 0, 0, NULL));
  for (i = 0; i < sizeof kPages / sizeof *kPages; ++i) {
    char* ids = NULL;
    int64_t* offsets = NULL;
    int64_t count = -1;
    int64_t k;
    ASSERT_STATUS(
        DAM_OK, dam_ids(fixture->array, kPages[i].first, kPages[i].count, &ids, &offsets, &count));
    assert_int_equal(count, strlen(kPages[i].ids));
    assert_memory_equal(ids, kPages[i].ids, (size_t)count);
    for (k = 0; k <= count; ++k) assert_int_equal(offsets[k], k);
    dam_free(ids);
    dam_free(offsets);
  }
}

static void a_page_before_the_first_position_is_out_of_range(void** state) {
  struct array_fixture* fixture = *state;
  char* ids = NULL;
  int64_t* offsets = NULL;
  int64_t count = -7;
  append_letters(fixture->array, "ab");
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_ids(fixture->array, -3, 1, &ids, &offsets, &count));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_ids(fixture->array, 0, -1, &ids, &offsets, &count));
  assert_null(ids);
  assert_null(offsets);
  assert_int_equal(count, -7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(many_documents_come_in_the_order_asked_with_repeats),
      ARRAY_TEST(many_documents_are_packed_in_eights),
      ARRAY_TEST(none_asked_is_none_given),
      ARRAY_TEST(id_offsets_must_ascend_from_zero_on),
      ARRAY_TEST(ids_come_in_pages),
      ARRAY_TEST(a_page_before_the_first_position_is_out_of_range),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
