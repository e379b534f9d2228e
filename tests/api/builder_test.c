// Documents made field by field, with no header but dam.h.
#include <math.h>
#include <string.h>

#include "array_fixture.h"

#define Z DAM_NUL_TERMINATED

static dam_builder* new_builder(const char* json) {
  dam_document* document = json == NULL ? NULL : document_of(json);
  dam_builder* builder = NULL;
  ASSERT_STATUS(DAM_OK, dam_builder_create(document, &builder));
  dam_document_free(document); /* the builder keeps what it needs */
  return builder;
}

/* Finishes, compares and ends the builder. */
static void assert_built(dam_builder* builder, const char* json) {
  dam_document* document = NULL;
  char* text = NULL;
  size_t size = 0;
  ASSERT_STATUS(DAM_OK, dam_builder_finish(builder, &document));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, DAM_JSON_ARRAYS, &text, &size));
  assert_string_equal(text, json);
  dam_free(text);
  dam_document_free(document);
  ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
}

static void an_empty_builder_makes_an_empty_document(void** state) {
  (void)state;
  assert_built(new_builder(NULL), "{}");
}

static void every_plain_field_is_set(void** state) {
  static const float kLocation[] = {1.5F, -2};
  dam_builder* b = new_builder(NULL);
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_ID, "a\0b", 3));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_TEXT, "", 0));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_URI, "u", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_MIME_TYPE, "m/t", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_MODALITY, "mo", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_LEVEL_NAME, "l", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_PARENT_ID, "p", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_integer(b, DAM_FIELD_GRANULARITY, 4294967295));
  ASSERT_STATUS(DAM_OK, dam_builder_set_integer(b, DAM_FIELD_ADJACENCY, 0));
  ASSERT_STATUS(DAM_OK, dam_builder_set_integer(b, DAM_FIELD_OFFSET, 3));
  ASSERT_STATUS(DAM_OK, dam_builder_set_number(b, DAM_FIELD_SIBLINGS, 4));
  ASSERT_STATUS(DAM_OK, dam_builder_set_number(b, DAM_FIELD_WEIGHT, 0.5));
  ASSERT_STATUS(DAM_OK, dam_builder_set_buffer(b, DAM_FIELD_META_INFO, "\0\xff", 2));
  ASSERT_STATUS(DAM_OK, dam_builder_set_floats(b, DAM_FIELD_LOCATION, kLocation, 2));
  assert_built(b,
               "{\"adjacency\":0,\"granularity\":4294967295,\"id\":\"a\\u0000b\",\"level_name\":"
               "\"l\",\"location\":[1.5,-2.0],\"meta_info\":\"AP8=\",\"mime_type\":\"m/t\","
               "\"modality\":\"mo\",\"offset\":3,\"parent_id\":\"p\",\"siblings\":4,\"text\":\"\","
               "\"uri\":\"u\",\"weight\":0.5}");
}

static void setting_one_content_clears_the_others(void** state) {
  static const float kOne[] = {1};
  dam_builder* b = new_builder("{\"text\":\"x\"}");
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_buffer(b, DAM_FIELD_BUFFER, NULL, 0));
  ASSERT_STATUS(DAM_OK, dam_builder_set_floats(b, DAM_FIELD_BLOB, kOne, 1));
  assert_built(b, "{\"blob\":[1.0]}");
  b = new_builder("{\"blob\":[1]}");
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_TEXT, "y", 1));
  assert_built(b, "{\"text\":\"y\"}");
}

static void a_builder_goes_on_after_finishing(void** state) {
  dam_builder* b = new_builder("{\"id\":\"a\",\"text\":\"x\",\"uri\":\"u\"}");
  dam_document* first = NULL;
  const char* text;
  size_t size;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_finish(b, &first));
  ASSERT_STATUS(DAM_OK, dam_builder_clear(b, DAM_FIELD_URI));
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_TEXT, "y", 1));
  assert_built(b, "{\"id\":\"a\",\"text\":\"y\"}");
  ASSERT_STATUS(DAM_OK, dam_document_string(first, DAM_FIELD_TEXT, &text, &size));
  assert_memory_equal(text, "x", 1);
  dam_document_free(first);
}

