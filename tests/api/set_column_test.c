// One field of all documents, set or taken away in one commit.
#include "array_fixture.h"

#include <string.h>

static int make_birds(void** state) {
  if (open_array(state) != 0) return -1;
  append_letters(((struct array_fixture*)*state)->array, "abc");
  return 0;
}

static dam_array* array_of(void** state) { return ((struct array_fixture*)*state)->array; }

/* Sets three values that are one letter, or nothing for a dot. */
static dam_status set_three(dam_array* array, const char* path, const char* values) {
  char texts[4];
  int64_t offsets[4] = {0, 0, 0, 0};
  int i;
  for (i = 0; i < 3; ++i) {
    offsets[i + 1] = offsets[i];
    if (values[i] != '.') texts[offsets[i + 1]++] = values[i];
  }
  return dam_set_column(array, path, DAM_NUL_TERMINATED, texts, offsets, 3, 0, NULL);
}

static dam_status clear_column(dam_array* array, const char* path) {
  return dam_set_column(array, path, DAM_NUL_TERMINATED, NULL, NULL, 0, 0, NULL);
}

static void assert_json(dam_array* array, int64_t position, const char* json) {
  dam_document* document;
  char* text;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_get_at(array, position, &document));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &text, &size));
  assert_string_equal(text, json);
  dam_free(text);
  dam_document_free(document);
}

static int64_t revision_of(dam_array* array) {
  int64_t revision;
  ASSERT_STATUS(DAM_OK, dam_stat(array, DAM_STAT_REVISION, &revision));
  return revision;
}

static void texts_are_set_by_position_in_one_commit(void** state) {
  static const int64_t offsets[] = {0, 5, 5, 7};
  dam_array* array = array_of(state);
  const int64_t before = revision_of(array);
  int64_t revision = 0;
  ASSERT_STATUS(DAM_OK,
                dam_set_column(array, "text", 4, "singsho", offsets, 3, DAM_VISIBLE, &revision));
  assert_int_equal(revision, before + 1);
  assert_int_equal(revision_of(array), revision);
  assert_text(array, "a", "sings");
  assert_json(array, 1, "{\"id\":\"b\",\"text\":\"\"}");
  assert_text(array, "c", "ho");
}

static void a_wrong_number_of_values_changes_nothing(void** state) {
  static const int64_t offsets[] = {0, 1, 2, 3, 4};
  dam_array* array = array_of(state);
  const int64_t before = revision_of(array);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_set_column(array, "text", 4, "wxyz", offsets, 4, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_set_column(array, "text", 4, "wxyz", offsets, 2, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_set_column(array, "text", 4, "wxyz", offsets, 0, 0, NULL));
  assert_int_equal(revision_of(array), before);
  assert_text(array, "a", "a");
}

static void a_value_that_is_wrong_changes_nothing(void** state) {
  dam_array* array = array_of(state);
  const int64_t before = revision_of(array);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, "text", "xy\xff"));
  assert_non_null(strstr(dam_last_error(), "value 2"));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, "tags.n", "12x"));
  assert_non_null(strstr(dam_last_error(), "value 2"));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, "tags", "111"));
  assert_int_equal(revision_of(array), before);
  assert_text(array, "a", "a");
}

static void brackets_too_many_are_no_json(void** state) {
  static const char breaking[] = "1},\"uri\":\"x\",\"scores\":{";
  static const int64_t offsets[] = {0, sizeof breaking - 1, sizeof breaking - 1,
                                    sizeof breaking - 1};
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_set_column(array, "tags.n", 6, breaking, offsets, 3, 0, NULL));
  assert_json(array, 0, "{\"id\":\"a\",\"text\":\"a\"}");
}

