// Documents outside of arrays.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static void json_goes_in_and_comes_out_the_same(void** state) {
  static const char kJson[] = "{\"id\":\"robin\",\"text\":\"sings\"}";
  dam_document* document = document_of(kJson);
  char* text = NULL;
  size_t size = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &text, &size));
  assert_string_equal(text, kJson);
  assert_int_equal(size, sizeof kJson - 1);
  dam_free(text);
  dam_document_free(document);
}

static void json_may_be_told_by_length(void** state) {
  dam_document* document = NULL;
  const char* id;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_from_json("{\"id\":\"a\"}trailing", 10, 0, &document));
  ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &size));
  assert_int_equal(size, 1);
  assert_memory_equal(id, "a", 1);
  dam_document_free(document);
}

static void a_document_without_an_id_has_one_of_size_0(void** state) {
  dam_document* document = document_of("{}");
  const char* id = NULL;
  size_t size = 77;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &size));
  assert_non_null(id);
  assert_int_equal(size, 0);
  dam_document_free(document);
}

static void bytes_are_verified_and_copied_from_any_address(void** state) {
  size_t size;
  size_t shift;
  void* data = make_bytes("a", "x", &size);
  char* shifted = malloc(size + 8);
  (void)state;
  assert_non_null(shifted);
  for (shift = 0; shift < 8; ++shift) {
    dam_document* document = NULL;
    const void* bytes;
    size_t bytes_size;
    memcpy(shifted + shift, data, size);
    ASSERT_STATUS(DAM_OK, dam_document_from_bytes(shifted + shift, size, &document));
    memset(shifted + shift, 'z', size);
    ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &bytes, &bytes_size));
    assert_int_equal((uintptr_t)bytes % 8, 0);
    assert_int_equal(bytes_size, size);
    assert_memory_equal(bytes, data, size);
    dam_document_free(document);
  }
  free(shifted);
  free(data);
}

static void what_is_no_document_is_refused(void** state) {
  dam_document* document = NULL;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_document_from_bytes("", 0, &document));
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_document_from_bytes("0123456789abcdef", 16, &document));
  assert_null(document);
}

static void malformed_json_names_line_and_column(void** state) {
  dam_document* document = NULL;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_from_json("{\n  \"id\": }", DAM_NUL_TERMINATED, 0, &document));
  assert_non_null(strstr(dam_last_error(), "line 2"));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_from_json("", 0, 0, &document));
  assert_null(document);
}

static void unknown_members_are_refused_or_become_tags(void** state) {
  static const char kJson[] = "{\"color\":\"red\"}";
  dam_document* document = NULL;
  char* text = NULL;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_from_json(kJson, DAM_NUL_TERMINATED, 0, &document));
  ASSERT_STATUS(DAM_OK, dam_document_from_json(kJson, DAM_NUL_TERMINATED, DAM_JSON_UNKNOWN_TO_TAGS,
                                               &document));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &text, &size));
  assert_string_equal(text, "{\"tags\":{\"color\":\"red\"}}");
  dam_free(text);
  dam_document_free(document);
}

static void tensors_come_as_base64_or_as_lists(void** state) {
  dam_document* document = document_of("{\"embedding\":[1,2]}");
  char* text = NULL;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, DAM_JSON_ARRAYS, &text, &size));
  assert_non_null(strstr(text, "[1"));
  dam_free(text);
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &text, &size));
  assert_null(strstr(text, "[1,2]"));
  dam_free(text);
  dam_document_free(document);
}

static void unknown_flags_are_refused(void** state) {
  dam_document* document = NULL;
  char* text = NULL;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_from_json("{}", 2, 2, &document));
  assert_null(document);
  document = document_of("{}");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_to_json(document, 1, &text, &size));
  assert_null(text);
  dam_document_free(document);
}

static void* convert_often(void* unused) {
  static const char kJson[] = "{\"id\":\"robin\",\"text\":\"sings\"}";
  int i;
  (void)unused;
  for (i = 0; i < 2000; ++i) {
    dam_document* document = NULL;
    char* text = NULL;
    size_t size = 0;
    int differs;
    if (dam_document_from_json(kJson, DAM_NUL_TERMINATED, 0, &document) != DAM_OK)
      return "from_json fails";
    if (dam_document_to_json(document, 0, &text, &size) != DAM_OK) return "to_json fails";
    differs = strcmp(text, kJson) != 0;
    dam_free(text);
    dam_document_free(document);
    if (differs) return "the text differs";
  }
  return NULL;
}

static void many_threads_convert_at_once(void** state) {
  pthread_t threads[12];
  size_t i;
  (void)state;
  for (i = 0; i < 12; ++i)
    assert_int_equal(pthread_create(&threads[i], NULL, convert_often, NULL), 0);
  for (i = 0; i < 12; ++i) {
    void* complaint = NULL;
    assert_int_equal(pthread_join(threads[i], &complaint), 0);
    if (complaint != NULL) fail_msg("%s", (const char*)complaint);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(json_goes_in_and_comes_out_the_same),
      cmocka_unit_test(json_may_be_told_by_length),
      cmocka_unit_test(a_document_without_an_id_has_one_of_size_0),
      cmocka_unit_test(bytes_are_verified_and_copied_from_any_address),
      cmocka_unit_test(what_is_no_document_is_refused),
      cmocka_unit_test(malformed_json_names_line_and_column),
      cmocka_unit_test(unknown_members_are_refused_or_become_tags),
      cmocka_unit_test(tensors_come_as_base64_or_as_lists),
      cmocka_unit_test(unknown_flags_are_refused),
      cmocka_unit_test(many_threads_convert_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
