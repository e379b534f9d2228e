// Every field of a document, read through dam.h.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static const char kFull[] =
    "{\"id\":\"root\",\"text\":\"\",\"uri\":\"u\",\"mime_type\":\"a/b\",\"modality\":\"m\","
    "\"level_name\":\"l\",\"parent_id\":\"p\",\"granularity\":4294967295,\"adjacency\":0,"
    "\"offset\":7,\"siblings\":8,\"weight\":0.5,\"meta_info\":\"AP8=\",\"location\":[1.5,-2],"
    "\"tags\":{\"a\":1},\"embedding\":[[1,2],[3,4]],\"scores\":{\"cosine\":{\"value\":0.25,"
    "\"op_name\":\"cos\",\"operands\":[{\"value\":1,\"ref_id\":\"r\"},{\"value\":2,\"operands\":["
    "{\"value\":3,\"description\":\"d\"}]}]},\"a.b\":{\"value\":9}},\"chunks\":[{\"id\":\"c0\","
    "\"text\":\"first\",\"chunks\":[{\"id\":\"c00\"}]},{\"id\":\"c1\"}],\"matches\":[]}";

static void assert_string(const dam_document* document, int32_t field, const char* expected) {
  const char* text = NULL;
  size_t size = 77;
  ASSERT_STATUS(DAM_OK, dam_document_string(document, field, &text, &size));
  assert_int_equal(size, strlen(expected));
  assert_memory_equal(text, expected, size);
}

static void strings_are_lent_by_field(void** state) {
  dam_document* document = document_of(kFull);
  (void)state;
  assert_string(document, DAM_FIELD_ID, "root");
  assert_string(document, DAM_FIELD_TEXT, "");
  assert_string(document, DAM_FIELD_URI, "u");
  assert_string(document, DAM_FIELD_MIME_TYPE, "a/b");
  assert_string(document, DAM_FIELD_MODALITY, "m");
  assert_string(document, DAM_FIELD_LEVEL_NAME, "l");
  assert_string(document, DAM_FIELD_PARENT_ID, "p");
  dam_document_free(document);
}

static void numbers_are_told_by_field(void** state) {
  dam_document* document = document_of(kFull);
  int64_t integer = -1;
  double number = -1;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_integer(document, DAM_FIELD_GRANULARITY, &integer));
  assert_true(integer == 4294967295);
  ASSERT_STATUS(DAM_OK, dam_document_integer(document, DAM_FIELD_ADJACENCY, &integer));
  assert_int_equal(integer, 0);
  ASSERT_STATUS(DAM_OK, dam_document_integer(document, DAM_FIELD_OFFSET, &integer));
  assert_int_equal(integer, 7);
  ASSERT_STATUS(DAM_OK, dam_document_number(document, DAM_FIELD_SIBLINGS, &number));
  assert_true(number == 8);
  ASSERT_STATUS(DAM_OK, dam_document_number(document, DAM_FIELD_WEIGHT, &number));
  assert_true(number == 0.5);
  dam_document_free(document);
}

static void bytes_are_lent_by_field(void** state) {
  dam_document* document = document_of(kFull);
  dam_document* other = document_of("{\"buffer\":\"\"}");
  const void* data = NULL;
  size_t size = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_buffer(document, DAM_FIELD_META_INFO, &data, &size));
  assert_int_equal(size, 2);
  assert_memory_equal(data, "\0\xff", 2);
  ASSERT_STATUS(DAM_OK, dam_document_buffer(other, DAM_FIELD_BUFFER, &data, &size));
  assert_int_equal(size, 0);
  dam_document_free(document);
  dam_document_free(other);
}

static void the_content_type_tells_which_field_is_the_content(void** state) {
  static const char* const kJsons[] = {"{}", "{\"text\":\"\"}", "{\"buffer\":\"\"}",
                                       "{\"blob\":[1]}"};
  static const int32_t kFields[] = {0, DAM_FIELD_TEXT, DAM_FIELD_BUFFER, DAM_FIELD_BLOB};
  size_t i;
  (void)state;
  for (i = 0; i < 4; ++i) {
    dam_document* document = document_of(kJsons[i]);
    int32_t field = -1;
    ASSERT_STATUS(DAM_OK, dam_document_content_type(document, &field));
    assert_int_equal(field, kFields[i]);
    dam_document_free(document);
  }
}

