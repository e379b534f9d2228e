// Calls on documents with every pointer NULL, and with handles that are closed, foreign or garbage.
#include "array_fixture.h"

#define REFUSED(call) ASSERT_STATUS(DAM_INVALID_ARGUMENT, call)

/* Room for whatever a call would put out. */
struct outputs {
  int32_t flag;
  int64_t count;
  double number;
  size_t size;
  const char* text;
  const void* data;
  const uint32_t* list;
  dam_document* document;
  dam_tags* tags;
};

static struct outputs out;

static void comparisons_and_patches_refuse_null(void** state) {
  dam_document* document = document_of("{}");
  (void)state;
  REFUSED(dam_document_patch(NULL, "{}", 2, &out.document));
  REFUSED(dam_document_patch(document, NULL, 2, &out.document));
  REFUSED(dam_document_patch(document, NULL, 0, &out.document));
  REFUSED(dam_document_patch(document, "{}", 2, NULL));
  REFUSED(dam_document_merge(NULL, document, &out.document));
  REFUSED(dam_document_merge(document, NULL, &out.document));
  REFUSED(dam_document_merge(document, document, NULL));
  REFUSED(dam_document_hash(NULL, &out.count));
  REFUSED(dam_document_hash(document, NULL));
  REFUSED(dam_document_equal(NULL, document, &out.flag));
  REFUSED(dam_document_equal(document, NULL, &out.flag));
  REFUSED(dam_document_equal(document, document, NULL));
  dam_document_free(document);
}

static void fields_refuse_a_null_document(void** state) {
  (void)state;
  REFUSED(dam_document_has(NULL, DAM_FIELD_ID, &out.flag));
  REFUSED(dam_document_content_type(NULL, &out.flag));
  REFUSED(dam_document_string(NULL, DAM_FIELD_ID, &out.text, &out.size));
  REFUSED(dam_document_buffer(NULL, DAM_FIELD_BUFFER, &out.data, &out.size));
  REFUSED(dam_document_integer(NULL, DAM_FIELD_OFFSET, &out.count));
  REFUSED(dam_document_number(NULL, DAM_FIELD_WEIGHT, &out.number));
  REFUSED(dam_document_count(NULL, DAM_FIELD_CHUNKS, &out.count));
  REFUSED(dam_document_child(NULL, DAM_FIELD_CHUNKS, 0, &out.document));
  REFUSED(dam_document_tensor(NULL, DAM_FIELD_BLOB, &out.flag, &out.list, &out.count, &out.data,
                              &out.size));
  REFUSED(dam_document_sparse(NULL, DAM_FIELD_BLOB, &out.flag, &out.list, &out.count));
  REFUSED(dam_document_quantization(NULL, DAM_FIELD_BLOB, &out.number, &out.flag));
  REFUSED(dam_document_floats(NULL, DAM_FIELD_BLOB, NULL, 0, &out.count));
  REFUSED(dam_document_doubles(NULL, DAM_FIELD_BLOB, NULL, 0, &out.count));
  REFUSED(dam_document_tag(NULL, "a", 1, NULL, NULL, NULL, NULL, NULL));
  REFUSED(dam_tags_open(NULL, "a", 1, &out.tags));
  REFUSED(dam_document_score(NULL, DAM_FIELD_SCORES, "a", 1, &out.number, NULL));
  REFUSED(dam_document_score_string(NULL, DAM_FIELD_SCORES, "a", 1, 1, &out.text, &out.size));
  REFUSED(dam_document_score_name(NULL, DAM_FIELD_SCORES, 0, &out.text, &out.size));
}

static void fields_refuse_null_outputs(void** state) {
  dam_document* document = document_of("{\"text\":\"x\"}");
  (void)state;
  REFUSED(dam_document_has(document, DAM_FIELD_ID, NULL));
  REFUSED(dam_document_content_type(document, NULL));
  REFUSED(dam_document_string(document, DAM_FIELD_TEXT, NULL, &out.size));
  REFUSED(dam_document_string(document, DAM_FIELD_TEXT, &out.text, NULL));
  REFUSED(dam_document_buffer(document, DAM_FIELD_BUFFER, NULL, &out.size));
  REFUSED(dam_document_buffer(document, DAM_FIELD_BUFFER, &out.data, NULL));
  REFUSED(dam_document_integer(document, DAM_FIELD_OFFSET, NULL));
  REFUSED(dam_document_number(document, DAM_FIELD_WEIGHT, NULL));
  REFUSED(dam_document_count(document, DAM_FIELD_CHUNKS, NULL));
  REFUSED(dam_document_child(document, DAM_FIELD_CHUNKS, 0, NULL));
  REFUSED(dam_document_tag(document, NULL, 1, NULL, NULL, NULL, NULL, NULL));
  REFUSED(dam_tags_open(document, NULL, 1, &out.tags));
  REFUSED(dam_tags_open(document, "a", 1, NULL));
  REFUSED(dam_document_score(document, DAM_FIELD_SCORES, NULL, 1, &out.number, NULL));
  REFUSED(dam_document_score(document, DAM_FIELD_SCORES, "a", 1, NULL, NULL));
  REFUSED(dam_document_score_string(document, DAM_FIELD_SCORES, "a", 1, 1, NULL, &out.size));
  REFUSED(dam_document_score_string(document, DAM_FIELD_SCORES, "a", 1, 1, &out.text, NULL));
  REFUSED(dam_document_score_name(document, DAM_FIELD_SCORES, 0, NULL, &out.size));
  REFUSED(dam_document_score_name(document, DAM_FIELD_SCORES, 0, &out.text, NULL));
  dam_document_free(document);
}