static void what_a_field_cannot_hold_is_refused(void** state) {
  dam_builder* b = new_builder("{\"id\":\"a\"}");
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_string(b, DAM_FIELD_ID, "", 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_string(b, DAM_FIELD_TEXT, "\xff", 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_string(b, DAM_FIELD_WEIGHT, "1", 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_integer(b, DAM_FIELD_OFFSET, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_integer(b, DAM_FIELD_OFFSET, 4294967296));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_number(b, DAM_FIELD_OFFSET, 1.5));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_number(b, DAM_FIELD_OFFSET, (double)NAN));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_number(b, DAM_FIELD_WEIGHT, 1e300));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_integer(b, DAM_FIELD_TAGS, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_clear(b, 0));
  ASSERT_STATUS(DAM_OK, dam_builder_set_number(b, DAM_FIELD_WEIGHT, (double)INFINITY));
  assert_built(b, "{\"id\":\"a\",\"weight\":\"Infinity\"}");
}

static void tags_of_every_kind_are_set(void** state) {
  dam_builder* b = new_builder(NULL);
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag_integer(b, "a.b", Z, INT64_MIN));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag_number(b, "a.c", Z, 2));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag_string(b, "a.x\\.y", Z, "s", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag_buffer(b, "a.\\\\", Z, "\0", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag(b, "list", Z, DAM_TAG_LIST));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag(b, "list.0", Z, DAM_TAG_TRUE));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag(b, "list.1.k", Z, DAM_TAG_NULL));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag(b, "list.2", Z, DAM_TAG_MAP));
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag(b, "list.0", Z, DAM_TAG_FALSE));
  assert_built(b,
               "{\"tags\":{\"a\":{\"\\\\\":{\"$bytes\":\"AA==\"},\"b\":-9223372036854775808,"
               "\"c\":2.0,\"x.y\":\"s\"},\"list\":[false,{\"k\":null},{}]}}");
}

static void stored_tags_change_and_go(void** state) {
  dam_builder* b = new_builder(
      "{\"tags\":{\"a\":1,\"b\":[1,2,3],\"c\":{\"d\":{\"$bytes\":\"AP8=\"},"
      "\"e\":\"f\"},\"g\":2.5}}");
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_tag_string(b, "a", Z, "now text", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_clear_tag(b, "b.0", Z));
  ASSERT_STATUS(DAM_OK, dam_builder_clear_tag(b, "c.e", Z));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_clear_tag(b, "c.e", Z));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_clear_tag(b, "b.2", Z));
  assert_built(b,
               "{\"tags\":{\"a\":\"now text\",\"b\":[2,3],\"c\":{\"d\":{\"$bytes\":\"AP8=\"}},"
               "\"g\":2.5}}");
}

static void a_tag_path_that_cannot_be_is_refused_and_changes_nothing(void** state) {
  dam_builder* b = new_builder(NULL);
  char deep[256];
  size_t i;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, "", 0, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, "a\\", 2, 1));
  for (i = 0; i < sizeof deep; ++i) deep[i] = i % 2 == 0 ? 'a' : '.';
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, deep, sizeof deep, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag(b, "a", 1, DAM_TAG_INTEGER));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag(b, "a", 1, 9));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_clear_tag(b, "a", 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_string(b, "a", 1, "\xc3", 1));
  assert_built(b, "{}");
  b = new_builder("{\"tags\":{\"l\":[1],\"n\":1}}");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, "n.a", Z, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, "l.x", Z, 1));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_builder_set_tag_integer(b, "l.2", Z, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_tag_integer(b, "l.0.a.b", Z, 1));
  assert_built(b, "{\"tags\":{\"l\":[1],\"n\":1}}");
}

