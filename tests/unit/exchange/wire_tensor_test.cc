// Arrays of every library and release.

// First: cmocka has a macro of the name of a function of protozero.
#include "unit/exchange/wire_samples.h"

#include "exchange/wire_tensor.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

using schema::Dtype;
using schema::TensorFormat;

TensorParts read(const std::string& wire) {
  TensorParts tensor;
  const Status status = read_wire_tensor(wire, tensor);
  assert_string_equal(status.message(), "");
  assert_true(status.ok());
  return tensor;
}

Status failure(const std::string& wire) {
  TensorParts tensor;
  return read_wire_tensor(wire, tensor);
}

void expect_failure(const std::string& wire, Code code, const char* message) {
  const Status status = failure(wire);
  assert_string_equal(status.message(), message);
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(code));
}

void expect_data(const TensorParts& tensor, Dtype dtype, const std::string& bytes) {
  assert_int_equal(static_cast<int>(tensor.dtype), static_cast<int>(dtype));
  assert_int_equal(tensor.data.size(), bytes.size());
  assert_memory_equal(tensor.data.data(), bytes.data(), bytes.size());
}

std::string unwrapped(const std::string& array) {
  // Without the tag and the length of the dense field: these are below 128 bytes.
  return array.substr(2);
}

// A sparse array: coordinates, values, shape, and what makes it one of a library.
std::string sparse_array(const std::string& indices, const std::string& values,
                         const std::vector<uint32_t>& shape, const std::string& more = "") {
  return bytes_field(2, bytes_field(1, unwrapped(indices)) + bytes_field(2, unwrapped(values)) +
                            bytes_field(3, packed_numbers(shape))) +
         more;
}

std::string made_by(const char* library, const char* format = nullptr) {
  std::string made = bytes_field(3, library);
  if (format != nullptr)
    made += bytes_field(4, bytes_field(1, map_entry("sparse_format", bytes_field(3, format))));
  return made;
}

// Field 4 and behind of a dense array of 2.0 to 2.3.
std::string quantized(uint32_t kind, float minimum, float scale, const char* original) {
  return number_field(4, kind) + float_field(5, 99) + float_field(6, minimum) +
         float_field(7, scale) + bytes_field(8, original);
}

const std::string kPairs = dense_array("<i4", {2, 2}, raw<int32_t>({1, 0, 0, 2}));
const std::string kTwo = dense_array("|u1", {2}, "\x05\x06");

void dense_arrays_keep_shape_and_bytes(void**) {
  const TensorParts tensor = read(dense_array("<f4", {1, 2}, raw<float>({1, 2})));
  expect_data(tensor, Dtype::F32, raw<float>({1, 2}));
  assert_int_equal(tensor.shape.size(), 2);
  assert_int_equal(tensor.shape[1], 2);
}

void arrays_without_a_dimension_hold_one_number(void**) {
  expect_data(read(dense_array("<f8", {}, raw<double>({2.5}))), Dtype::F64, raw<double>({2.5}));
}

void arrays_without_a_number_keep_their_dtype(void**) {
  const TensorParts tensor = read(dense_array("<i2", {0, 4}, ""));
  expect_data(tensor, Dtype::I16, "");
  assert_int_equal(tensor.shape[1], 4);
}

void numbers_in_the_other_byte_order_are_turned(void**) {
  expect_data(read(dense_array(">i2", {2}, std::string("\x00\x01\x02\x03", 4))), Dtype::I16,
              raw<int16_t>({1, 0x0203}));
}

void any_byte_but_zero_is_true(void**) {
  expect_data(read(dense_array("|b1", {3}, std::string("\x00\x01\x07", 3))), Dtype::Bool,
              std::string("\x00\x01\x01", 3));
}

void arrays_that_were_never_set_are_absent(void**) {
  for (const std::string& wire : {std::string(), bytes_field(1, ""), bytes_field(3, "numpy")})
    assert_int_equal(static_cast<int>(failure(wire).code()), static_cast<int>(Code::kNotFound));
}

