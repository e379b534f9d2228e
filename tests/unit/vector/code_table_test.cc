// The bound: never above the true distance, for any basis, scale and instruction set; close to it
// where it should be; and wrong ones are noticed.
#include "vector/code_table.h"

#include <cmath>
#include <random>

#include "unit/cmocka_cpp.h"
#include "vector/basis_choice.h"
#include "vector/principal_axes.h"
#include "vector/strict_float.h"

namespace dam {
namespace {

// More digits than a double has where the processor offers them.
using Exact = long double;

struct Rows {
  uint64_t dim = 0;
  std::vector<double> values;
  uint64_t count() const { return values.size() / dim; }
  std::span<const double> row(uint64_t index) const { return {&values[index * dim], dim}; }
};

// What rows look like; each has some rows that are equal, near to one another, or zero.
struct Shape {
  uint64_t dim;
  double scale = 1;
  double fall = 1;    // of the variance from one component to the next
  double center = 0;  // in scales
  bool whole = false;
};

Rows make_rows(std::mt19937_64& random, uint64_t count, const Shape& shape) {
  std::normal_distribution<double> normal;
  Rows rows = {shape.dim, std::vector<double>(count * shape.dim)};
  for (uint64_t r = 0; r < count; r++) {
    double spread = shape.scale;
    const uint64_t kind = random() % 8;
    for (uint64_t i = 0; i < shape.dim; i++, spread *= shape.fall) {
      double value = normal(random) * spread + shape.center * shape.scale;
      if (shape.whole) value = std::round(value);
      if (kind == 0 && r > 0) value = rows.values[(r - 1) * shape.dim + i];
      if (kind == 1 && r > 0) value = rows.values[(r - 1) * shape.dim + i] * (1 + 1e-9);
      if (kind == 2) value = 0;
      rows.values[r * shape.dim + i] = value;
    }
  }
  return rows;
}

CodeBasis rotated_basis(const Rows& rows, uint64_t components) {
  const CodeBasis plain = choose_basis(rows.values, rows.dim, 1).value();
  const CodeBasis own = CodeBasis::plain({plain.mean().begin(), plain.mean().end()}, plain.unit());
  FloatRows centered = {rows.count(), rows.dim, std::vector<float>(rows.values.size())};
  for (uint64_t r = 0; r < rows.count(); r++)
    own.center(rows.row(r), &centered.values[r * rows.dim]);
  auto axes = principal_axes(centered, components);
  mix_directions(axes);
  return CodeBasis::rotated({plain.mean().begin(), plain.mean().end()}, plain.unit(), axes);
}

CodeBasis plain_basis(const Rows& rows) {
  const CodeBasis chosen = choose_basis(rows.values, rows.dim, 1).value();
  return CodeBasis::plain({chosen.mean().begin(), chosen.mean().end()}, chosen.unit());
}

CodeTable table_of(const Rows& rows, CodeBasis basis) {
  CodeTable table(std::move(basis), rows.count());
  for (uint64_t group = 0; group < table.groups(); group++) {
    const uint64_t first = group * kGroupRows * rows.dim;
    assert_true(table.set_group(group, std::span<const double>(rows.values).subspan(first)));
  }
  return table;
}

Exact exact_square(std::span<const double> a, std::span<const double> b, double unit) {
  Exact sum = 0;
  for (size_t i = 0; i < a.size(); i++) {
    const Exact off = (static_cast<Exact>(a[i]) - static_cast<Exact>(b[i])) * unit;
    sum += off * off;
  }
  return sum;
}

Exact exact_norm(std::span<const double> a, double unit) {
  Exact sum = 0;
  for (const double value : a)
    sum += static_cast<Exact>(value) * unit * (static_cast<Exact>(value) * unit);
  return sum;
}

// How many keys of the query are greater than they may be. long double has 11 bits more than
// double, so its own rounding is far below the share allowed here.
uint64_t keys_too_great(const CodeTable& table, const Rows& rows, std::span<const double> query,
                        const CodedQuery& coded) {
  std::vector<double> keys(table.groups() * kGroupRows);
  table.keys(coded, 0, table.groups(), keys.data());
  uint64_t wrong = 0;
  for (uint64_t r = 0; r < rows.count(); r++) {
    const double unit = table.basis().unit();
    Exact most = exact_square(query, rows.row(r), unit) * (1 + 1e-16L);
    if (coded.less_norms) most -= exact_norm(rows.row(r), unit) * (1 - 1e-16L);
    wrong += static_cast<Exact>(keys[r]) <= most ? 0U : 1U;
  }
  for (uint64_t r = rows.count(); r < keys.size(); r++) wrong += keys[r] > 0x1p200 ? 0U : 1U;
  return wrong;
}

void expect_bounds(const CodeTable& table, const Rows& rows, const Rows& queries) {
  for (uint64_t q = 0; q < queries.count(); q++) {
    CodedQuery coded = table.code_query(queries.row(q));
    for (const bool less_norms : {false, true}) {
      coded.less_norms = less_norms;
      const uint64_t wrong = keys_too_great(table, rows, queries.row(q), coded);
      if (wrong != 0)
        fail_msg("%s: %d of %d keys are too great, %d of %d components", code_kernels().name,
                 static_cast<int>(wrong), static_cast<int>(rows.count()),
                 static_cast<int>(table.basis().components()), static_cast<int>(rows.dim));
    }
  }
}

void expect_bounds_of(const Shape& shape, uint64_t seed) {
  std::mt19937_64 random(seed);
  const StrictFloat strict;
  const Rows rows = make_rows(random, 83, shape);
  Rows queries = make_rows(random, 4, shape);
  queries.values.insert(queries.values.end(), rows.values.begin(),
                        rows.values.begin() + static_cast<ptrdiff_t>(4 * rows.dim));
  for (const CodeKernels* kernels : available_kernels()) {
    force_kernels(*kernels);
    expect_bounds(table_of(rows, plain_basis(rows)), rows, queries);
    for (uint64_t components = 4; components <= shape.dim && components <= 64; components *= 4)
      expect_bounds(table_of(rows, rotated_basis(rows, components)), rows, queries);
  }
}

void no_key_is_above_the_true_distance(void**) {
  for (const uint64_t dim : {1U, 2U, 5U, 16U, 33U, 100U, 257U}) {
    expect_bounds_of({dim}, dim);
    expect_bounds_of({dim, 1, 0.9}, dim + 1);
    expect_bounds_of({dim, 1, 0.5, 3}, dim + 2);
    expect_bounds_of({dim, 100, 1, 0, true}, dim + 3);
    expect_bounds_of({dim, 1, 1, 1000}, dim + 4);
  }
}

void no_key_is_above_the_true_distance_at_any_scale(void**) {
  for (int exponent = -380; exponent <= 380; exponent += 76)
    expect_bounds_of({24, std::ldexp(1.0, exponent), 0.8, 1},
                     static_cast<uint64_t>(exponent + 999));
}

void one_huge_dimension_does_no_harm(void**) {
  std::mt19937_64 random(61);
  const StrictFloat strict;
  Rows rows = make_rows(random, 64, {40});
  for (uint64_t r = 0; r < rows.count(); r++) rows.values[r * 40 + 7] *= 1e12;
  expect_bounds(table_of(rows, plain_basis(rows)), rows, rows);
  expect_bounds(table_of(rows, rotated_basis(rows, 16)), rows, rows);
}

void keys_are_close_where_all_components_are_coded(void**) {
  std::mt19937_64 random(62);
  const StrictFloat strict;
  const Rows rows = make_rows(random, 160, {64}), queries = make_rows(random, 5, {64});
  const CodeTable table = table_of(rows, plain_basis(rows));
  std::vector<double> keys(table.groups() * kGroupRows);
  for (uint64_t q = 0; q < queries.count(); q++) {
    table.keys(table.code_query(queries.row(q)), 0, table.groups(), keys.data());
    for (uint64_t r = 0; r < rows.count(); r++) {
      const Exact square = exact_square(queries.row(q), rows.row(r), table.basis().unit());
      if (square > 0.1L) assert_true(static_cast<Exact>(keys[r]) > square * 0.85L);
    }
  }
}

// Each a way in which the bound was once, or could be, made wrong.
using Mistake = void (*)(CodedQuery&);
constexpr Mistake kMistakes[] = {
    [](CodedQuery& query) { query.bounds.error = 0; },
    [](CodedQuery& query) { query.bounds.scale *= 0.9; },
    [](CodedQuery& query) { query.bounds.code_offset += 3000; },
    [](CodedQuery& query) { query.bounds.code_square *= 1.1; },
    [](CodedQuery& query) { query.bounds.residual_low *= 1.3; },
    [](CodedQuery& query) { query.bounds.residual_high *= 0.7; },
};

void mistakes_in_the_bound_are_noticed(void**) {
  std::mt19937_64 random(63);
  std::normal_distribution<double> normal;
  const StrictFloat strict;
  const Rows rows = make_rows(random, 400, {48, 1, 0.95});
  const CodeTable table = table_of(rows, rotated_basis(rows, 16));
  // As near to rows as codes are coarse: there the bound is closest.
  Rows queries = rows;
  for (double& value : queries.values) value += normal(random) * 0.002;
  size_t number = 0;
  for (const Mistake mistake : kMistakes) {
    uint64_t wrong = 0;
    for (uint64_t q = 0; q < queries.count(); q++) {
      CodedQuery coded = table.code_query(queries.row(q));
      assert_int_equal(keys_too_great(table, rows, queries.row(q), coded), 0);
      mistake(coded);
      wrong += keys_too_great(table, rows, queries.row(q), coded);
    }
    if (wrong == 0) fail_msg("mistake %zu is not noticed", number);
    number++;
  }
}

void what_is_too_far_off_is_not_coded(void**) {
  std::mt19937_64 random(64);
  const StrictFloat strict;
  const Rows rows = make_rows(random, 40, {8});
  CodeTable table(plain_basis(rows), 16);
  std::vector<double> values(128, 0.0);
  assert_true(table.set_group(0, values));
  values[5] = 1e40;
  assert_false(table.set_group(0, values));
  values[5] = 0x1p400;
  assert_false(table.set_group(0, values));
  assert_false(table.code_query(std::span<const double>(values).first(8)).length <=
               kGreatestLength);
}

void data_of_extreme_size_has_no_basis(void**) {
  std::vector<double> values(64, 0.0);
  assert_true(choose_basis(values, 8, 8).has_value());
  values[3] = 0x1p-450;
  assert_false(choose_basis(values, 8, 8).has_value());
  values[3] = 0x1p450;
  assert_false(choose_basis(values, 8, 8).has_value());
  assert_false(choose_basis({}, 8, 8).has_value());
  assert_false(choose_basis(values, 0, 8).has_value());
}

void data_with_structure_gets_fewer_components(void**) {
  std::mt19937_64 random(65);
  const StrictFloat strict;
  const Rows falling = make_rows(random, 1000, {256, 1, 0.95});
  const CodeBasis basis = choose_basis(falling.values, 256, 100000).value();
  assert_true(basis.components() < 256 && !basis.is_plain());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(no_key_is_above_the_true_distance),
      cmocka_unit_test(no_key_is_above_the_true_distance_at_any_scale),
      cmocka_unit_test(one_huge_dimension_does_no_harm),
      cmocka_unit_test(keys_are_close_where_all_components_are_coded),
      cmocka_unit_test(mistakes_in_the_bound_are_noticed),
      cmocka_unit_test(what_is_too_far_off_is_not_coded),
      cmocka_unit_test(data_of_extreme_size_has_no_basis),
      cmocka_unit_test(data_with_structure_gets_fewer_components),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
