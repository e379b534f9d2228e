// Damaged files and failing calls: the id index may say so or start anew, it never misses silently.
#include <unistd.h>

#include <cerrno>

#include "platform/calls.h"
#include "unit/index/index_fixture.h"

namespace dam::test {
namespace {

constexpr uint64_t kSlots = 120;

int no_sleep(const timespec*, timespec*) { return 0; }

// Each slot the stamp covers is found, or the search says that it cannot tell.
void assert_no_silent_miss(const IdIndex& index) {
  const auto view = index.view();
  for (uint64_t slot = 0; slot < index.stamp().covered_slots; ++slot) {
    const IdSearch end = view.find(hash_of_id(slot), [&](uint64_t found) { return found == slot; });
    if (end == IdSearch::kDamaged) assert_true(index.needs_rebuild());
    assert_true(end != IdSearch::kExhausted);
  }
}

std::string make_table(const TemporaryDirectory& directory) {
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, kSlots / 2);
  checkpoint(*index, kSlots / 2);
  insert_slots(*index, kSlots / 2, kSlots);
  checkpoint(*index, kSlots);
  return directory.file(directory.names()[0]);
}

void every_flipped_bit_is_detected_or_harmless(void**) {
  Calls quick = operating_system_calls();
  quick.nanosleep = no_sleep;
  const CallsInForce in_force(quick);
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  auto identity = identity_in(directory);
  identity.access = Access::kRead;
  const uint64_t size = read_bytes(path).size();
  // Every bit of both header slots and of the first buckets, and one in eleven of the rest.
  const auto is_looked_at = [](uint64_t byte) {
    return byte % 4096 < IdTable::kHeaderSlotSize && byte < 3 * 4096;
  };
  uint64_t noticed = 0;
  for (uint64_t bit = 0; bit < size * 8; bit += is_looked_at(bit / 8) ? 1U : 11U) {
    flip_bit(path, bit);
    const auto index = open_index(identity);
    assert_no_silent_miss(*index);
    noticed += index->needs_rebuild() || index->stamp().covered_slots < kSlots;
    flip_bit(path, bit);
  }
  assert_true(noticed > 4096);
}

void a_bucket_of_zeros_is_damage_and_not_absence(void**) {
  Calls quick = operating_system_calls();
  quick.nanosleep = no_sleep;
  const CallsInForce in_force(quick);
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  auto bytes = read_bytes(path);
  std::fill(bytes.begin() + IdTable::kHeaderSize, bytes.end(), uint8_t{0});
  write_bytes(path, bytes);
  const auto index = open_index(identity_in(directory));
  assert_int_equal(index->stamp().covered_slots, kSlots);
  const auto view = index->view();
  for (uint64_t id = 0; id < 2 * kSlots; ++id) {
    const IdSearch end = view.find(hash_of_id(id), [](uint64_t) { return false; });
    assert_int_equal(static_cast<int>(end), static_cast<int>(IdSearch::kDamaged));
  }
}

void a_bucket_in_the_place_of_another_is_damage(void**) {
  Calls quick = operating_system_calls();
  quick.nanosleep = no_sleep;
  const CallsInForce in_force(quick);
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  auto bytes = read_bytes(path);
  const auto first = bytes.begin() + IdTable::kHeaderSize;
  std::swap_ranges(first, first + 64, first + 64);
  write_bytes(path, bytes);
  const auto index = open_index(identity_in(directory));
  assert_no_silent_miss(*index);
  assert_true(index->needs_rebuild());
}

void a_damaged_table_is_rebuilt(void**) {
  Calls quick = operating_system_calls();
  quick.nanosleep = no_sleep;
  const CallsInForce in_force(quick);
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  auto bytes = read_bytes(path);
  for (size_t at = IdTable::kHeaderSize; at < bytes.size(); at += 64) bytes[at] ^= 1;
  write_bytes(path, bytes);
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, kSlots, kSlots + 10);
  assert_true(index->freeze(stamp_covering(kSlots + 10)).value());
  assert_false(index->fold(id_is_slot).ok());
  assert_true(index->needs_rebuild());
  assert_ok(index->rebuild(kSlots + 10, id_is_slot, stamp_covering(kSlots + 10)));
  assert_false(index->needs_rebuild() || index->is_frozen());
  assert_no_silent_miss(*index);
  assert_no_silent_miss(*open_index(identity_in(directory)));
}

