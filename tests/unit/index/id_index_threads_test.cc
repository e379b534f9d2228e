// Finds beside inserts, freezes and folds: what was inserted before a view was taken is found in
// it.
#include <atomic>
#include <thread>

#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

constexpr uint64_t kSlots = 60'000;

struct Shared {
  IdIndex* index = nullptr;
  std::atomic<uint64_t> inserted{0};
  std::atomic<bool> done{false};
  std::atomic<uint64_t> misses{0};
  std::atomic<uint64_t> failures{0};
};

// cmocka's asserts belong to the main thread, so the others count.
void look_up(Shared& shared, uint64_t seed) {
  std::mt19937_64 random(seed);
  IdIndex::View view;
  const IdIndex::View earliest = shared.index->view();
  while (!shared.done.load(std::memory_order_relaxed)) {
    const uint64_t bound = shared.inserted.load(std::memory_order_acquire);
    if (bound == 0) continue;
    shared.index->refresh(view);
    const uint64_t slot = random() % bound;
    const IdSearch end = view.find(hash_of_id(slot), [&](uint64_t found) { return found == slot; });
    if (end != IdSearch::kStopped) ++shared.misses;
    if (earliest.find(hash_of_id(slot), [](uint64_t) { return false; }) == IdSearch::kDamaged)
      ++shared.misses;
  }
}

void fold_all_the_time(Shared& shared) {
  while (!shared.done.load(std::memory_order_relaxed)) {
    if (!shared.index->fold(id_is_slot).ok()) ++shared.failures;
    std::this_thread::yield();
  }
}

void finds_never_miss_beside_inserts_freezes_and_folds(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  Shared shared;
  shared.index = index.get();
  std::thread upkeep([&] { fold_all_the_time(shared); });
  std::thread first([&] { look_up(shared, 1); });
  std::thread second([&] { look_up(shared, 2); });
  for (uint64_t slot = 0; slot < kSlots; ++slot) {
    if (!index->insert(hash_of_id(slot), slot).ok()) ++shared.failures;
    shared.inserted.store(slot + 1, std::memory_order_release);
    if (slot % 3000 == 2999 && !index->freeze(stamp_covering(slot + 1)).ok()) ++shared.failures;
    if (slot % 100 == 0) std::this_thread::yield();
  }
  shared.done = true;
  upkeep.join();
  first.join();
  second.join();
  assert_int_equal(shared.misses, 0);
  assert_int_equal(shared.failures, 0);
  assert_ok(index->fold(id_is_slot));
  assert_true(index->stamp().covered_slots > 0);
}

void views_taken_beside_a_rebuild_and_redirects_still_lead_to_the_slots(void**) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, 2000);
  checkpoint(*index, 2000);
  Shared shared;
  std::thread rebuilding([&] {
    for (int i = 0; i < 10; ++i)
      if (!index->rebuild(2000, id_is_slot, stamp_covering(2000)).ok()) ++shared.failures;
  });
  for (uint64_t slot = 0; slot < 2000; ++slot) {
    assert_ok(index->redirect(hash_of_id(slot), slot, slot + 10'000));
    const auto view = index->view();
    if (!finds(view, hash_of_id(slot), slot + 10'000)) ++shared.misses;
    if (!finds(view, hash_of_id(1999), slot == 1999 ? 11'999 : 1999)) ++shared.misses;
  }
  rebuilding.join();
  assert_int_equal(shared.misses, 0);
  assert_int_equal(shared.failures, 0);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(finds_never_miss_beside_inserts_freezes_and_folds),
      cmocka_unit_test(views_taken_beside_a_rebuild_and_redirects_still_lead_to_the_slots),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
