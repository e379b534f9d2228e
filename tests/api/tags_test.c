// Tags of a document: by path, and in a walk.
#include <string.h>

#include "array_fixture.h"

static const char kTags[] =
    "{\"tags\":{\"\":null,\"big\":9007199254740993,\"bytes\":{\"$bytes\":\"AP8=\"},\"deep\":"
    "{\"a.b\":{\"c\\\\\":[1,2.0,{\"x\":\"y\"}]}},\"empty\":{},\"no\":false,\"real\":2.0,"
    "\"yes\":true}}";

struct tag {
  int32_t kind;
  int64_t integer;
  double number;
  const void* data;
  size_t size;
};

static struct tag tag_at(const dam_document* document, const char* path) {
  struct tag tag = {-1, -1, -1, NULL, 77};
  ASSERT_STATUS(DAM_OK, dam_document_tag(document, path, DAM_NUL_TERMINATED, &tag.kind,
                                         &tag.integer, &tag.number, &tag.data, &tag.size));
  return tag;
}

static void integers_and_doubles_are_kept_apart(void** state) {
  dam_document* document = document_of(kTags);
  (void)state;
  assert_int_equal(tag_at(document, "big").kind, DAM_TAG_INTEGER);
  assert_true(tag_at(document, "big").integer == 9007199254740993);
  assert_int_equal(tag_at(document, "real").kind, DAM_TAG_NUMBER);
  assert_true(tag_at(document, "real").number == 2.0);
  assert_int_equal(tag_at(document, "real").integer, 0);
  dam_document_free(document);
}

static void every_kind_is_found_by_its_path(void** state) {
  dam_document* document = document_of(kTags);
  struct tag bytes;
  (void)state;
  bytes = tag_at(document, "bytes");
  assert_int_equal(bytes.kind, DAM_TAG_BYTES);
  assert_int_equal(bytes.size, 2);
  assert_memory_equal(bytes.data, "\0\xff", 2);
  assert_int_equal(tag_at(document, "yes").kind, DAM_TAG_TRUE);
  assert_int_equal(tag_at(document, "yes").integer, 1);
  assert_int_equal(tag_at(document, "no").kind, DAM_TAG_FALSE);
  assert_int_equal(tag_at(document, "").kind, DAM_TAG_MAP);
  assert_int_equal(tag_at(document, "").integer, 8);
  assert_int_equal(tag_at(document, "empty").integer, 0);
  assert_int_equal(tag_at(document, "deep.a\\.b.c\\\\").kind, DAM_TAG_LIST);
  assert_int_equal(tag_at(document, "deep.a\\.b.c\\\\").integer, 3);
  assert_int_equal(tag_at(document, "deep.a\\.b.c\\\\.0").integer, 1);
  assert_int_equal(tag_at(document, "deep.a\\.b.c\\\\.2.x").size, 1);
  dam_document_free(document);
}

static void a_path_that_leads_nowhere_is_absent(void** state) {
  static const char* const kNowhere[] = {"none",
                                         "deep.a.b",
                                         "big.0",
                                         "empty.",
                                         "deep.a\\.b.c\\\\.3",
                                         "deep.a\\.b.c\\\\.00",
                                         "deep.a\\.b.c\\\\.x"};
  dam_document* document = document_of(kTags);
  dam_document* bare = document_of("{}");
  size_t i;
  (void)state;
  for (i = 0; i < sizeof kNowhere / sizeof *kNowhere; ++i) {
    ASSERT_STATUS(DAM_NOT_FOUND, dam_document_tag(document, kNowhere[i], DAM_NUL_TERMINATED, NULL,
                                                  NULL, NULL, NULL, NULL));
    assert_string_equal(dam_last_error(), "");
  }
  ASSERT_STATUS(DAM_NOT_FOUND, dam_document_tag(bare, "", 0, NULL, NULL, NULL, NULL, NULL));
  dam_document_free(bare);
  dam_document_free(document);
}