static void tensors_are_dense_sparse_or_quantized(void** state) {
  static const uint32_t kShape[] = {2, 2};
  static const uint32_t kIndices[] = {1, 1, 0, 1};
  static const int16_t kShorts[] = {1, -2, 3, -4};
  static const int8_t kBytes[] = {-128, 127};
  static const uint32_t kTwo[] = {2};
  dam_builder* b = new_builder(NULL);
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_tensor(b, DAM_FIELD_EMBEDDING, DAM_DTYPE_I16, kShape, 2,
                                               kShorts, sizeof kShorts));
  ASSERT_STATUS(DAM_OK,
                dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_I8, kTwo, 1, kBytes, 2));
  ASSERT_STATUS(DAM_OK, dam_builder_set_quantization(b, DAM_FIELD_BLOB, 0.5, 3));
  assert_built(b,
               "{\"blob\":{\"data\":[-128,127],\"dtype\":\"i8\",\"scale\":0.5,\"shape\":[2],"
               "\"zero_point\":3},\"embedding\":{\"data\":[1,-2,3,-4],\"dtype\":\"i16\","
               "\"shape\":[2,2]}}");
  b = new_builder(NULL);
  ASSERT_STATUS(
      DAM_OK, dam_builder_set_tensor(b, DAM_FIELD_EMBEDDING, DAM_DTYPE_I16, kShape, 2, kShorts, 4));
  ASSERT_STATUS(DAM_OK,
                dam_builder_set_sparse(b, DAM_FIELD_EMBEDDING, DAM_FORMAT_CSC, kIndices, 4));
  assert_built(b,
               "{\"embedding\":{\"data\":[-2,1],\"dtype\":\"i16\",\"format\":\"csc\","
               "\"indices\":[0,1,1,1],\"shape\":[2,2]}}");
}

static void a_stored_tensor_takes_a_scale(void** state) {
  dam_builder* b = new_builder("{\"embedding\":{\"data\":[1,2],\"dtype\":\"i8\"}}");
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_quantization(b, DAM_FIELD_EMBEDDING, 0.25, 0));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_set_quantization(b, DAM_FIELD_BLOB, 0.25, 0));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_set_sparse(b, DAM_FIELD_BLOB, 1, NULL, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_builder_set_quantization(b, DAM_FIELD_EMBEDDING, -0.25, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_builder_set_quantization(b, DAM_FIELD_EMBEDDING, (double)NAN, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_sparse(b, DAM_FIELD_EMBEDDING, 0, NULL, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_sparse(b, DAM_FIELD_EMBEDDING, 5, NULL, 0));
  assert_built(b, "{\"embedding\":{\"data\":[1,2],\"dtype\":\"i8\",\"scale\":0.25,\"shape\":[2]}}");
}

static void a_tensor_that_does_not_fit_is_refused_at_the_end(void** state) {
  static const uint32_t kShape[] = {3};
  dam_builder* b = new_builder(NULL);
  dam_document* document = NULL;
  (void)state;
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_builder_set_tensor(b, DAM_FIELD_BLOB, 13, kShape, 1, "1234", 4));
  ASSERT_STATUS(DAM_OK,
                dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_F32, kShape, 1, "1234", 4));
  ASSERT_STATUS(DAM_INVALID_DOCUMENT, dam_builder_finish(b, &document));
  assert_non_null(strstr(dam_last_error(), "blob"));
  assert_null(document);
  ASSERT_STATUS(DAM_OK, dam_builder_clear(b, DAM_FIELD_BLOB));
  assert_built(b, "{}");
}