void dtypes_without_counterpart_are_named(void**) {
  for (const char* dtype : {"<c8", "<U3", "|S3", "<f16", "<M8[D]", "|V8", "", "<"}) {
    const Status status = failure(dense_array(dtype, {1}, "12345678"));
    assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kUnsupported));
    assert_non_null(std::string_view(status.message()).data());
  }
}

void sizes_that_do_not_agree_are_told(void**) {
  expect_failure(dense_array("<f4", {3}, "12345678"), Code::kInvalidDocument,
                 "array of 8 bytes, where 3 values of dtype <f4 were expected");
  expect_failure(dense_array("<f4", {1}, "123"), Code::kInvalidDocument,
                 "array of 3 bytes, where 0 values of dtype <f4 were expected");
  expect_failure(dense_array("|u1", {4294967295, 4294967295, 9}, "1"), Code::kInvalidDocument,
                 "shape of an array beyond any document");
}

void halves_widen_to_what_they_were(void**) {
  const std::string halves = raw<uint16_t>({0x3c00, 0xbc00});
  expect_data(read(dense_array("<f2", {2}, halves, quantized(1, 0, 0, "float32"))), Dtype::F32,
              raw<float>({1, -1}));
  expect_data(read(dense_array("<f2", {2}, halves, quantized(1, 0, 0, "float64"))), Dtype::F64,
              raw<double>({1, -1}));
}

void codes_become_numbers_with_the_roundings_of_their_release(void**) {
  const std::string codes("\x00\x40\xff", 3);
  expect_data(read(dense_array("|u1", {3}, codes, quantized(2, -1, 0.1F, "float32"))), Dtype::F32,
              raw<float>({-1, 64 * 0.1F + -1, 255 * 0.1F + -1}));
  const double scale = static_cast<double>(0.1F);
  expect_data(read(dense_array("|u1", {3}, codes, quantized(2, -1, 0.1F, "float64"))), Dtype::F64,
              raw<double>({-1, 64 * scale - 1, 255 * scale - 1}));
}

void a_quantization_that_is_none_is_told(void**) {
  expect_failure(dense_array("<f4", {1}, "1234", quantized(2, 0, 1, "float32")),
                 Code::kInvalidDocument, "array of quantization 2 with codes of f32");
  expect_failure(dense_array("|u1", {1}, "1", quantized(9, 0, 1, "float32")),
                 Code::kInvalidDocument, "array of quantization 9 with codes of u8");
  expect_failure(dense_array("|u1", {1}, "1", quantized(2, 0, 1, "int8")), Code::kUnsupported,
                 "array of dtype \"int8\", which documents do not have");
}

void coordinates_are_rows_for_scipy_and_ascend(void**) {
  const TensorParts tensor = read(sparse_array(kPairs, kTwo, {2, 3}));
  assert_int_equal(static_cast<int>(tensor.format), static_cast<int>(TensorFormat::Coo));
  expect_data(tensor, Dtype::U8, "\x06\x05");
  const std::vector<uint32_t> wanted = {0, 2, 1, 0};
  assert_true(tensor.indices == wanted);
}

void coordinates_are_columns_for_torch(void**) {
  const std::string wire = sparse_array(kPairs, kTwo, {2, 3}, made_by("torch"));
  const std::vector<uint32_t> wanted = {0, 2, 1, 0};
  const std::vector<uint32_t> turned = {1, 0, 0, 2};
  assert_true(read(wire).indices == wanted);
  const std::string other = dense_array("<i8", {2, 2}, raw<int64_t>({1, 0, 0, 2}));
  assert_true(read(sparse_array(other, kTwo, {2, 3}, made_by("torch"))).indices == wanted);
  const std::string four = dense_array("<i4", {2, 2}, raw<int32_t>({0, 1, 2, 0}));
  assert_false(read(sparse_array(four, kTwo, {3, 3}, made_by("torch"))).indices == turned);
}