static void a_malformed_path_is_refused(void** state) {
  dam_document* document = document_of(kTags);
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_tag(document, "a\\", 2, NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_tag(document, "a\\b", 3, NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_tag(document, "\xff", 1, NULL, NULL, NULL, NULL, NULL));
  dam_document_free(document);
}

struct step {
  int32_t kind;
  int32_t depth;
  const char* key; /* NULL in a list */
};

static void assert_walk(dam_tags* tags, const struct step* steps, size_t count) {
  int32_t kind = -1;
  int32_t depth = -1;
  const char* key = NULL;
  size_t size = 0;
  size_t i;
  ASSERT_STATUS(DAM_NOT_FOUND, dam_tags_key(tags, &depth, &key, &size));
  for (i = 0; i < count; ++i) {
    ASSERT_STATUS(DAM_OK, dam_tags_next(tags, &kind, NULL, NULL, NULL, NULL));
    assert_int_equal(kind, steps[i].kind);
    ASSERT_STATUS(DAM_OK, dam_tags_key(tags, &depth, &key, &size));
    assert_int_equal(depth, steps[i].depth);
    assert_int_equal(key == NULL, steps[i].key == NULL);
    if (key == NULL) continue;
    assert_int_equal(size, strlen(steps[i].key));
    assert_memory_equal(key, steps[i].key, size);
  }
  ASSERT_STATUS(DAM_NOT_FOUND, dam_tags_next(tags, &kind, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_tags_next(tags, &kind, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_tags_key(tags, &depth, &key, &size));
}

static void a_walk_meets_everything_in_order(void** state) {
  static const struct step kSteps[] = {
      {DAM_TAG_NULL, 0, ""},       {DAM_TAG_INTEGER, 0, "big"}, {DAM_TAG_BYTES, 0, "bytes"},
      {DAM_TAG_MAP, 0, "deep"},    {DAM_TAG_MAP, 1, "a.b"},     {DAM_TAG_LIST, 2, "c\\"},
      {DAM_TAG_INTEGER, 3, NULL},  {DAM_TAG_NUMBER, 3, NULL},   {DAM_TAG_MAP, 3, NULL},
      {DAM_TAG_STRING, 4, "x"},    {DAM_TAG_MAP, 0, "empty"},   {DAM_TAG_FALSE, 0, "no"},
      {DAM_TAG_NUMBER, 0, "real"}, {DAM_TAG_TRUE, 0, "yes"}};
  dam_document* document = document_of(kTags);
  dam_tags* tags = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_tags_open(document, "", 0, &tags));
  dam_document_free(document); /* the walk keeps what it needs */
  assert_walk(tags, kSteps, sizeof kSteps / sizeof *kSteps);
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
  ASSERT_STATUS(DAM_CLOSED, dam_tags_close(tags));
}

static void a_walk_may_begin_anywhere(void** state) {
  static const struct step kList[] = {{DAM_TAG_INTEGER, 0, NULL},
                                      {DAM_TAG_NUMBER, 0, NULL},
                                      {DAM_TAG_MAP, 0, NULL},
                                      {DAM_TAG_STRING, 1, "x"}};
  static const struct step kOne[] = {{DAM_TAG_TRUE, 0, NULL}};
  dam_document* document = document_of(kTags);
  dam_tags* tags = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_tags_open(document, "deep.a\\.b.c\\\\", DAM_NUL_TERMINATED, &tags));
  assert_walk(tags, kList, 4);
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
  ASSERT_STATUS(DAM_OK, dam_tags_open(document, "yes", 3, &tags));
  assert_walk(tags, kOne, 1);
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
  ASSERT_STATUS(DAM_OK, dam_tags_open(document, "empty", 5, &tags));
  assert_walk(tags, NULL, 0);
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_tags_open(document, "none", 4, &tags));
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(integers_and_doubles_are_kept_apart),
      cmocka_unit_test(every_kind_is_found_by_its_path),
      cmocka_unit_test(a_path_that_leads_nowhere_is_absent),
      cmocka_unit_test(a_malformed_path_is_refused),
      cmocka_unit_test(a_walk_meets_everything_in_order),
      cmocka_unit_test(a_walk_may_begin_anywhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