void a_file_cut_anywhere_is_discarded(void**) {
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  const auto whole = read_bytes(path);
  for (size_t size = 0; size < whole.size(); size += 511) {
    write_bytes(path, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    assert_int_equal(open_index(identity_in(directory))->stamp().covered_slots, 0);
    assert_true(directory.names().empty());
  }
}

void one_torn_header_slot_leaves_the_other(void**) {
  const TemporaryDirectory directory;
  const std::string path = make_table(directory);
  const auto whole = read_bytes(path);
  for (const size_t slot : {size_t{0}, size_t{4096}}) {
    auto torn = whole;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(slot + 64),
              torn.begin() + static_cast<std::ptrdiff_t>(slot + 512), uint8_t{0xEE});
    write_bytes(path, torn);
    const auto index = open_index(identity_in(directory));
    assert_true(index->stamp().covered_slots >= kSlots / 2);
    assert_no_silent_miss(*index);
  }
}

// Lets `allowed` writes and syncs pass, then fails all.
int allowed = 0;
ssize_t failing_pwrite(int fd, const void* from, size_t size, off_t offset) {
  if (allowed-- > 0) return operating_system_calls().pwrite(fd, from, size, offset);
  errno = EIO;
  return -1;
}
int failing_fdatasync(int fd) {
  if (allowed-- > 0) return operating_system_calls().fdatasync(fd);
  errno = EIO;
  return -1;
}

// True when the fold failed.
bool fold_fails_after(int passed, uint64_t slots_before, uint64_t slots_after) {
  const TemporaryDirectory directory;
  const auto index = open_index(identity_in(directory));
  insert_slots(*index, 0, slots_before);
  checkpoint(*index, slots_before);
  insert_slots(*index, slots_before, slots_after);
  assert_true(index->freeze(stamp_covering(slots_after)).value());
  Status folded;
  {
    Calls failing = operating_system_calls();
    failing.pwrite = failing_pwrite;
    failing.fdatasync = failing_fdatasync;
    const CallsInForce in_force(failing);
    allowed = passed;
    folded = index->fold(id_is_slot);
  }
  insert_slots(*index, slots_after, slots_after + 10);
  for (uint64_t slot = 0; slot < slots_after + 10; ++slot)
    assert_true(finds(index->view(), hash_of_id(slot), slot));
  if (folded.ok()) return false;
  assert_true(index->is_frozen());
  if (index->needs_rebuild())
    assert_ok(index->rebuild(slots_after, id_is_slot, stamp_covering(slots_after)));
  else
    assert_ok(index->fold(id_is_slot));
  for (uint64_t slot = 0; slot < slots_after + 10; ++slot)
    assert_true(finds(index->view(), hash_of_id(slot), slot));
  assert_no_silent_miss(*open_index(identity_in(directory)));
  return true;
}

void a_failing_write_or_sync_keeps_every_answer_right(void**) {
  int passed = 0;
  while (fold_fails_after(passed, 2000, 2100)) ++passed;
  assert_true(passed > 5);
}

void a_failing_growth_keeps_every_answer_right(void**) {
  int passed = 0;
  while (fold_fails_after(passed, 200, 900)) ++passed;
  assert_true(passed > 5);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_flipped_bit_is_detected_or_harmless),
      cmocka_unit_test(a_bucket_of_zeros_is_damage_and_not_absence),
      cmocka_unit_test(a_bucket_in_the_place_of_another_is_damage),
      cmocka_unit_test(a_damaged_table_is_rebuilt),
      cmocka_unit_test(a_file_cut_anywhere_is_discarded),
      cmocka_unit_test(one_torn_header_slot_leaves_the_other),
      cmocka_unit_test(a_failing_write_or_sync_keeps_every_answer_right),
      cmocka_unit_test(a_failing_growth_keeps_every_answer_right),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
