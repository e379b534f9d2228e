// Documents made of others: patched, merged, compared; and patches of stored documents.
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "array_fixture.h"

#define Z DAM_NUL_TERMINATED

static void store_json(dam_array* array, const char* json) {
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

static void assert_json(const dam_document* document, const char* json) {
  char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &text, &size));
  assert_string_equal(text, json);
  dam_free(text);
}

static void assert_stored(dam_array* array, const char* id, const char* json) {
  dam_document* document = NULL;
  ASSERT_STATUS(DAM_OK, dam_get(array, id, Z, &document));
  assert_json(document, json);
  dam_document_free(document);
}

static void a_document_is_patched_into_a_new_one(void** state) {
  dam_document* document = document_of("{\"id\":\"a\",\"tags\":{\"x\":1,\"y\":2}}");
  dam_document* patched = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK,
                dam_document_patch(document, "{\"tags\":{\"x\":null,\"z\":3}}", Z, &patched));
  assert_json(patched, "{\"id\":\"a\",\"tags\":{\"y\":2,\"z\":3}}");
  assert_json(document, "{\"id\":\"a\",\"tags\":{\"x\":1,\"y\":2}}");
  dam_document_free(patched);
  patched = NULL;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_patch(document, "{\"color\":1}", Z, &patched));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_patch(document, "[]", Z, &patched));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_patch(document, "", 0, &patched));
  assert_null(patched);
  dam_document_free(document);
}

static void a_document_is_updated_by_another(void** state) {
  dam_document* base =
      document_of("{\"id\":\"a\",\"text\":\"t\",\"uri\":\"u\",\"tags\":{\"m\":{\"x\":1,\"y\":1}}}");
  dam_document* update = document_of(
      "{\"blob\":[1],\"tags\":{\"m\":{\"y\":null,\"z\":2},\"n\":3},\"chunks\":[{\"id\":\"c\"}]}");
  dam_document* merged = NULL;
  char* text = NULL;
  size_t size = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_merge(base, update, &merged));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(merged, DAM_JSON_ARRAYS, &text, &size));
  assert_string_equal(text,
                      "{\"blob\":[1.0],\"chunks\":[{\"adjacency\":0,\"granularity\":1,\"id\":\"c\"}"
                      "],\"id\":\"a\",\"tags\":{\"m\":{\"x\":1,\"y\":null,\"z\":2},\"n\":3},"
                      "\"uri\":\"u\"}");
  dam_free(text);
  dam_document_free(merged);
  dam_document_free(update);
  dam_document_free(base);
}

static void hashes_and_equality_look_at_the_content(void** state) {
  dam_document* first = document_of("{\"id\":\"a\",\"text\":\"hello\"}");
  dam_document* second = document_of("{\"text\":\"hello\"}");
  int64_t hashes[2] = {0, 1};
  int32_t equal = -1;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_hash(first, &hashes[0]));
  ASSERT_STATUS(DAM_OK, dam_document_hash(second, &hashes[1]));
  assert_true(hashes[0] == hashes[1]);
  assert_true((uint64_t)hashes[0] == 0x6e324630c7cd8fb1);
  ASSERT_STATUS(DAM_OK, dam_document_equal(first, second, &equal));
  assert_int_equal(equal, 0);
  ASSERT_STATUS(DAM_OK, dam_document_equal(first, first, &equal));
  assert_int_equal(equal, 1);
  dam_document_free(first);
  dam_document_free(second);
}

static void a_stored_document_is_patched_in_place(void** state) {
  struct array_fixture* fixture = *state;
  int64_t revision = 0;
  int64_t before = 0;
  int64_t position = -1;
  append_letters(fixture->array, "abc");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "b", 1, &before));
  ASSERT_STATUS(DAM_OK, dam_patch(fixture->array, "b", 1, "{\"text\":\"new\",\"weight\":2}", Z,
                                  DAM_ANY_REVISION, 0, &revision));
  assert_stored(fixture->array, "b", "{\"id\":\"b\",\"text\":\"new\",\"weight\":2.0}");
  assert_true(revision > before);
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "b", 1, &before));
  assert_true(revision == before);
  ASSERT_STATUS(DAM_OK, dam_position(fixture->array, "b", 1, &position));
  assert_int_equal(position, 1);
}

