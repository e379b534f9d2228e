// Rows of a block as bits, at every border of a word.
#include "query/block_rows.h"

#include <vector>

#include "unit/cmocka_cpp.h"

namespace {

using dam::BlockRows;

std::vector<size_t> rows_of(const BlockRows& rows) {
  std::vector<size_t> listed;
  rows.each([&listed](size_t row) { listed.push_back(row); });
  return listed;
}

BlockRows multiples_of(size_t step) {
  BlockRows rows;
  for (size_t row = 0; row < BlockRows::kMost; row += step) rows.add(row);
  return rows;
}

void the_first_rows_are_as_many_as_asked(void**) {
  for (const size_t count : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 1000u, 1023u, 1024u}) {
    const BlockRows rows(count);
    assert_int_equal(rows.count(), count);
    assert_int_equal(rows.none(), count == 0);
    const std::vector<size_t> listed = rows_of(rows);
    assert_int_equal(listed.size(), count);
    for (size_t row = 0; row < count; ++row) assert_int_equal(listed[row], row);
  }
}

void rows_are_visited_ascending(void**) {
  BlockRows rows;
  for (const size_t row : {1023u, 0u, 64u, 63u, 500u}) rows.add(row);
  assert_true(rows_of(rows) == (std::vector<size_t>{0, 63, 64, 500, 1023}));
}

void keeping_asks_about_the_open_rows_alone(void**) {
  BlockRows rows = multiples_of(3);
  std::vector<size_t> asked;
  rows.keep_if([&asked](size_t row) {
    asked.push_back(row);
    return row % 2 == 0;
  });
  assert_true(asked == rows_of(multiples_of(3)));
  assert_true(rows_of(rows) == rows_of(multiples_of(6)));
}

void rows_join_and_are_taken_away(void**) {
  BlockRows rows = multiples_of(2);
  rows |= multiples_of(3);
  rows -= multiples_of(6);
  for (const size_t row : rows_of(rows)) assert_true((row % 2 == 0) != (row % 3 == 0));
  assert_int_equal(rows.count(), 512 + 342 - 2 * 171);
  rows -= rows;
  assert_true(rows.none());
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_first_rows_are_as_many_as_asked),
      cmocka_unit_test(rows_are_visited_ascending),
      cmocka_unit_test(keeping_asks_about_the_open_rows_alone),
      cmocka_unit_test(rows_join_and_are_taken_away),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
