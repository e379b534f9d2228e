// The id index against a map: inserts, redirects, freezing, folding, growth, reopening, rebuilding.
#include "index/id_index.h"

#include <algorithm>
#include <map>

#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

void an_empty_index_covers_nothing_and_finds_nothing(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  assert_int_equal(index->stamp().covered_length, 0);
  assert_true(candidates(index->view(), hash_of_id(1)).empty());
  assert_false(index->needs_rebuild());
}

void what_was_inserted_is_found_in_every_part(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 1000);
  checkpoint(*index, 1000);
  insert_slots(*index, 1000, 2000);
  assert_true(index->freeze(stamp_covering(2000)).value());
  insert_slots(*index, 2000, 3000);
  const auto view = index->view();
  for (uint64_t slot = 0; slot < 3000; ++slot) assert_true(finds(view, hash_of_id(slot), slot));
  assert_true(candidates(view, hash_of_id(3000)).empty());
}

void a_folded_table_survives_reopening_with_its_stamp(void**) {
  const TemporaryDirectory directory;
  {
    const auto index = open_index(identity_in(directory));
    insert_slots(*index, 0, 5000);
    checkpoint(*index, 5000);
    insert_slots(*index, 5000, 5100);
  }
  const auto index = open_index(identity_in(directory));
  assert_true(index->stamp() == stamp_covering(5000));
  const auto view = index->view();
  for (uint64_t slot = 0; slot < 5000; ++slot) assert_true(finds(view, hash_of_id(slot), slot));
  assert_true(candidates(view, hash_of_id(5050)).empty());
}

void a_table_of_another_generation_or_array_is_not_used(void**) {
  const TemporaryDirectory directory;
  const auto identity = identity_in(directory);
  const auto index = open_index(identity);
  insert_slots(*index, 0, 10);
  checkpoint(*index, 10);
  auto other_array = identity;
  other_array.access = Access::kRead;
  other_array.uuid[0] ^= 1;
  assert_int_equal(open_index(other_array)->stamp().covered_slots, 0);
  auto other_generation = identity;
  other_generation.generation = 8;
  assert_int_equal(open_index(other_generation)->stamp().covered_slots, 0);
  assert_int_equal(open_index(identity)->stamp().covered_slots, 10);
}

void a_table_grows_over_several_doublings(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  const auto early = [&] {
    insert_slots(*index, 0, 100);
    checkpoint(*index, 100);
    return index->view();
  }();
  for (uint64_t slots = 100; slots < 40'000; slots += 1300) {
    insert_slots(*index, slots, slots + 1300);
    checkpoint(*index, slots + 1300);
    for (uint64_t slot = 0; slot < slots + 1300; slot += 7)
      assert_true(finds(index->view(), hash_of_id(slot), slot));
  }
  for (uint64_t slot = 0; slot < 100; ++slot) assert_true(finds(early, hash_of_id(slot), slot));
  assert_int_equal(directory.names().size(), 1);
}

void a_redirect_leads_to_the_new_slot_wherever_the_entry_lay(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 3);
  checkpoint(*index, 3);
  assert_ok(index->redirect(hash_of_id(0), 0, 100));
  insert_slots(*index, 10, 11);
  assert_ok(index->redirect(hash_of_id(10), 10, 101));
  assert_true(candidates(index->view(), hash_of_id(0)).contains(100));
  assert_true(candidates(index->view(), hash_of_id(10)) == std::set<uint64_t>{101});
  checkpoint(*index, 200);
  assert_true(candidates(index->view(), hash_of_id(0)) == std::set<uint64_t>{100});
  assert_true(candidates(index->view(), hash_of_id(10)) == std::set<uint64_t>{101});
  assert_true(candidates(index->view(), hash_of_id(1)) == std::set<uint64_t>{1});
}

void redirects_in_a_row_leave_one_entry(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 1);
  checkpoint(*index, 1);
  for (uint64_t to = 1; to <= 5; ++to) assert_ok(index->redirect(hash_of_id(0), to - 1, to));
  assert_true(index->freeze(stamp_covering(6)).value());
  assert_ok(index->redirect(hash_of_id(0), 5, 6));
  assert_ok(index->fold(id_is_slot));
  assert_true(candidates(index->view(), hash_of_id(0)).contains(6));
  checkpoint(*index, 7);
  assert_true(candidates(index->view(), hash_of_id(0)) == std::set<uint64_t>{6});
}

