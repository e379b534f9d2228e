// Tensors of a document, in place and as numbers.
#include <math.h>
#include <stdio.h>

#include "array_fixture.h"

static void a_dense_tensor_is_lent_with_its_shape(void** state) {
  dam_document* document = document_of("{\"embedding\":[[1,2,3],[4,5,6]]}");
  int32_t dtype = -1;
  const uint32_t* shape = NULL;
  int64_t dimensions = 0;
  const void* data = NULL;
  size_t size = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_tensor(document, DAM_FIELD_EMBEDDING, &dtype, &shape,
                                            &dimensions, &data, &size));
  assert_int_equal(dtype, DAM_DTYPE_F32);
  assert_int_equal(dimensions, 2);
  assert_int_equal(shape[0], 2);
  assert_int_equal(shape[1], 3);
  assert_int_equal(size, 24);
  assert_int_equal((uintptr_t)data % 8, 0);
  assert_true(((const float*)data)[5] == 6);
  ASSERT_STATUS(DAM_NOT_FOUND, dam_document_tensor(document, DAM_FIELD_BLOB, &dtype, &shape,
                                                   &dimensions, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_document_tensor(document, DAM_FIELD_TEXT, &dtype, &shape,
                                                          &dimensions, &data, &size));
  dam_document_free(document);
}

static void a_sparse_tensor_has_format_and_coordinates(void** state) {
  dam_document* document = document_of(
      "{\"embedding\":{\"data\":[1,2],\"dtype\":\"f32\",\"format\":\"csr\",\"indices\":[0,5,2,1],"
      "\"shape\":[3,6]},\"blob\":[1]}");
  int32_t format = -1;
  const uint32_t* indices = NULL;
  int64_t count = 0;
  float values[2];
  (void)state;
  ASSERT_STATUS(DAM_OK,
                dam_document_sparse(document, DAM_FIELD_EMBEDDING, &format, &indices, &count));
  assert_int_equal(format, DAM_FORMAT_CSR);
  assert_int_equal(count, 4);
  assert_int_equal(indices[1], 5);
  assert_int_equal(indices[2], 2);
  ASSERT_STATUS(DAM_OK, dam_document_floats(document, DAM_FIELD_EMBEDDING, values, 2, &count));
  assert_int_equal(count, 2);
  assert_true(values[1] == 2);
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_sparse(document, DAM_FIELD_BLOB, &format, &indices, &count));
  dam_document_free(document);
}

static void a_quantized_tensor_has_a_scale(void** state) {
  dam_document* document = document_of(
      "{\"blob\":{\"data\":[-128,127],\"dtype\":\"i8\",\"scale\":0.5,\"shape\":[2],"
      "\"zero_point\":-7},\"embedding\":[1]}");
  double scale = 0;
  int32_t zero_point = 0;
  double values[2];
  int64_t count = 0;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_quantization(document, DAM_FIELD_BLOB, &scale, &zero_point));
  assert_true(scale == 0.5);
  assert_int_equal(zero_point, -7);
  ASSERT_STATUS(DAM_OK, dam_document_doubles(document, DAM_FIELD_BLOB, values, 2, &count));
  assert_true(values[0] == -60.5);
  assert_true(values[1] == 67);
  ASSERT_STATUS(DAM_NOT_FOUND,
                dam_document_quantization(document, DAM_FIELD_EMBEDDING, &scale, &zero_point));
  dam_document_free(document);
}

static void every_dtype_becomes_numbers(void** state) {
  static const struct {
    const char* dtype;
    const char* data;
    double first, second;
  } kCases[] = {
      {"f32", "[0.5,-2]", 0.5, -2},
      {"f64", "[0.1,1e300]", 0.1, 1e300},
      {"f16", "[0.5,-65504]", 0.5, -65504},
      {"bf16", "[1,-3]", 1, -3},
      {"i8", "[-128,127]", -128, 127},
      {"u8", "[0,255]", 0, 255},
      {"i16", "[-32768,32767]", -32768, 32767},
      {"u16", "[0,65535]", 0, 65535},
      {"i32", "[-2147483648,2147483647]", -2147483648.0, 2147483647},
      {"u32", "[0,4294967295]", 0, 4294967295.0},
      {"i64", "[-9223372036854775808,1]", -9223372036854775808.0, 1},
      {"u64", "[18446744073709551615,1]", 18446744073709551616.0, 1},
      {"bool", "[true,false]", 1, 0},
  };
  size_t i;
  (void)state;
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    char json[128];
    dam_document* document;
    double doubles[2] = {-1, -1};
    float floats[2] = {-1, -1};
    int64_t count = 0;
    int32_t dtype = -1;
    const uint32_t* shape;
    const void* data;
    size_t size;
    (void)snprintf(json, sizeof json, "{\"blob\":{\"data\":%s,\"dtype\":\"%s\"}}", kCases[i].data,
                   kCases[i].dtype);
    document = document_of(json);
    ASSERT_STATUS(DAM_OK, dam_document_doubles(document, DAM_FIELD_BLOB, doubles, 2, &count));
    assert_true(doubles[0] == kCases[i].first && doubles[1] == kCases[i].second);
    ASSERT_STATUS(DAM_OK, dam_document_floats(document, DAM_FIELD_BLOB, floats, 2, &count));
    assert_true(floats[0] == (float)kCases[i].first);
    assert_true(floats[1] == (kCases[i].second > 1e200 ? HUGE_VALF : (float)kCases[i].second));
    ASSERT_STATUS(DAM_OK, dam_document_tensor(document, DAM_FIELD_BLOB, &dtype, &shape, &count,
                                              &data, &size));
    assert_int_equal(dtype, i); /* the cases stand in the order of DAM_DTYPE_* */
    dam_document_free(document);
  }
}

static void a_short_buffer_tells_what_is_needed(void** state) {
  dam_document* document = document_of("{\"embedding\":[1,2,3],\"location\":[1.5,-2]}");
  float values[3] = {7, 7, 7};
  int64_t count = 0;
  (void)state;
  ASSERT_STATUS(DAM_TOO_BIG, dam_document_floats(document, DAM_FIELD_EMBEDDING, values, 2, &count));
  assert_int_equal(count, 3);
  assert_true(values[0] == 7);
  ASSERT_STATUS(DAM_TOO_BIG, dam_document_floats(document, DAM_FIELD_EMBEDDING, NULL, 0, &count));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_floats(document, DAM_FIELD_EMBEDDING, values, -1, &count));
  ASSERT_STATUS(DAM_OK, dam_document_floats(document, DAM_FIELD_LOCATION, values, 3, &count));
  assert_int_equal(count, 2);
  assert_true(values[0] == 1.5F && values[1] == -2 && values[2] == 7);
  dam_document_free(document);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_dense_tensor_is_lent_with_its_shape),
      cmocka_unit_test(a_sparse_tensor_has_format_and_coordinates),
      cmocka_unit_test(a_quantized_tensor_has_a_scale),
      cmocka_unit_test(every_dtype_becomes_numbers),
      cmocka_unit_test(a_short_buffer_tells_what_is_needed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
