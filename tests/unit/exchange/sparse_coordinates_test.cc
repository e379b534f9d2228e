// Coordinates of any integer type, by rows and by columns, and the sum of equal ones.
#include "exchange/sparse_coordinates.h"

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

using schema::Dtype;

template <typename T>
std::vector<uint8_t> bytes_of(std::initializer_list<T> numbers) {
  std::vector<uint8_t> bytes(numbers.size() * sizeof(T));
  std::memcpy(bytes.data(), numbers.begin(), bytes.size());
  return bytes;
}

template <typename T>
TensorParts numbers_of(Dtype dtype, std::initializer_list<T> numbers) {
  TensorParts parts;
  parts.dtype = dtype;
  parts.data = bytes_of(numbers);
  return parts;
}

// A tensor of `values` bytes, all different, in 5 x 7.
TensorParts tensor_of(uint8_t values) {
  TensorParts tensor;
  tensor.dtype = Dtype::U8;
  tensor.shape = {5, 7};
  tensor.has_indices = true;
  for (uint8_t i = 0; i < values; i++) tensor.data.push_back(static_cast<uint8_t>(i + 1));
  return tensor;
}

void expect_indices(const TensorParts& tensor, const std::vector<uint32_t>& wanted) {
  assert_int_equal(tensor.indices.size(), wanted.size());
  for (size_t i = 0; i < wanted.size(); i++) assert_int_equal(tensor.indices[i], wanted[i]);
}

void expect_taken(const TensorParts& numbers) {
  TensorParts tensor = tensor_of(2);
  assert_true(take_coordinates(numbers, 0, tensor).ok());
  expect_indices(tensor, {1, 2, 3, 4});
}

void indices_are_of_any_integer_type(void**) {
  expect_taken(numbers_of<int8_t>(Dtype::I8, {1, 2, 3, 4}));
  expect_taken(numbers_of<uint8_t>(Dtype::U8, {1, 2, 3, 4}));
  expect_taken(numbers_of<int16_t>(Dtype::I16, {1, 2, 3, 4}));
  expect_taken(numbers_of<uint16_t>(Dtype::U16, {1, 2, 3, 4}));
  expect_taken(numbers_of<int32_t>(Dtype::I32, {1, 2, 3, 4}));
  expect_taken(numbers_of<uint32_t>(Dtype::U32, {1, 2, 3, 4}));
  expect_taken(numbers_of<int64_t>(Dtype::I64, {1, 2, 3, 4}));
  expect_taken(numbers_of<uint64_t>(Dtype::U64, {1, 2, 3, 4}));
}

void columns_are_turned_into_rows(void**) {
  TensorParts tensor = tensor_of(3);
  const auto numbers = numbers_of<int64_t>(Dtype::I64, {0, 1, 2, 4, 5, 6});
  assert_true(take_coordinates(numbers, 3, tensor).ok());
  expect_indices(tensor, {0, 4, 1, 5, 2, 6});
}

void an_index_beyond_its_dimension_is_refused(void**) {
  for (const int64_t wrong : {int64_t{5}, int64_t{-1}, INT64_MAX, INT64_MIN}) {
    TensorParts tensor = tensor_of(1);
    const Status status = take_coordinates(numbers_of<int64_t>(Dtype::I64, {wrong, 0}), 0, tensor);
    assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kInvalidDocument));
  }
  TensorParts tensor = tensor_of(1);
  assert_false(take_coordinates(numbers_of<int8_t>(Dtype::I8, {-1, 0}), 0, tensor).ok());
  assert_false(take_coordinates(numbers_of<int16_t>(Dtype::I16, {0, 7}), 0, tensor).ok());
}

void a_count_that_does_not_fit_is_refused(void**) {
  TensorParts tensor = tensor_of(2);
  assert_false(take_coordinates(numbers_of<int32_t>(Dtype::I32, {1, 2, 3}), 0, tensor).ok());
  assert_false(take_coordinates(numbers_of<float>(Dtype::F32, {1, 2, 3, 4}), 0, tensor).ok());
  assert_false(take_coordinates(numbers_of<uint8_t>(Dtype::Bool, {1, 0, 1, 0}), 0, tensor).ok());
}

// Three values, of which the first and the last have one coordinate.
template <typename T>
std::vector<uint8_t> sums(Dtype dtype, std::initializer_list<T> values) {
  TensorParts tensor = tensor_of(0);
  tensor.dtype = dtype;
  tensor.data = bytes_of(values);
  tensor.indices = {2, 2, 1, 1, 2, 2};
  assert_true(add_equal_coordinates(tensor).ok());
  expect_indices(tensor, {1, 1, 2, 2});
  return tensor.data;
}

void sums_are_of_the_type_of_the_values(void**) {
  assert_true(sums<double>(Dtype::F64, {1, 5, 2}) == bytes_of<double>({5, 3}));
  assert_true(sums<float>(Dtype::F32, {1, 5, 2}) == bytes_of<float>({5, 3}));
  assert_true(sums<int64_t>(Dtype::I64, {1, 5, -2}) == bytes_of<int64_t>({5, -1}));
  assert_true(sums<uint64_t>(Dtype::U64, {1, 5, 2}) == bytes_of<uint64_t>({5, 3}));
  assert_true(sums<int32_t>(Dtype::I32, {1, 5, -2}) == bytes_of<int32_t>({5, -1}));
  assert_true(sums<uint32_t>(Dtype::U32, {1, 5, 2}) == bytes_of<uint32_t>({5, 3}));
  assert_true(sums<int16_t>(Dtype::I16, {1, 5, -2}) == bytes_of<int16_t>({5, -1}));
  assert_true(sums<uint16_t>(Dtype::U16, {1, 5, 2}) == bytes_of<uint16_t>({5, 3}));
  assert_true(sums<int8_t>(Dtype::I8, {1, 5, -2}) == bytes_of<int8_t>({5, -1}));
  assert_true(sums<uint8_t>(Dtype::U8, {250, 5, 10}) == bytes_of<uint8_t>({5, 4}));
  assert_true(sums<uint8_t>(Dtype::Bool, {1, 0, 1}) == bytes_of<uint8_t>({0, 1}));
  assert_true(sums<uint16_t>(Dtype::F16, {0x3c00, 0, 0x4000}) == bytes_of<uint16_t>({0, 0x4200}));
}

void coordinates_in_order_stay_as_they_are(void**) {
  TensorParts tensor = tensor_of(3);
  tensor.indices = {0, 1, 0, 2, 4, 0};
  assert_true(add_equal_coordinates(tensor).ok());
  expect_indices(tensor, {0, 1, 0, 2, 4, 0});
  assert_true(tensor.data == bytes_of<uint8_t>({1, 2, 3}));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(indices_are_of_any_integer_type),
      cmocka_unit_test(columns_are_turned_into_rows),
      cmocka_unit_test(an_index_beyond_its_dimension_is_refused),
      cmocka_unit_test(a_count_that_does_not_fit_is_refused),
      cmocka_unit_test(sums_are_of_the_type_of_the_values),
      cmocka_unit_test(coordinates_in_order_stay_as_they_are),
  };
  return cmocka_run_group_tests_name("sparse_coordinates", tests, nullptr, nullptr);
}