static void a_patch_may_expect_a_revision(void** state) {
  struct array_fixture* fixture = *state;
  int64_t first = 0;
  int64_t second = 0;
  append_letters(fixture->array, "a");
  ASSERT_STATUS(DAM_OK, dam_revision(fixture->array, "a", 1, &first));
  ASSERT_STATUS(
      DAM_OK, dam_patch(fixture->array, "a", 1, "{\"weight\":1}", Z, first, DAM_DURABLE, &second));
  ASSERT_STATUS(DAM_CONFLICT,
                dam_patch(fixture->array, "a", 1, "{\"weight\":2}", Z, first, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_patch(fixture->array, "a", 1, "{\"weight\":3}", Z, second, 0, NULL));
  assert_stored(fixture->array, "a", "{\"id\":\"a\",\"text\":\"a\",\"weight\":3.0}");
}

static void a_patch_that_cannot_be_changes_nothing(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  int64_t before = 0;
  int64_t after = 0;
  append_letters(array, "a");
  ASSERT_STATUS(DAM_OK, dam_revision(array, "a", 1, &before));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_patch(array, "z", 1, "{}", 2, 0, 0, NULL));
  assert_string_equal(dam_last_error(), "");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_patch(array, "a", 1, "{\"id\":\"b\"}", Z, 0, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_patch(array, "a", 1, "{\"id\":null}", Z, 0, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_patch(array, "a", 1, "{\"text\":1}", Z, 0, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_patch(array, "a", 1, "{}", 2, -1, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_patch(array, "a", 1, "{}", 2, 0, DAM_UPSERT, NULL));
  ASSERT_STATUS(DAM_OK, dam_revision(array, "a", 1, &after));
  assert_true(before == after);
}

static void a_patch_of_a_buffered_array_sees_what_is_gathered(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* document = document_of("{\"id\":\"a\"}");
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, data, size, DAM_BUFFERED, NULL, NULL));
  ASSERT_STATUS(DAM_OK,
                dam_patch(fixture->array, "a", 1, "{\"uri\":\"u\"}", Z, 0, DAM_BUFFERED, NULL));
  assert_stored(fixture->array, "a", "{\"id\":\"a\",\"uri\":\"u\"}");
  dam_document_free(document);
}

#define WRITERS 4
#define PATCHES 200

struct writer {
  dam_array* array;
  int number;
  const char* complaint;
};

/* Sets tags of its own in the one document that all writers patch. */
static void* patch_often(void* argument) {
  struct writer* writer = argument;
  int i;
  for (i = 0; i < PATCHES; ++i) {
    char patch[64];
    (void)snprintf(patch, sizeof patch, "{\"tags\":{\"w%d_%d\":%d}}", writer->number, i, i);
    if (dam_patch(writer->array, "a", 1, patch, Z, 0, 0, NULL) != DAM_OK)
      writer->complaint = "a patch failed";
  }
  return NULL;
}

static void no_patch_of_concurrent_writers_is_lost(void** state) {
  struct array_fixture* fixture = *state;
  pthread_t threads[WRITERS];
  struct writer writers[WRITERS];
  dam_document* document = NULL;
  int64_t count = 0;
  int i;
  store_json(fixture->array, "{\"id\":\"a\",\"tags\":{}}");
  for (i = 0; i < WRITERS; ++i) {
    writers[i].array = fixture->array;
    writers[i].number = i;
    writers[i].complaint = NULL;
    assert_int_equal(pthread_create(&threads[i], NULL, patch_often, &writers[i]), 0);
  }
  for (i = 0; i < WRITERS; ++i) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_null(writers[i].complaint);
  }
  ASSERT_STATUS(DAM_OK, dam_get(fixture->array, "a", 1, &document));
  ASSERT_STATUS(DAM_OK, dam_document_count(document, DAM_FIELD_TAGS, &count));
  assert_int_equal(count, WRITERS * PATCHES);
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_document_is_patched_into_a_new_one),
      cmocka_unit_test(a_document_is_updated_by_another),
      cmocka_unit_test(hashes_and_equality_look_at_the_content),
      ARRAY_TEST(a_stored_document_is_patched_in_place),
      ARRAY_TEST(a_patch_may_expect_a_revision),
      ARRAY_TEST(a_patch_that_cannot_be_changes_nothing),
      ARRAY_TEST(a_patch_of_a_buffered_array_sees_what_is_gathered),
      ARRAY_TEST(no_patch_of_concurrent_writers_is_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