static void tensors_refuse_null_outputs(void** state) {
  dam_document* document = document_of("{\"blob\":[1,2]}");
  const int32_t blob = DAM_FIELD_BLOB;
  (void)state;
  REFUSED(dam_document_tensor(document, blob, NULL, &out.list, &out.count, &out.data, &out.size));
  REFUSED(dam_document_tensor(document, blob, &out.flag, NULL, &out.count, &out.data, &out.size));
  REFUSED(dam_document_tensor(document, blob, &out.flag, &out.list, NULL, &out.data, &out.size));
  REFUSED(dam_document_tensor(document, blob, &out.flag, &out.list, &out.count, NULL, &out.size));
  REFUSED(dam_document_tensor(document, blob, &out.flag, &out.list, &out.count, &out.data, NULL));
  REFUSED(dam_document_sparse(document, blob, NULL, &out.list, &out.count));
  REFUSED(dam_document_sparse(document, blob, &out.flag, NULL, &out.count));
  REFUSED(dam_document_sparse(document, blob, &out.flag, &out.list, NULL));
  REFUSED(dam_document_quantization(document, blob, NULL, &out.flag));
  REFUSED(dam_document_quantization(document, blob, &out.number, NULL));
  REFUSED(dam_document_floats(document, blob, NULL, 2, &out.count));
  REFUSED(dam_document_floats(document, blob, NULL, 0, NULL));
  REFUSED(dam_document_doubles(document, blob, NULL, 2, &out.count));
  REFUSED(dam_document_doubles(document, blob, NULL, 0, NULL));
  dam_document_free(document);
}

static void walk_calls_answer(dam_tags* tags, dam_status expected) {
  ASSERT_STATUS(expected, dam_tags_next(tags, NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(expected, dam_tags_key(tags, &out.flag, &out.text, &out.size));
  ASSERT_STATUS(expected, dam_tags_close(tags));
}

static void a_walk_that_is_none_is_refused(void** state) {
  dam_document* document = document_of("{\"tags\":{\"a\":1}}");
  dam_task* task = NULL;
  dam_tags* tags = NULL;
  (void)state;
  walk_calls_answer(NULL, DAM_INVALID_ARGUMENT);
  walk_calls_answer((dam_tags*)(void*)document, DAM_INVALID_ARGUMENT);
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  walk_calls_answer((dam_tags*)(void*)task, DAM_INVALID_ARGUMENT);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_tags_open(document, "", 0, &tags));
  REFUSED(dam_tags_key(tags, NULL, &out.text, &out.size));
  REFUSED(dam_tags_key(tags, &out.flag, NULL, &out.size));
  REFUSED(dam_tags_key(tags, &out.flag, &out.text, NULL));
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
  walk_calls_answer(tags, DAM_CLOSED);
  dam_document_free(document);
}

static void builder_calls_answer(dam_builder* b, dam_status expected) {
  static const float kFloat[] = {1};
  static const uint32_t kOne[] = {1};
  dam_document* document = document_of("{}");
  ASSERT_STATUS(expected, dam_builder_clear(b, DAM_FIELD_ID));
  ASSERT_STATUS(expected, dam_builder_set_string(b, DAM_FIELD_ID, "a", 1));
  ASSERT_STATUS(expected, dam_builder_set_buffer(b, DAM_FIELD_BUFFER, "a", 1));
  ASSERT_STATUS(expected, dam_builder_set_integer(b, DAM_FIELD_OFFSET, 1));
  ASSERT_STATUS(expected, dam_builder_set_number(b, DAM_FIELD_WEIGHT, 1));
  ASSERT_STATUS(expected, dam_builder_add_child(b, DAM_FIELD_CHUNKS, document));
  ASSERT_STATUS(expected, dam_builder_remove_child(b, DAM_FIELD_CHUNKS, 0));
  ASSERT_STATUS(expected, dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_U8, kOne, 1, "a", 1));
  ASSERT_STATUS(expected, dam_builder_set_floats(b, DAM_FIELD_BLOB, kFloat, 1));
  ASSERT_STATUS(expected, dam_builder_set_quantized(b, DAM_FIELD_BLOB, kFloat, 1));
  ASSERT_STATUS(expected, dam_builder_set_sparse(b, DAM_FIELD_BLOB, DAM_FORMAT_COO, kOne, 1));
  ASSERT_STATUS(expected, dam_builder_set_quantization(b, DAM_FIELD_BLOB, 1, 0));
  ASSERT_STATUS(expected, dam_builder_set_tag(b, "a", 1, DAM_TAG_NULL));
  ASSERT_STATUS(expected, dam_builder_set_tag_integer(b, "a", 1, 1));
  ASSERT_STATUS(expected, dam_builder_set_tag_number(b, "a", 1, 1));
  ASSERT_STATUS(expected, dam_builder_set_tag_string(b, "a", 1, "b", 1));
  ASSERT_STATUS(expected, dam_builder_set_tag_buffer(b, "a", 1, "b", 1));
  ASSERT_STATUS(expected, dam_builder_clear_tag(b, "a", 1));
  ASSERT_STATUS(expected, dam_builder_set_score(b, DAM_FIELD_SCORES, "a", 1, 1));
  ASSERT_STATUS(expected, dam_builder_set_score_string(b, DAM_FIELD_SCORES, "a", 1, 1, "b", 1));
  ASSERT_STATUS(expected, dam_builder_finish(b, &out.document));
  ASSERT_STATUS(expected, dam_builder_discard(b));
  dam_document_free(document);
}