static void scores_have_operands_of_operands(void** state) {
  dam_builder* b = new_builder("{\"scores\":{\"a\":{\"value\":1,\"operands\":[{\"value\":2}]}}}");
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_score(b, DAM_FIELD_SCORES, "b", 1, 0.5));
  ASSERT_STATUS(DAM_OK, dam_builder_set_score(b, DAM_FIELD_SCORES, "a.1", 3, 3));
  ASSERT_STATUS(DAM_OK, dam_builder_set_score(b, DAM_FIELD_SCORES, "a.1.0", 5, 4));
  ASSERT_STATUS(DAM_OK, dam_builder_set_score_string(b, DAM_FIELD_SCORES, "a.1.0", 5,
                                                     DAM_SCORE_REF_ID, "r", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_score_string(b, DAM_FIELD_EVALUATIONS, "e", 1,
                                                     DAM_SCORE_OP_NAME, "o", 1));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_builder_set_score(b, DAM_FIELD_SCORES, "a.3", 3, 4));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_score(b, DAM_FIELD_SCORES, "a.x", 3, 4));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_score(b, DAM_FIELD_SCORES, "c.0", 3, 4));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_set_score(b, DAM_FIELD_TAGS, "c", 1, 4));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_builder_set_score_string(b, DAM_FIELD_SCORES, "a", 1, 9, "x", 1));
  assert_built(b,
               "{\"evaluations\":{\"e\":{\"op_name\":\"o\",\"value\":0.0}},\"scores\":{\"a\":"
               "{\"operands\":[{\"value\":2.0},{\"operands\":[{\"ref_id\":\"r\",\"value\":4.0}"
               "],\"value\":3.0}],\"value\":1.0},\"b\":{\"value\":0.5}}}");
}

static void add_child(dam_builder* builder, int32_t field, const char* json) {
  dam_document* child = document_of(json);
  ASSERT_STATUS(DAM_OK, dam_builder_add_child(builder, field, child));
  dam_document_free(child);
}

static void children_take_their_place_from_the_finished_parent(void** state) {
  dam_builder* b = new_builder("{\"chunks\":[{\"id\":\"old\",\"granularity\":9}]}");
  (void)state;
  add_child(b, DAM_FIELD_CHUNKS,
            "{\"id\":\"c\",\"parent_id\":\"stale\",\"chunks\":[{\"id\":\"cc\"}],\"matches\":[{}]}");
  add_child(b, DAM_FIELD_MATCHES, "{\"id\":\"m\",\"parent_id\":\"kept\"}");
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_ID, "p", 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_integer(b, DAM_FIELD_GRANULARITY, 2));
  ASSERT_STATUS(DAM_OK, dam_builder_set_integer(b, DAM_FIELD_ADJACENCY, 5));
  assert_built(
      b,
      "{\"adjacency\":5,\"chunks\":[{\"adjacency\":0,\"granularity\":9,\"id\":\"old\"},"
      "{\"adjacency\":5,\"chunks\":[{\"adjacency\":5,\"granularity\":4,\"id\":\"cc\","
      "\"parent_id\":\"c\"}],\"granularity\":3,\"id\":\"c\",\"matches\":[{\"adjacency\":6,"
      "\"granularity\":3}],\"parent_id\":\"p\"}],\"granularity\":2,\"id\":\"p\",\"matches\":[{"
      "\"adjacency\":6,\"granularity\":2,\"id\":\"m\",\"parent_id\":\"kept\"}]}");
}

static void children_are_removed_and_the_others_stay(void** state) {
  dam_builder* b = new_builder("{\"matches\":[{\"id\":\"a\",\"adjacency\":7},{\"id\":\"b\"}]}");
  (void)state;
  add_child(b, DAM_FIELD_MATCHES, "{\"id\":\"c\"}");
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_builder_remove_child(b, DAM_FIELD_MATCHES, 3));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_builder_remove_child(b, DAM_FIELD_MATCHES, -4));
  ASSERT_STATUS(DAM_NOT_FOUND, dam_builder_remove_child(b, DAM_FIELD_CHUNKS, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_builder_remove_child(b, DAM_FIELD_TAGS, 0));
  ASSERT_STATUS(DAM_OK, dam_builder_remove_child(b, DAM_FIELD_MATCHES, -2));
  assert_built(b,
               "{\"matches\":[{\"adjacency\":7,\"granularity\":0,\"id\":\"a\"},{\"adjacency\":1,"
               "\"granularity\":0,\"id\":\"c\"}]}");
}