static void tags_are_json_and_an_empty_value_takes_them_away(void** state) {
  static const char maps[] = "{\"n\":1,\"m\":{\"k\":[2]}}{}";
  static const int64_t offsets[] = {0, 21, 23, 23};
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_OK, set_three(array, "tags.old", "123"));
  assert_json(array, 2, "{\"id\":\"c\",\"tags\":{\"old\":3},\"text\":\"c\"}");
  ASSERT_STATUS(DAM_OK, dam_set_column(array, "tags", 4, maps, offsets, 3, 0, NULL));
  assert_json(array, 0, "{\"id\":\"a\",\"tags\":{\"m\":{\"k\":[2]},\"n\":1},\"text\":\"a\"}");
  assert_json(array, 1, "{\"id\":\"b\",\"tags\":{},\"text\":\"b\"}");
  assert_json(array, 2, "{\"id\":\"c\",\"text\":\"c\"}");
  ASSERT_STATUS(DAM_OK, set_three(array, "tags.m.k", ".5."));
  assert_json(array, 0, "{\"id\":\"a\",\"tags\":{\"m\":{},\"n\":1},\"text\":\"a\"}");
  assert_json(array, 1, "{\"id\":\"b\",\"tags\":{\"m\":{\"k\":5}},\"text\":\"b\"}");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, "tags.n.k", "1.."));
}

static void buffers_take_bytes_and_the_place_of_a_text(void** state) {
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_OK, set_three(array, "buffer", "\xffzz"));
  assert_json(array, 0, "{\"buffer\":\"/w==\",\"id\":\"a\"}");
  ASSERT_STATUS(DAM_OK, set_three(array, "uri", "u.v"));
  assert_json(array, 2, "{\"buffer\":\"eg==\",\"id\":\"c\",\"uri\":\"v\"}");
}

static void a_column_is_cleared_whole(void** state) {
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_OK, set_three(array, "tags.n", "12."));
  ASSERT_STATUS(DAM_OK, clear_column(array, "tags.n"));
  assert_json(array, 0, "{\"id\":\"a\",\"tags\":{},\"text\":\"a\"}");
  assert_json(array, 2, "{\"id\":\"c\",\"text\":\"c\"}");
  ASSERT_STATUS(DAM_OK, clear_column(array, "tags"));
  ASSERT_STATUS(DAM_OK, clear_column(array, "text"));
  assert_json(array, 0, "{\"id\":\"a\"}");
}

static void fields_that_are_no_column_of_values_are_refused(void** state) {
  static const char* const wrong[] = {"",       "id",     "weight",   "chunks",  "embedding",
                                      "text.a", "scores", "no_field", "tags.\\x"};
  dam_array* array = array_of(state);
  size_t i;
  for (i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, wrong[i], "123"));
    ASSERT_STATUS(DAM_INVALID_ARGUMENT, clear_column(array, wrong[i]));
  }
}

static void an_empty_array_has_a_column_of_none(void** state) {
  static const int64_t none[] = {0};
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_OK, dam_set_column(array, "text", 4, NULL, none, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, clear_column(array, "tags"));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, set_three(array, "text", "123"));
}

static void arguments_are_checked(void** state) {
  static const int64_t offsets[] = {0, 2, 1, 3};
  static const int64_t some[] = {0, 0, 0, 1};
  static const int64_t none[] = {0, 0, 0, 0};
  dam_array* array = array_of(state);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, "text", 4, "xyz", offsets, 3, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, "text", 4, NULL, some, 3, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, NULL, 4, "x", some, 3, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, "text", 4, "x", NULL, 3, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, "text", 4, "x", some, -1, 0, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_set_column(array, "text", 4, "x", some, 3, 1, NULL));
  ASSERT_STATUS(DAM_OK, dam_set_column(array, "text", 4, NULL, none, 3, 0, NULL));
  assert_text(array, "b", "");
}

#define BIRD_TEST(test) cmocka_unit_test_setup_teardown(test, make_birds, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      BIRD_TEST(texts_are_set_by_position_in_one_commit),
      BIRD_TEST(a_wrong_number_of_values_changes_nothing),
      BIRD_TEST(a_value_that_is_wrong_changes_nothing),
      BIRD_TEST(brackets_too_many_are_no_json),
      BIRD_TEST(tags_are_json_and_an_empty_value_takes_them_away),
      BIRD_TEST(buffers_take_bytes_and_the_place_of_a_text),
      BIRD_TEST(a_column_is_cleared_whole),
      BIRD_TEST(fields_that_are_no_column_of_values_are_refused),
      ARRAY_TEST(an_empty_array_has_a_column_of_none),
      BIRD_TEST(arguments_are_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
