// All embeddings as one matrix: which documents have a row, in what dtype, and what does not fit.
#include "match/embedding_matrix.h"

#include <cstring>

#include "unit/match/match_fixture.h"

namespace dam::test {
namespace {

template <typename Number>
std::vector<Number> numbers_of(const EmbeddingMatrix& matrix) {
  std::vector<Number> numbers(matrix.values.size() / sizeof(Number));
  std::memcpy(numbers.data(), matrix.values.data(), matrix.values.size());
  return numbers;
}

Result<EmbeddingMatrix> matrix_of(const Samples& samples, schema::Dtype dtype) {
  const DocumentsView view(samples);
  return gather_embeddings(view, dtype);
}

void documents_without_an_embedding_have_no_row(void**) {
  const Samples samples = {
      {"a", std::nullopt}, {"b", PlainVector{1, 2}}, {"c", std::nullopt}, {"d", PlainVector{3, 4}}};
  const auto matrix = matrix_of(samples, schema::Dtype::F64);
  assert_true(matrix.ok());
  assert_true(numbers_of<double>(matrix.value()) == std::vector<double>({1, 2, 3, 4}));
  assert_true(matrix.value().positions == std::vector<int64_t>({1, 3}));
}

void every_dtype_is_converted(void**) {
  const Samples samples = {{"a", PlainVector{0.5, -3}, schema::Dtype::F16},
                           {"b", PlainVector{7, -128}, schema::Dtype::I8},
                           {"c", PlainVector{0.1, 1e300}}};
  const auto floats = matrix_of(samples, schema::Dtype::F32);
  assert_true(floats.ok());
  const std::vector<float> numbers = numbers_of<float>(floats.value());
  assert_int_equal(numbers.size(), 6);
  assert_true(numbers[0] == 0.5F && numbers[1] == -3 && numbers[2] == 7 && numbers[3] == -128);
  assert_true(numbers[4] == 0.1F && numbers[5] > 3e38F);
}

void sparse_embeddings_are_written_out(void**) {
  const Samples samples = {{"a", PlainVector{0, 0, 5, 0}, schema::Dtype::F64, true},
                           {"b", PlainVector{1, 0, 0, 2}, schema::Dtype::F32, true},
                           {"c", PlainVector{1, 2, 3, 4}}};
  const auto matrix = matrix_of(samples, schema::Dtype::F64);
  assert_true(matrix.ok());
  assert_true(numbers_of<double>(matrix.value()) ==
              std::vector<double>({0, 0, 5, 0, 1, 0, 0, 2, 1, 2, 3, 4}));
}

void embeddings_of_two_dimensions_are_no_matrix(void**) {
  const Samples samples = {{"a", std::nullopt}, {"b", PlainVector{1, 2}}, {"c", PlainVector{1}}};
  const auto matrix = matrix_of(samples, schema::Dtype::F32);
  assert_int_equal(static_cast<int>(matrix.status().code()),
                   static_cast<int>(Code::kInvalidArgument));
  assert_string_equal(matrix.status().message(),
                      "the embedding at position 2 has 1 components, those before 2");
}

void an_array_without_embeddings_is_an_empty_matrix(void**) {
  for (const Samples& samples : {Samples(), Samples({{"a", std::nullopt}})}) {
    const auto matrix = matrix_of(samples, schema::Dtype::F32);
    assert_true(matrix.ok());
    assert_true(matrix.value().values.empty() && matrix.value().positions.empty());
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(documents_without_an_embedding_have_no_row),
      cmocka_unit_test(every_dtype_is_converted),
      cmocka_unit_test(sparse_embeddings_are_written_out),
      cmocka_unit_test(embeddings_of_two_dimensions_are_no_matrix),
      cmocka_unit_test(an_array_without_embeddings_is_an_empty_matrix),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