/* What a call on a field answers when the document is {}, by the kind of the field. */
static dam_status read_field(const dam_document* document, int32_t field) {
  const char* text;
  const void* data;
  size_t size;
  int64_t integer;
  double number;
  dam_status answer = dam_document_string(document, field, &text, &size);
  if (answer == DAM_INVALID_ARGUMENT) answer = dam_document_buffer(document, field, &data, &size);
  if (answer == DAM_INVALID_ARGUMENT) answer = dam_document_number(document, field, &number);
  if (answer == DAM_INVALID_ARGUMENT) answer = dam_document_count(document, field, &integer);
  if (answer == DAM_INVALID_ARGUMENT)
    answer = dam_document_floats(document, field, NULL, 0, &integer);
  return answer;
}

static void every_field_can_be_read_and_be_absent(void** state) {
  dam_document* empty = document_of("{}");
  dam_document* full = document_of(kFull);
  int32_t field;
  (void)state;
  for (field = DAM_FIELD_ID; field <= DAM_FIELD_META_INFO; ++field) {
    int32_t found = -1;
    ASSERT_STATUS(DAM_NOT_FOUND, read_field(empty, field));
    assert_string_equal(dam_last_error(), "");
    ASSERT_STATUS(DAM_OK, dam_document_has(empty, field, &found));
    assert_int_equal(found, 0);
    ASSERT_STATUS(DAM_OK, dam_document_has(full, field, &found));
    assert_int_equal(found, read_field(full, field) != DAM_NOT_FOUND);
  }
  dam_document_free(empty);
  dam_document_free(full);
}

static void a_field_of_another_kind_is_refused_by_name(void** state) {
  dam_document* document = document_of(kFull);
  const char* text = NULL;
  size_t size = 0;
  int32_t found = -1;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_string(document, DAM_FIELD_WEIGHT, &text, &size));
  assert_string_equal(dam_last_error(), "field 12 (weight) does not hold a string");
  assert_null(text);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_has(document, 0, &found));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_has(document, 23, &found));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_has(document, INT32_MIN, &found));
  assert_int_equal(found, -1);
  dam_document_free(document);
}

static void children_outlive_their_parent(void** state) {
  dam_document* parent = document_of(kFull);
  dam_document* child = NULL;
  dam_document* grandchild = NULL;
  int64_t count = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_count(parent, DAM_FIELD_CHUNKS, &count));
  assert_int_equal(count, 2);
  ASSERT_STATUS(DAM_OK, dam_document_count(parent, DAM_FIELD_MATCHES, &count));
  assert_int_equal(count, 0);
  ASSERT_STATUS(DAM_OK, dam_document_child(parent, DAM_FIELD_CHUNKS, -2, &child));
  ASSERT_STATUS(DAM_OK, dam_document_child(child, DAM_FIELD_CHUNKS, 0, &grandchild));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_document_child(parent, DAM_FIELD_CHUNKS, 2, &parent));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_document_child(parent, DAM_FIELD_MATCHES, 0, &parent));
  dam_document_free(parent);
  assert_string(child, DAM_FIELD_TEXT, "first");
  dam_document_free(child);
  assert_string(grandchild, DAM_FIELD_ID, "c00");
  assert_string(grandchild, DAM_FIELD_PARENT_ID, "c0");
  dam_document_free(grandchild);
}

static void a_child_has_bytes_and_json_of_its_own(void** state) {
  dam_document* parent = document_of(kFull);
  dam_document* child = NULL;
  dam_document* again = NULL;
  const void* bytes;
  const void* same;
  char* json;
  char* copied;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_child(parent, DAM_FIELD_CHUNKS, 0, &child));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(child, &bytes, &size));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(child, &same, &size));
  assert_ptr_equal(bytes, same);
  ASSERT_STATUS(DAM_OK, dam_document_from_bytes(bytes, size, &again));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(child, 0, &json, &size));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(again, 0, &copied, &size));
  assert_string_equal(json, copied);
  assert_non_null(strstr(json, "\"text\":\"first\""));
  dam_free(json);
  dam_free(copied);
  dam_document_free(again);
  dam_document_free(parent);
  dam_document_free(child);
}

