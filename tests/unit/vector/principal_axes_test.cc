// Principal axes: orthonormal whatever the data, and those of most variance first.
#include "vector/principal_axes.h"

#include <cmath>
#include <random>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

using Columns = std::vector<std::vector<float>>;

double product(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); i++)
    sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

void expect_orthonormal(const Columns& columns) {
  for (size_t a = 0; a < columns.size(); a++) {
    for (size_t b = 0; b <= a; b++)
      assert_true(std::abs(product(columns[a], columns[b]) - (a == b ? 1 : 0)) < 1e-5);
  }
}

// Rows whose component i varies by 0.8^i.
FloatRows falling_rows(uint64_t count, uint64_t dim) {
  std::mt19937 random(51);
  std::normal_distribution<float> normal;
  FloatRows rows = {count, dim, std::vector<float>(count * dim)};
  for (uint64_t r = 0; r < count; r++) {
    float scale = 1;
    for (uint64_t i = 0; i < dim; i++, scale *= 0.8F)
      rows.values[r * dim + i] = normal(random) * scale;
  }
  return rows;
}

void the_directions_of_most_variance_are_found(void**) {
  const Columns axes = principal_axes(falling_rows(500, 40), 8);
  assert_int_equal(axes.size(), 8);
  expect_orthonormal(axes);
  double inside = 0, all = 0, scale = 1;
  for (size_t i = 0; i < 40; i++, scale *= 0.64) {
    all += scale;
    for (const std::vector<float>& axis : axes)
      inside += scale * static_cast<double>(axis[i]) * static_cast<double>(axis[i]);
  }
  assert_true(inside / all > 0.95);
}

void mixed_directions_span_the_same_and_stay_orthonormal(void**) {
  const FloatRows rows = falling_rows(300, 64);
  const Columns axes = principal_axes(rows, 16);
  Columns mixed = axes;
  mix_directions(mixed);
  expect_orthonormal(mixed);
  for (const std::vector<float>& direction : mixed) {
    double inside = 0;
    for (const std::vector<float>& axis : axes) inside += std::pow(product(direction, axis), 2);
    assert_true(std::abs(inside - 1) < 1e-5);
  }
}

void rows_without_structure_have_axes_all_the_same(void**) {
  FloatRows equal = {40, 20, std::vector<float>(800, 0.0F)};
  expect_orthonormal(principal_axes(equal, 10));
  for (uint64_t r = 0; r < 40; r++) equal.values[r * 20 + 3] = r % 2 == 0 ? 1.0F : -1.0F;
  const Columns axes = principal_axes(equal, 10);
  expect_orthonormal(axes);
  assert_true(std::abs(std::abs(axes[0][3]) - 1) < 1e-5F);
  expect_orthonormal(principal_axes(falling_rows(5, 30), 30));
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_directions_of_most_variance_are_found),
      cmocka_unit_test(mixed_directions_span_the_same_and_stay_orthonormal),
      cmocka_unit_test(rows_without_structure_have_axes_all_the_same),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