void many_ids_of_one_hash_are_all_found(void**) {
  for (const uint64_t hash : {uint64_t{0}, ~uint64_t{0}, uint64_t{1} << 63}) {
    const TemporaryDirectory directory;
    const auto index = open_index(identity_in(directory));
    const HashesOf same = [&](uint64_t, std::vector<uint64_t>& out) {
      out.push_back(hash);
      return Status();
    };
    for (uint64_t slot = 0; slot < 2000; ++slot) {
      assert_ok(index->insert(hash, slot));
      if (slot % 500 != 499) continue;
      assert_true(index->freeze(stamp_covering(slot + 1)).value());
      assert_ok(index->fold(same));
    }
    assert_int_equal(candidates(index->view(), hash).size(), 2000);
    assert_int_equal(candidates(open_index(identity_in(directory))->view(), hash).size(), 2000);
  }
}

void folding_what_a_table_has_already_changes_nothing(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 150);
  checkpoint(*index, 150);
  const auto before = read_bytes(directory.file(directory.names()[0]));
  insert_slots(*index, 0, 150);
  checkpoint(*index, 150);
  const auto after = read_bytes(directory.file(directory.names()[0]));
  assert_int_equal(before.size(), after.size());
  assert_true(std::equal(before.begin() + 8192, before.end(), after.begin() + 8192));
}

void a_second_freeze_waits_for_the_first_fold(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 10);
  assert_true(index->freeze(stamp_covering(10)).value());
  insert_slots(*index, 10, 20);
  assert_false(index->freeze(stamp_covering(20)).value());
  assert_ok(index->fold(id_is_slot));
  assert_true(index->stamp() == stamp_covering(10));
  assert_true(finds(index->view(), hash_of_id(15), 15));
}

void a_view_taken_earlier_keeps_finding_what_it_found(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 500);
  const auto view = index->view();
  checkpoint(*index, 500);
  insert_slots(*index, 500, 20'000);
  checkpoint(*index, 20'000);
  assert_ok(index->rebuild(20'000, id_is_slot, stamp_covering(20'000)));
  assert_ok(index->discard());
  for (uint64_t slot = 0; slot < 500; ++slot) assert_true(finds(view, hash_of_id(slot), slot));
  auto current = view;
  index->refresh(current);
  assert_false(finds(current, hash_of_id(1), 1));
}

void a_rebuild_finds_every_id_a_slot_ever_had(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  const HashesOf two_ids = [](uint64_t slot, std::vector<uint64_t>& out) {
    out.push_back(hash_of_id(slot));
    out.push_back(hash_of_id(slot + 1'000'000));
    return Status();
  };
  assert_ok(index->rebuild(30'000, two_ids, stamp_covering(30'000)));
  const auto again = open_index(identity_in(directory));
  assert_true(again->stamp() == stamp_covering(30'000));
  for (uint64_t slot = 0; slot < 30'000; ++slot) {
    assert_true(finds(again->view(), hash_of_id(slot), slot));
    assert_true(finds(again->view(), hash_of_id(slot + 1'000'000), slot));
  }
  assert_int_equal(directory.names().size(), 1);
}

void a_failing_source_of_hashes_fails_the_rebuild_and_keeps_the_index(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 100);
  checkpoint(*index, 100);
  const HashesOf failing = [](uint64_t slot, std::vector<uint64_t>&) {
    return slot < 50 ? Status() : Status::error(Code::kCorrupt, "a record does not check");
  };
  assert_false(index->rebuild(100, failing, stamp_covering(100)).ok());
  assert_true(finds(index->view(), hash_of_id(99), 99));
  assert_int_equal(directory.names().size(), 1);
}

// What the store would know: for each id the slots it led to, the newest last.
class Model {
 public:
  explicit Model(IdIndex& index) : index_(&index) {}

  void step(std::mt19937_64& random) {
    const uint64_t id = random() % 3000;
    const uint64_t hash = hash_of_id(id) & ~uint64_t{0xF000};  // some hashes are shared
    auto& slot = slots_[id];
    if (slot == 0)
      assert_ok(index_->insert(hash, next_));
    else
      assert_ok(index_->redirect(hash, slot, next_));
    slot = next_;
    hashes_[next_++] = hash;
  }
  HashesOf hashes_of() const {
    return [this](uint64_t slot, std::vector<uint64_t>& out) {
      if (const auto found = hashes_.find(slot); found != hashes_.end())
        out.push_back(found->second);
      return Status();
    };
  }
  void assert_found(const IdIndex::View& view) const {
    for (const auto& [id, slot] : slots_) assert_true(finds(view, hashes_.at(slot), slot));
  }
  uint64_t next() const { return next_; }

