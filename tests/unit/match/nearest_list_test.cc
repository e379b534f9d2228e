// The list of nearest rows: the first of all in order, whatever order they come in.
#include "match/nearest_list.h"

#include <algorithm>
#include <random>

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

std::vector<Neighbor> random_neighbors(uint32_t seed, size_t count) {
  std::mt19937 random(seed);
  std::vector<Neighbor> made;
  for (size_t i = 0; i < count; i++) made.push_back({static_cast<double>(random() % 20), i});
  std::shuffle(made.begin(), made.end(), random);
  return made;
}

void expect_first(const std::vector<Neighbor>& found, std::vector<Neighbor> all, size_t count) {
  std::sort(all.begin(), all.end());
  assert_int_equal(found.size(), std::min(count, all.size()));
  for (size_t i = 0; i < found.size(); i++) {
    assert_true(found[i].distance == all[i].distance);
    assert_int_equal(found[i].position, all[i].position);
  }
}

void the_nearest_are_kept_in_any_order_of_coming(void**) {
  for (uint32_t seed = 0; seed < 200; seed++) {
    const std::vector<Neighbor> all = random_neighbors(seed, seed);
    for (const size_t limit : {1U, 2U, 10U, 300U}) {
      NearestList list(limit);
      for (const Neighbor& neighbor : all) list.add(neighbor);
      assert_int_equal(list.is_full(), all.size() >= limit);
      expect_first(list.take_sorted(), all, limit);
    }
  }
}

void lists_of_parts_make_the_list_of_all(void**) {
  const std::vector<Neighbor> all = random_neighbors(7, 500);
  NearestList whole(30), part(30);
  for (size_t i = 0; i < all.size(); i++) (i % 3 == 0 ? part : whole).add(all[i]);
  whole.add_all(part);
  expect_first(whole.take_sorted(), all, 30);
}

void a_full_list_tells_its_last(void**) {
  NearestList list(2);
  list.add({5, 1});
  list.add({3, 9});
  assert_true(list.is_full());
  list.add({5, 0});
  assert_true(list.last().distance == 5 && list.last().position == 0);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_nearest_are_kept_in_any_order_of_coming),
      cmocka_unit_test(lists_of_parts_make_the_list_of_all),
      cmocka_unit_test(a_full_list_tells_its_last),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
