// Documents in groups: which values are equal, and in what order the groups come.
#include "query/split.h"

#include <string>

#include "query/sample.h"
#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;
using Positions = std::vector<int64_t>;

ListedView tagged(std::initializer_list<const char*> values) {
  ListedView view{};
  for (const std::string value : values)
    view.add(value.empty() ? "{}" : R"({"tags":{"t":)" + value + "}}");
  return view;
}

GroupedPositions split(const View& view) {
  auto rows = split_by_path(view, "tags.t");
  if (!rows.ok()) fail_msg("%s", rows.status().message());
  return rows.value();
}

void expect(const GroupedPositions& rows, const Positions& positions, const Positions& groups) {
  assert_true(rows.positions == positions);
  assert_true(rows.groups == groups);
}

void groups_come_in_the_order_of_first_appearance(void**) {
  const ListedView view = tagged({R"("b")", R"("a")", R"("b")", R"("c")", R"("a")"});
  expect(split(view), {0, 2, 1, 4, 3}, {0, 0, 1, 1, 2});
}

void documents_without_one_value_are_left_out(void**) {
  const ListedView view = tagged({"", "1", "[1]", "{}", "", "1", R"({"a":1})"});
  expect(split(view), {1, 5}, {0, 0});
}

void numbers_are_one_group_by_value_whatever_their_type(void**) {
  const ListedView view = tagged({"1", "1.0", "9007199254740993", "9007199254740992.0", "0.0",
                                  "-0.0", "0", "1.5", "1e300", "9007199254740992"});
  expect(split(view), {0, 1, 2, 3, 9, 4, 5, 6, 7, 8}, {0, 0, 1, 2, 2, 3, 3, 3, 4, 5});
}

void values_of_unlike_kinds_are_never_one_group(void**) {
  const ListedView view =
      tagged({"1", R"("1")", "true", R"({"$bytes":"MQ=="})", "null", "false", "0", R"("")"});
  expect(split(view), {0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7});
}

void null_equals_null_and_nan_nan(void**) {
  const ListedView view = tagged({"null", R"({"$double":"NaN"})", "null", R"({"$double":"NaN"})",
                                  R"({"$double":"Infinity"})", R"({"$double":"-Infinity"})"});
  expect(split(view), {0, 2, 1, 3, 4, 5}, {0, 0, 1, 1, 2, 3});
}

void many_groups_keep_every_document(void**) {
  ListedView view{};
  for (int i = 0; i < 3000; ++i)
    view.add(R"({"tags":{"t":"value )" + std::to_string(i % 700) + "\"}}");
  const GroupedPositions rows = split(view);
  assert_int_equal(rows.positions.size(), 3000);
  for (size_t row = 0; row < 3000; ++row) {
    assert_int_equal(rows.positions[row] % 700, rows.groups[row]);
    if (row > 0 && rows.groups[row] == rows.groups[row - 1])
      assert_true(rows.positions[row] > rows.positions[row - 1]);
  }
}

void a_path_that_is_none_and_a_damaged_record_are_told(void**) {
  const ListedView view{"{}", "damaged"};
  assert_int_equal(split_by_path(view, "no_field").status().code(), Code::kInvalidArgument);
  assert_int_equal(split_by_path(view, "").status().code(), Code::kInvalidArgument);
  assert_int_equal(split_by_path(view, "text").status().code(), Code::kCorrupt);
}

void portions_are_of_one_size_but_for_the_last(void**) {
  expect(split_by_size(7, 3, {}).value(), {0, 1, 2, 3, 4, 5, 6}, {0, 0, 0, 1, 1, 1, 2});
  expect(split_by_size(4, 2, {}).value(), {0, 1, 2, 3}, {0, 0, 1, 1});
  expect(split_by_size(2, INT64_MAX, {}).value(), {0, 1}, {0, 0});
  expect(split_by_size(0, 5, {}).value(), {}, {});
}

void drawn_portions_are_the_shuffle_cut_into_pieces(void**) {
  const GroupedPositions rows = split_by_size(7, 3, 42).value();
  assert_true(rows.positions == shuffle_positions(7, 42).value());
  assert_true(rows.groups == Positions({0, 0, 0, 1, 1, 1, 2}));
}

void a_size_below_1_is_refused(void**) {
  for (const int64_t size : {int64_t{0}, int64_t{-1}, INT64_MIN})
    assert_int_equal(split_by_size(7, size, {}).status().code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(groups_come_in_the_order_of_first_appearance),
      cmocka_unit_test(documents_without_one_value_are_left_out),
      cmocka_unit_test(numbers_are_one_group_by_value_whatever_their_type),
      cmocka_unit_test(values_of_unlike_kinds_are_never_one_group),
      cmocka_unit_test(null_equals_null_and_nan_nan),
      cmocka_unit_test(many_groups_keep_every_document),
      cmocka_unit_test(a_path_that_is_none_and_a_damaged_record_are_told),
      cmocka_unit_test(portions_are_of_one_size_but_for_the_last),
      cmocka_unit_test(drawn_portions_are_the_shuffle_cut_into_pieces),
      cmocka_unit_test(a_size_below_1_is_refused),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
