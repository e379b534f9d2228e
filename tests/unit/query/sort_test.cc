// The order of documents by a value: within kinds, between kinds, and where there is none.
#include "query/sort.h"

#include <algorithm>
#include <random>
#include <string>

#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;
using Positions = std::vector<int64_t>;

// Documents whose tag t is each of these JSON values; an empty text stands for no tag.
ListedView tagged(std::initializer_list<const char*> values) {
  ListedView view{};
  for (const std::string value : values)
    view.add(value.empty() ? "{}" : R"({"tags":{"t":)" + value + "}}");
  return view;
}

Positions sorted(const View& view, const SortChoices& choices) {
  auto positions = sort_positions(view, choices);
  if (!positions.ok()) fail_msg("%s", positions.status().message());
  return positions.value();
}

Positions ascending(const View& view) { return sorted(view, {"tags.t"}); }
Positions descending(const View& view) { return sorted(view, {"tags.t", true}); }

void numbers_are_ordered_by_value_whatever_their_type(void**) {
  const ListedView view = tagged({"9007199254740993", "9007199254740992.0", "-1.5", "2", "2.5"});
  assert_true(ascending(view) == Positions({2, 3, 4, 1, 0}));
  assert_true(descending(view) == Positions({0, 1, 4, 3, 2}));
}

void texts_are_ordered_by_their_bytes(void**) {
  const ListedView view = tagged({R"("é")", R"("b")", R"("")", R"("ab")", R"("Z")", R"("a")"});
  assert_true(ascending(view) == Positions({2, 4, 5, 3, 1, 0}));
}

void equals_stay_in_order_of_position_either_way(void**) {
  const ListedView view = tagged({"2", "1", "2.0", "1.0", "2"});
  assert_true(ascending(view) == Positions({1, 3, 0, 2, 4}));
  assert_true(descending(view) == Positions({0, 2, 4, 1, 3}));
}

void kinds_follow_one_another_and_what_has_no_order_is_behind(void**) {
  const ListedView view =
      tagged({"", R"({"$bytes":"AA=="})", R"("a")", "null", "1", "[1]", "true", "false", "",
              R"({"$double":"NaN"})", R"({"$double":"-Infinity"})"});
  assert_true(ascending(view) == Positions({7, 6, 10, 4, 2, 1, 3, 5, 9, 0, 8}));
  assert_true(descending(view) == Positions({1, 2, 4, 10, 6, 7, 3, 5, 9, 0, 8}));
}

void a_limit_gives_the_first_of_the_whole_order(void**) {
  const ListedView view = tagged({"5", "3", "", "4", "3", "1"});
  const Positions whole = ascending(view);
  for (int64_t limit = 0; limit <= 8; ++limit) {
    const Positions first = sorted(view, {"tags.t", false, limit});
    assert_int_equal(first.size(), std::min<int64_t>(limit, 6));
    assert_true(std::equal(first.begin(), first.end(), whole.begin()));
  }
}

void without_a_path_the_order_is_that_of_the_array(void**) {
  const ListedView view = tagged({"3", "1", "2"});
  assert_true(sorted(view, {""}) == Positions({0, 1, 2}));
  assert_true(sorted(view, {"", true}) == Positions({2, 1, 0}));
  assert_true(sorted(view, {"", true, 2}) == Positions({2, 1}));
}

void every_field_can_be_what_is_sorted_by(void**) {
  const ListedView view{R"({"id":"b","scores":{"s":{"value":2}},"weight":1.5})",
                        R"({"id":"a","scores":{"s":{"value":3}},"weight":2})", R"({"id":"c"})"};
  assert_true(sorted(view, {"id"}) == Positions({1, 0, 2}));
  assert_true(sorted(view, {"scores.s.value", true}) == Positions({1, 0, 2}));
  assert_true(sorted(view, {"weight"}) == Positions({0, 1, 2}));
}

void many_documents_are_ordered_as_by_a_stable_sort(void**) {
  std::mt19937 random(11);
  std::vector<int> values;
  ListedView view{};
  for (int i = 0; i < 2000; ++i) {
    values.push_back(static_cast<int>(random() % 50));
    view.add(R"({"tags":{"t":)" + std::to_string(values.back()) + "}}");
  }
  Positions expected = sorted(view, {""});
  std::stable_sort(expected.begin(), expected.end(), [&](int64_t a, int64_t b) {
    return values[static_cast<size_t>(a)] < values[static_cast<size_t>(b)];
  });
  assert_true(ascending(view) == expected);
  expected.resize(100);
  assert_true(sorted(view, {"tags.t", false, 100}) == expected);
}

void an_empty_array_has_an_empty_order(void**) {
  const ListedView view{};
  assert_true(ascending(view).empty());
  assert_true(sorted(view, {""}).empty());
}

void a_path_that_is_none_and_a_damaged_record_are_told(void**) {
  const ListedView view{"{}", "damaged"};
  assert_int_equal(sort_positions(view, {"no_field"}).status().code(), Code::kInvalidArgument);
  assert_int_equal(sort_positions(view, {"tags.t"}).status().code(), Code::kCorrupt);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_ordered_by_value_whatever_their_type),
      cmocka_unit_test(texts_are_ordered_by_their_bytes),
      cmocka_unit_test(equals_stay_in_order_of_position_either_way),
      cmocka_unit_test(kinds_follow_one_another_and_what_has_no_order_is_behind),
      cmocka_unit_test(a_limit_gives_the_first_of_the_whole_order),
      cmocka_unit_test(without_a_path_the_order_is_that_of_the_array),
      cmocka_unit_test(every_field_can_be_what_is_sorted_by),
      cmocka_unit_test(many_documents_are_ordered_as_by_a_stable_sort),
      cmocka_unit_test(an_empty_array_has_an_empty_order),
      cmocka_unit_test(a_path_that_is_none_and_a_damaged_record_are_told),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