static void a_builder_that_is_none_is_refused(void** state) {
  dam_document* document = document_of("{}");
  dam_task* task = NULL;
  dam_builder* builder = NULL;
  (void)state;
  builder_calls_answer(NULL, DAM_INVALID_ARGUMENT);
  builder_calls_answer((dam_builder*)(void*)document, DAM_INVALID_ARGUMENT);
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  builder_calls_answer((dam_builder*)(void*)task, DAM_INVALID_ARGUMENT);
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &builder));
  ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
  builder_calls_answer(builder, DAM_CLOSED);
  dam_document_free(document);
}

static void builders_refuse_null(void** state) {
  static const float kFloat[] = {1};
  static const uint32_t kOne[] = {1};
  dam_builder* b = NULL;
  int8_t quantized[1];
  float values[1];
  (void)state;
  REFUSED(dam_builder_create(NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &b));
  REFUSED(dam_builder_finish(b, NULL));
  REFUSED(dam_builder_set_string(b, DAM_FIELD_TEXT, NULL, 1));
  REFUSED(dam_builder_set_buffer(b, DAM_FIELD_BUFFER, NULL, 1));
  REFUSED(dam_builder_add_child(b, DAM_FIELD_CHUNKS, NULL));
  REFUSED(dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_U8, NULL, 1, "a", 1));
  REFUSED(dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_U8, kOne, 1, NULL, 1));
  REFUSED(dam_builder_set_tensor(b, DAM_FIELD_BLOB, DAM_DTYPE_U8, kOne, -1, "a", 1));
  REFUSED(dam_builder_set_floats(b, DAM_FIELD_BLOB, NULL, 1));
  REFUSED(dam_builder_set_floats(b, DAM_FIELD_BLOB, kFloat, -1));
  REFUSED(dam_builder_set_quantized(b, DAM_FIELD_BLOB, NULL, 1));
  ASSERT_STATUS(DAM_OK, dam_builder_set_floats(b, DAM_FIELD_BLOB, kFloat, 1));
  REFUSED(dam_builder_set_sparse(b, DAM_FIELD_BLOB, DAM_FORMAT_COO, NULL, 1));
  REFUSED(dam_builder_set_tag(b, NULL, 1, DAM_TAG_NULL));
  REFUSED(dam_builder_set_tag_string(b, "a", 1, NULL, 1));
  REFUSED(dam_builder_set_tag_buffer(b, "a", 1, NULL, 1));
  REFUSED(dam_builder_clear_tag(b, NULL, 1));
  REFUSED(dam_builder_set_score(b, DAM_FIELD_SCORES, NULL, 1, 1));
  REFUSED(dam_builder_set_score_string(b, DAM_FIELD_SCORES, "a", 1, 1, NULL, 1));
  ASSERT_STATUS(DAM_OK, dam_builder_discard(b));
  REFUSED(dam_quantize(NULL, 1, quantized, &out.number, &out.flag));
  REFUSED(dam_quantize(kFloat, -1, quantized, &out.number, &out.flag));
  REFUSED(dam_quantize(kFloat, 1, NULL, &out.number, &out.flag));
  REFUSED(dam_quantize(kFloat, 1, quantized, NULL, &out.flag));
  REFUSED(dam_quantize(kFloat, 1, quantized, &out.number, NULL));
  REFUSED(dam_dequantize(NULL, 1, 1, 0, values));
  REFUSED(dam_dequantize(quantized, 1, 1, 0, NULL));
  REFUSED(dam_dequantize(quantized, -1, 1, 0, values));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(comparisons_and_patches_refuse_null),
      cmocka_unit_test(fields_refuse_a_null_document),
      cmocka_unit_test(fields_refuse_null_outputs),
      cmocka_unit_test(tensors_refuse_null_outputs),
      cmocka_unit_test(a_walk_that_is_none_is_refused),
      cmocka_unit_test(a_builder_that_is_none_is_refused),
      cmocka_unit_test(builders_refuse_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