static void a_child_of_a_stored_document_outlives_the_array(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* made = document_of(kFull);
  dam_document* stored = NULL;
  dam_document* child = NULL;
  const void* bytes;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(made, &bytes, &size));
  ASSERT_STATUS(DAM_OK, dam_append(fixture->array, bytes, size, 0, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_get(fixture->array, "root", 4, &stored));
  ASSERT_STATUS(DAM_OK, dam_document_child(stored, DAM_FIELD_CHUNKS, 0, &child));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  dam_document_free(stored);
  dam_document_free(made);
  assert_string(child, DAM_FIELD_TEXT, "first");
  dam_document_free(child);
}

static void assert_score(const dam_document* document, const char* path, double value,
                         int64_t operands) {
  double number = -1;
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_document_score(document, DAM_FIELD_SCORES, path, DAM_NUL_TERMINATED,
                                           &number, &count));
  assert_true(number == value);
  assert_int_equal(count, operands);
}

static void scores_and_operands_are_found_by_path(void** state) {
  dam_document* document = document_of(kFull);
  double number = -1;
  (void)state;
  assert_score(document, "cosine", 0.25, 2);
  assert_score(document, "cosine.0", 1, 0);
  assert_score(document, "cosine.1.0", 3, 0);
  assert_score(document, "a\\.b", 9, 0);
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_score(document, DAM_FIELD_SCORES, "cosine.2", 8, &number, NULL));
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_score(document, DAM_FIELD_SCORES, "", 0, &number, NULL));
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_score(document, DAM_FIELD_EVALUATIONS, "a", 1, &number, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_score(document, DAM_FIELD_SCORES, "a\\b", 3, &number, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_score(document, DAM_FIELD_TEXT, "a", 1, &number, NULL));
  dam_document_free(document);
}

static void scores_have_strings_and_names(void** state) {
  dam_document* document = document_of(kFull);
  const char* text = NULL;
  size_t size = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_score_string(document, DAM_FIELD_SCORES, "cosine", 6,
                                                  DAM_SCORE_OP_NAME, &text, &size));
  assert_memory_equal(text, "cos", 3);
  ASSERT_STATUS(DAM_OK, dam_document_score_string(document, DAM_FIELD_SCORES, "cosine.0", 8,
                                                  DAM_SCORE_REF_ID, &text, &size));
  assert_memory_equal(text, "r", 1);
  ASSERT_STATUS(DAM_OK, dam_document_score_string(document, DAM_FIELD_SCORES, "cosine.1.0", 10,
                                                  DAM_SCORE_DESCRIPTION, &text, &size));
  assert_memory_equal(text, "d", 1);
  ASSERT_STATUS(DAM_NOT_FOUND, dam_document_score_string(document, DAM_FIELD_SCORES, "cosine", 6,
                                                         DAM_SCORE_REF_ID, &text, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_score_string(document, DAM_FIELD_SCORES,
                                                                "cosine", 6, 4, &text, &size));
  ASSERT_STATUS(DAM_OK, dam_document_score_name(document, DAM_FIELD_SCORES, 0, &text, &size));
  assert_int_equal(size, 3);
  assert_memory_equal(text, "a.b", 3);
  ASSERT_STATUS(DAM_OK, dam_document_score_name(document, DAM_FIELD_SCORES, -1, &text, &size));
  assert_memory_equal(text, "cosine", 6);
  ASSERT_STATUS(DAM_OUT_OF_RANGE,
                dam_document_score_name(document, DAM_FIELD_SCORES, 2, &text, &size));
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(strings_are_lent_by_field),
      cmocka_unit_test(numbers_are_told_by_field),
      cmocka_unit_test(bytes_are_lent_by_field),
      cmocka_unit_test(the_content_type_tells_which_field_is_the_content),
      cmocka_unit_test(every_field_can_be_read_and_be_absent),
      cmocka_unit_test(a_field_of_another_kind_is_refused_by_name),
      cmocka_unit_test(children_outlive_their_parent),
      cmocka_unit_test(a_child_has_bytes_and_json_of_its_own),
      ARRAY_TEST(a_child_of_a_stored_document_outlives_the_array),
      cmocka_unit_test(scores_and_operands_are_found_by_path),
      cmocka_unit_test(scores_have_strings_and_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