static void nesting_beyond_the_limit_is_refused(void** state) {
  dam_document* inner = document_of("{}");
  int level;
  (void)state;
  for (level = 1; level < 130; ++level) {
    dam_builder* builder = new_builder(NULL);
    dam_document* outer = NULL;
    ASSERT_STATUS(DAM_OK, dam_builder_add_child(builder, DAM_FIELD_CHUNKS, inner));
    ASSERT_STATUS(level < 128 ? DAM_OK : DAM_INVALID_DOCUMENT, dam_builder_finish(builder, &outer));
    ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
    if (outer == NULL) break;
    dam_document_free(inner);
    inner = outer;
  }
  assert_int_equal(level, 128);
  dam_document_free(inner);
}

static void a_chunk_of_a_document_can_be_changed_alone(void** state) {
  dam_document* parent = document_of("{\"id\":\"p\",\"chunks\":[{\"id\":\"c\",\"text\":\"x\"}]}");
  dam_document* chunk = NULL;
  dam_builder* b = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_child(parent, DAM_FIELD_CHUNKS, 0, &chunk));
  ASSERT_STATUS(DAM_OK, dam_builder_create(chunk, &b));
  dam_document_free(parent);
  dam_document_free(chunk);
  ASSERT_STATUS(DAM_OK, dam_builder_set_string(b, DAM_FIELD_TEXT, "y", 1));
  assert_built(b,
               "{\"adjacency\":0,\"granularity\":1,\"id\":\"c\",\"parent_id\":\"p\","
               "\"text\":\"y\"}");
}

static void quantized_vectors_come_back_within_half_a_step(void** state) {
  static const float kValues[] = {-1, -0.5F, 0, 0.25F, 3};
  dam_builder* b = new_builder(NULL);
  dam_document* document = NULL;
  int8_t quantized[5];
  float values[5];
  double scale = 0;
  int32_t zero_point = 0;
  int64_t count = 0;
  size_t i;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_builder_set_quantized(b, DAM_FIELD_EMBEDDING, kValues, 5));
  ASSERT_STATUS(DAM_OK, dam_builder_finish(b, &document));
  ASSERT_STATUS(DAM_OK,
                dam_document_quantization(document, DAM_FIELD_EMBEDDING, &scale, &zero_point));
  ASSERT_STATUS(DAM_OK, dam_document_floats(document, DAM_FIELD_EMBEDDING, values, 5, &count));
  for (i = 0; i < 5; ++i) assert_true(fabs((double)(values[i] - kValues[i])) <= scale / 2 * 1.001);
  ASSERT_STATUS(DAM_OK, dam_quantize(kValues, 5, quantized, &scale, &zero_point));
  ASSERT_STATUS(DAM_OK, dam_dequantize(quantized, 5, scale, zero_point, values));
  for (i = 0; i < 5; ++i) assert_true(fabs((double)(values[i] - kValues[i])) <= scale / 2 * 1.001);
  ASSERT_STATUS(DAM_OK, dam_builder_discard(b));
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_builder_makes_an_empty_document),
      cmocka_unit_test(every_plain_field_is_set),
      cmocka_unit_test(setting_one_content_clears_the_others),
      cmocka_unit_test(a_builder_goes_on_after_finishing),
      cmocka_unit_test(what_a_field_cannot_hold_is_refused),
      cmocka_unit_test(tags_of_every_kind_are_set),
      cmocka_unit_test(stored_tags_change_and_go),
      cmocka_unit_test(a_tag_path_that_cannot_be_is_refused_and_changes_nothing),
      cmocka_unit_test(tensors_are_dense_sparse_or_quantized),
      cmocka_unit_test(a_stored_tensor_takes_a_scale),
      cmocka_unit_test(a_tensor_that_does_not_fit_is_refused_at_the_end),
      cmocka_unit_test(scores_have_operands_of_operands),
      cmocka_unit_test(children_take_their_place_from_the_finished_parent),
      cmocka_unit_test(children_are_removed_and_the_others_stay),
      cmocka_unit_test(nesting_beyond_the_limit_is_refused),
      cmocka_unit_test(a_chunk_of_a_document_can_be_changed_alone),
      cmocka_unit_test(quantized_vectors_come_back_within_half_a_step),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
