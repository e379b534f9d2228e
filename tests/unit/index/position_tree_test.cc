// The position tree against a plain bitmap, and what its versions share.
#include "index/position_tree.h"

#include <algorithm>

#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

// Counts by walking: slow and plain.
struct Model {
  explicit Model(uint64_t slots) : dead(slots) {}
  std::vector<bool> dead;

  uint64_t live_below(uint64_t slot) const {
    const auto end = dead.begin() + static_cast<std::ptrdiff_t>(slot);
    return slot - static_cast<uint64_t>(std::count(dead.begin(), end, true));
  }
};

void assert_same(const PositionTree& tree, const Model& model, std::mt19937_64& random) {
  uint64_t position = 0;
  uint64_t last_live = PositionTree::kCapacity;
  for (uint64_t slot = 0; slot < model.dead.size(); ++slot) {
    assert_int_equal(tree.is_dead(slot), model.dead[slot]);
    if (random() % 8 == 0) assert_int_equal(tree.position_of(slot), position);
    if (model.dead[slot]) continue;
    if (random() % 8 == 0) assert_int_equal(tree.slot_at(position), slot);
    ++position;
    last_live = slot;
  }
  assert_int_equal(tree.dead_count(), model.dead.size() - position);
  if (position > 0) assert_int_equal(tree.slot_at(position - 1), last_live);
  assert_int_equal(tree.slot_at(position), model.dead.size());
}

void assert_runs_cover_the_live_slots(const PositionTree& tree, const Model& model) {
  std::vector<bool> seen_dead(model.dead.size(), true);
  for (uint64_t slot = tree.next_live(0); slot < model.dead.size();) {
    const uint64_t end = std::min<uint64_t>(tree.next_dead(slot), model.dead.size());
    assert_true(end > slot);
    for (; slot < end; ++slot) seen_dead[slot] = false;
    slot = tree.next_live(slot);
  }
  assert_true(seen_dead == model.dead);
}

void a_tree_without_dead_slots_maps_every_position_to_itself(void**) {
  const PositionTree tree;
  for (const uint64_t slot : {uint64_t{0}, uint64_t{4096}, PositionTree::kCapacity - 1}) {
    assert_false(tree.is_dead(slot));
    assert_int_equal(tree.position_of(slot), slot);
    assert_int_equal(tree.slot_at(slot), slot);
    assert_int_equal(tree.next_live(slot), slot);
    assert_int_equal(tree.next_dead(slot), PositionTree::kCapacity);
  }
}

void random_deletes_answer_like_a_bitmap(void**) {
  auto random = seeded_random();
  for (const uint64_t slots : {100U, 4096U, 4097U, 70'000U, 300'000U}) {
    PositionTree tree;
    Model model(slots);
    for (uint64_t i = 0; i < slots / 3; ++i) {
      const uint64_t slot = random() % slots;
      tree = tree.without(slot);
      model.dead[slot] = true;
    }
    assert_same(tree, model, random);
    assert_runs_cover_the_live_slots(tree, model);
  }
}

void long_runs_of_dead_slots_are_stepped_over(void**) {
  auto random = seeded_random();
  constexpr uint64_t kSlots = 200'000;
  Model model(kSlots);
  PositionTree::Editor editor{PositionTree()};
  for (uint64_t slot = 3'000; slot < 150'000; ++slot) {
    assert_true(editor.kill(slot));
    model.dead[slot] = true;
  }
  const PositionTree tree = editor.finish();
  assert_same(tree, model, random);
  assert_runs_cover_the_live_slots(tree, model);
  assert_int_equal(tree.next_live(3'000), 150'000);
  assert_int_equal(tree.next_dead(0), 3'000);
}

void everything_may_be_dead(void**) {
  PositionTree::Editor editor{PositionTree()};
  for (uint64_t slot = 0; slot < 65'536; ++slot) editor.kill(slot);
  const PositionTree tree = editor.finish();
  assert_int_equal(tree.dead_count(), 65'536);
  assert_int_equal(tree.position_of(65'536), 0);
  assert_int_equal(tree.slot_at(0), 65'536);
  assert_int_equal(tree.next_live(5), 65'536);
}

void killing_a_dead_slot_again_changes_nothing(void**) {
  PositionTree::Editor editor{PositionTree().without(17)};
  assert_false(editor.kill(17));
  assert_int_equal(editor.finish().dead_count(), 1);
}

void each_version_keeps_its_own_answers(void**) {
  auto random = seeded_random();
  constexpr uint64_t kSlots = 20'000;
  std::vector<PositionTree> versions{PositionTree()};
  std::vector<uint64_t> killed;
  while (killed.size() < 500) {
    const uint64_t slot = random() % kSlots;
    if (versions.back().is_dead(slot)) continue;
    versions.push_back(versions.back().without(slot));
    killed.push_back(slot);
  }
  for (size_t version = 0; version < versions.size(); version += 25) {
    Model model(kSlots);
    for (size_t i = 0; i < version; ++i) model.dead[killed[i]] = true;
    assert_same(versions[version], model, random);
  }
}

void an_editor_leaves_the_trees_it_gave_out_alone(void**) {
  PositionTree::Editor editor{PositionTree()};
  editor.kill(1);
  editor.kill(100'000);
  const PositionTree first = editor.finish();
  editor.kill(2);
  editor.kill(100'001);
  const PositionTree second = editor.finish();
  assert_int_equal(first.dead_count(), 2);
  assert_false(first.is_dead(2) || first.is_dead(100'001));
  assert_int_equal(first.position_of(200'000), 199'998);
  assert_int_equal(second.position_of(200'000), 199'996);
}

void the_highest_slots_can_die(void**) {
  const uint64_t last = PositionTree::kCapacity - 1;
  const PositionTree tree = PositionTree().without(5).without(last);
  assert_true(tree.is_dead(5) && tree.is_dead(last));
  assert_false(tree.is_dead(last - 1));
  assert_int_equal(tree.position_of(last), last - 1);
  assert_int_equal(tree.slot_at(last - 2), last - 1);
  assert_int_equal(tree.next_dead(6), last);
}

void leaves_are_visited_in_order_with_their_counts(void**) {
  const PositionTree tree = PositionTree().without(1'000'000).without(3).without(1'000'001);
  std::vector<std::pair<uint64_t, uint32_t>> seen;
  tree.visit_leaves([&](uint64_t number, const PositionLeaf& leaf) {
    seen.emplace_back(number, leaf.dead_count());
  });
  const std::vector<std::pair<uint64_t, uint32_t>> expected{{0, 1}, {1'000'000 / 4096, 2}};
  assert_true(seen == expected);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_tree_without_dead_slots_maps_every_position_to_itself),
      cmocka_unit_test(random_deletes_answer_like_a_bitmap),
      cmocka_unit_test(long_runs_of_dead_slots_are_stepped_over),
      cmocka_unit_test(everything_may_be_dead),
      cmocka_unit_test(killing_a_dead_slot_again_changes_nothing),
      cmocka_unit_test(each_version_keeps_its_own_answers),
      cmocka_unit_test(an_editor_leaves_the_trees_it_gave_out_alone),
      cmocka_unit_test(the_highest_slots_can_die),
      cmocka_unit_test(leaves_are_visited_in_order_with_their_counts),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
