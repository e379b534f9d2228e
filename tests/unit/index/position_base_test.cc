// The file of positions: what is written comes back, and no damage passes for it.
#include "index/position_base.h"

#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

PositionStamp some_stamp() {
  PositionStamp stamp;
  stamp.uuid = {9, 8, 7};
  stamp.generation = 3;
  stamp.covered_length = 123'456;
  stamp.salt = 77;
  stamp.newest_delete = 64'000;
  return stamp;
}

PositionTree some_tree() {
  PositionTree::Editor editor{PositionTree()};
  for (const uint64_t slot : {3U, 4U, 5000U, 5100U, 90'000U, 90'064U}) editor.kill(slot);
  return editor.finish();
}

bool same_answers(const PositionTree& a, const PositionTree& b) {
  if (a.dead_count() != b.dead_count()) return false;
  for (uint64_t slot = a.next_dead(0); slot != PositionTree::kCapacity;
       slot = a.next_dead(slot + 1))
    if (!b.is_dead(slot) || a.position_of(slot) != b.position_of(slot)) return false;
  return true;
}

// The tree in the file, or an empty one and false when the file is refused.
bool read_back(const std::string& path, PositionTree& tree, PositionStamp& stamp) {
  const auto base = PositionBase::open(path);
  if (!base.ok()) return false;
  auto read = base.value().tree();
  if (!read.ok()) return false;
  tree = read.value();
  stamp = base.value().stamp();
  return true;
}

void a_written_tree_comes_back_with_its_stamp(void**) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("positions.3");
  assert_ok(write_position_base(path, some_stamp(), some_tree()));
  PositionTree tree;
  PositionStamp stamp;
  assert_true(read_back(path, tree, stamp));
  assert_true(same_answers(some_tree(), tree));
  PositionStamp expected = some_stamp();
  expected.dead_count = 6;
  assert_true(stamp == expected);
  assert_int_equal(directory.names().size(), 1);
}

void an_empty_tree_can_be_written(void**) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("positions.3");
  assert_ok(write_position_base(path, some_stamp(), PositionTree()));
  PositionTree tree = some_tree();
  PositionStamp stamp;
  assert_true(read_back(path, tree, stamp));
  assert_int_equal(tree.dead_count(), 0);
}

void a_tree_from_a_file_can_be_changed_and_written_again(void**) {
  auto random = seeded_random();
  const TemporaryDirectory directory;
  const std::string path = directory.file("positions.3");
  PositionTree expected;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 2000; ++i) expected = expected.without(random() % 500'000);
    assert_ok(write_position_base(path, some_stamp(), expected));
    PositionTree tree;
    PositionStamp stamp;
    assert_true(read_back(path, tree, stamp));
    assert_true(same_answers(expected, tree));
    expected = tree;  // the next round edits leaves of the map and replaces the file below them
  }
}

void absence_is_not_damage(void**) {
  const TemporaryDirectory directory;
  const auto base = PositionBase::open(directory.file("positions.3"));
  assert_int_equal(static_cast<int>(base.status().code()), static_cast<int>(Code::kNotFound));
}

void every_flipped_bit_is_refused_or_harmless(void**) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("positions.3");
  assert_ok(write_position_base(path, some_stamp(), some_tree()));
  PositionStamp expected = some_stamp();
  expected.dead_count = 6;
  const size_t size = read_bytes(path).size();
  uint64_t refused = 0;
  for (size_t bit = 0; bit < size * 8; ++bit) {
    flip_bit(path, bit);
    PositionTree tree;
    PositionStamp stamp;
    if (!read_back(path, tree, stamp))
      ++refused;
    else
      assert_true(stamp == expected && same_answers(some_tree(), tree));
    flip_bit(path, bit);
  }
  assert_true(refused > size * 7);
}

void a_file_cut_or_grown_anywhere_is_refused(void**) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("positions.3");
  assert_ok(write_position_base(path, some_stamp(), some_tree()));
  const auto whole = read_bytes(path);
  for (size_t size = 0; size < whole.size() + 100; size += 37) {
    auto other = whole;
    other.resize(size);
    write_bytes(path, other);
    PositionTree tree;
    PositionStamp stamp;
    assert_false(read_back(path, tree, stamp));
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_written_tree_comes_back_with_its_stamp),
      cmocka_unit_test(an_empty_tree_can_be_written),
      cmocka_unit_test(a_tree_from_a_file_can_be_changed_and_written_again),
      cmocka_unit_test(absence_is_not_damage),
      cmocka_unit_test(every_flipped_bit_is_refused_or_harmless),
      cmocka_unit_test(a_file_cut_or_grown_anywhere_is_refused),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