 private:
  IdIndex* index_;
  uint64_t next_ = 1;
  std::map<uint64_t, uint64_t> slots_;
  std::map<uint64_t, uint64_t> hashes_;
};

void random_operations_never_lose_the_newest_slot_of_an_id(void**) {
  auto random = seeded_random();
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  Model model(*index);
  for (int i = 0; i < 20'000; ++i) {
    model.step(random);
    const uint64_t choice = random() % 1000;
    if (choice == 0) static_cast<void>(index->freeze(stamp_covering(model.next())).value());
    if (choice == 1) assert_ok(index->fold(model.hashes_of()));
    if (choice == 2 && !index->is_frozen() && index->active_count() > 0) {
      assert_true(index->freeze(stamp_covering(model.next())).value());
      assert_ok(index->rebuild(model.next(), model.hashes_of(), stamp_covering(model.next())));
    }
    if (choice < 8) model.assert_found(index->view());
  }
  model.assert_found(index->view());
}

void a_reader_of_the_same_files_follows_the_writer(void**) {
  const TemporaryDirectory directory;
  const auto writer = open_index(identity_in(directory));
  auto reading = identity_in(directory);
  reading.access = Access::kRead;
  const auto reader = open_index(reading);
  assert_false(reader->reopen_if_newer().value());
  uint64_t slots = 0;
  for (const uint64_t next : {100U, 200U, 20'000U, 20'100U}) {
    insert_slots(*writer, slots, next);
    checkpoint(*writer, next);
    slots = next;
    assert_true(reader->reopen_if_newer().value());
    assert_false(reader->reopen_if_newer().value());
    assert_true(reader->stamp() == stamp_covering(next));
    assert_ok(reader->reset_overlay());
    insert_slots(*reader, next, next + 5);
    for (uint64_t slot = 0; slot < next + 5; ++slot)
      assert_true(finds(reader->view(), hash_of_id(slot), slot));
  }
}

void opening_read_only_changes_no_file(void**) {
  const TemporaryDirectory directory;
  write_bytes(directory.file("ids.7.9"), {1, 2, 3});
  auto reading = identity_in(directory);
  reading.access = Access::kRead;
  assert_int_equal(open_index(reading)->stamp().covered_slots, 0);
  assert_int_equal(read_bytes(directory.file("ids.7.9")).size(), 3);
  assert_int_equal(open_index(identity_in(directory))->stamp().covered_slots, 0);
  assert_true(directory.names().empty());
}

void files_of_one_generation_are_removed_and_no_others(void**) {
  const TemporaryDirectory directory;
  const auto touch = [&](const char* name) { std::ofstream(directory.file(name)) << "x"; };
  for (const char* name : {"ids.3.6", "ids.3.21", "ids.3.36", "ids.3.new", "ids.3.sort", "ids.33.6",
                           "ids.2.6", "body.bin"})
    touch(name);
  IdIndex::remove_files(directory.path(), 3);
  std::vector<std::string> left = directory.names();
  std::sort(left.begin(), left.end());
  assert_true(left == std::vector<std::string>({"body.bin", "ids.2.6", "ids.33.6"}));
  IdIndex::remove_files(directory.path(), 3);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_index_covers_nothing_and_finds_nothing),
      cmocka_unit_test(what_was_inserted_is_found_in_every_part),
      cmocka_unit_test(a_folded_table_survives_reopening_with_its_stamp),
      cmocka_unit_test(a_table_of_another_generation_or_array_is_not_used),
      cmocka_unit_test(a_table_grows_over_several_doublings),
      cmocka_unit_test(a_redirect_leads_to_the_new_slot_wherever_the_entry_lay),
      cmocka_unit_test(redirects_in_a_row_leave_one_entry),
      cmocka_unit_test(many_ids_of_one_hash_are_all_found),
      cmocka_unit_test(folding_what_a_table_has_already_changes_nothing),
      cmocka_unit_test(a_second_freeze_waits_for_the_first_fold),
      cmocka_unit_test(a_view_taken_earlier_keeps_finding_what_it_found),
      cmocka_unit_test(a_rebuild_finds_every_id_a_slot_ever_had),
      cmocka_unit_test(a_failing_source_of_hashes_fails_the_rebuild_and_keeps_the_index),
      cmocka_unit_test(random_operations_never_lose_the_newest_slot_of_an_id),
      cmocka_unit_test(a_reader_of_the_same_files_follows_the_writer),
      cmocka_unit_test(opening_read_only_changes_no_file),
      cmocka_unit_test(files_of_one_generation_are_removed_and_no_others),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