void formats_of_memory_are_kept(void**) {
  const struct {
    const char* name;
    TensorFormat format;
  } rows[] = {{"coo", TensorFormat::Coo}, {"csr", TensorFormat::Csr}, {"csc", TensorFormat::Csc},
              {"bsr", TensorFormat::Bsr}, {"lil", TensorFormat::Coo}, {"dense", TensorFormat::Coo}};
  for (const auto& row : rows) {
    const auto found = read(sparse_array(kPairs, kTwo, {2, 3}, made_by("scipy", row.name))).format;
    assert_int_equal(static_cast<int>(found), static_cast<int>(row.format));
  }
}

void values_of_one_coordinate_are_added(void**) {
  const std::string same = dense_array("<i4", {2, 2}, raw<int32_t>({1, 1, 1, 1}));
  expect_data(read(sparse_array(same, kTwo, {2, 3})), Dtype::U8, "\x0b");
  const std::string reals = dense_array("<f4", {2}, raw<float>({0.5F, 0.25F}));
  expect_data(read(sparse_array(same, reals, {2, 3})), Dtype::F32, raw<float>({0.75F}));
  const std::string halves = dense_array("<f2", {2}, raw<uint16_t>({0x3c00, 0x3c00}));
  expect_data(read(sparse_array(same, halves, {2, 3})), Dtype::F16, raw<uint16_t>({0x4000}));
}

void an_array_of_zeros_has_no_coordinates(void**) {
  const std::string none = dense_array("<i4", {0, 2}, "");
  const TensorParts tensor = read(sparse_array(none, dense_array("<f4", {0}, ""), {2, 3}));
  assert_true(tensor.indices.empty() && tensor.data.empty() && tensor.has_indices);
}

void coordinates_that_do_not_fit_are_told(void**) {
  const Status beyond = failure(sparse_array(kPairs, kTwo, {2, 2}));
  assert_string_equal(beyond.message(), "sparse array with index 2, its dimension is 2");
  const std::string negative = dense_array("<i4", {1, 2}, raw<int32_t>({-1, 0}));
  const std::string one = dense_array("|u1", {1}, "\x05");
  assert_string_equal(failure(sparse_array(negative, one, {2, 2})).message(),
                      "sparse array with index -1, its dimension is 2");
  assert_string_equal(failure(sparse_array(kPairs, one, {2, 3})).message(),
                      "sparse array with 4 indices of i32 for 1 values in 2 dimensions");
  const std::string reals = dense_array("<f4", {1, 2}, raw<float>({0, 0}));
  assert_string_equal(failure(sparse_array(reals, one, {2, 3})).message(),
                      "sparse array with 2 indices of f32 for 1 values in 2 dimensions");
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(dense_arrays_keep_shape_and_bytes),
      cmocka_unit_test(arrays_without_a_dimension_hold_one_number),
      cmocka_unit_test(arrays_without_a_number_keep_their_dtype),
      cmocka_unit_test(numbers_in_the_other_byte_order_are_turned),
      cmocka_unit_test(any_byte_but_zero_is_true),
      cmocka_unit_test(arrays_that_were_never_set_are_absent),
      cmocka_unit_test(dtypes_without_counterpart_are_named),
      cmocka_unit_test(sizes_that_do_not_agree_are_told),
      cmocka_unit_test(halves_widen_to_what_they_were),
      cmocka_unit_test(codes_become_numbers_with_the_roundings_of_their_release),
      cmocka_unit_test(a_quantization_that_is_none_is_told),
      cmocka_unit_test(coordinates_are_rows_for_scipy_and_ascend),
      cmocka_unit_test(coordinates_are_columns_for_torch),
      cmocka_unit_test(formats_of_memory_are_kept),
      cmocka_unit_test(values_of_one_coordinate_are_added),
      cmocka_unit_test(an_array_of_zeros_has_no_coordinates),
      cmocka_unit_test(coordinates_that_do_not_fit_are_told),
  };
  return cmocka_run_group_tests_name("wire_tensor", tests, nullptr, nullptr);
}
