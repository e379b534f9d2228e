// Stores that somebody made to do harm, or that a disk made: overlaps, cycles, noise.
#include "unit/exchange/jina_samples.h"
#include "unit/exchange/wire_samples.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

// Imports and asserts that the array is sound; how many documents came.
uint64_t imported(const JinaSample& sample, ImportOutcome& outcome) {
  sample.write();
  const auto store = open_store();
  assert_ok(import_sample({.list_deleted = true}, *store, outcome));
  assert_int_equal(outcome.recovered, value_of(store->stat(Stat::kDocuments)));
  assert_ok(store->close());
  assert_sound();
  return outcome.recovered;
}

void records_in_a_ring_of_overlaps_end(void**) {
  JinaSample sample;
  sample.body = std::string(4000, '\x08');
  for (int64_t i = 0; i < 100; i++) sample.add_slot(std::to_string(i), {0, i * 30, i * 30 + 60});
  sample.add_slot("wrap", {0, 0, 4000});
  ImportOutcome outcome;
  assert_int_equal(imported(sample, outcome), 0);
  assert_int_equal(outcome.damaged, 101);
}

void many_slots_of_one_large_body_cost_no_more_than_a_few_readings(void**) {
  JinaSample sample;
  sample.body = bytes_field(13, std::string(1 << 20, 'x'));
  const auto size = static_cast<int64_t>(sample.body.size());
  for (int i = 0; i < 2000; i++) sample.add_slot(std::to_string(i), {0, 0, size});
  ImportOutcome outcome;
  assert_true(imported(sample, outcome) <= 8);
  assert_non_null(std::strstr(outcome.report.c_str(), ": shares its bytes with too many others\n"));
}

void records_without_bytes_are_documents_with_the_id_of_their_slot(void**) {
  JinaSample sample;
  for (int i = 0; i < 3; i++) sample.add_slot(std::to_string(i), {0, 0, 0});
  ImportOutcome outcome;
  assert_int_equal(imported(sample, outcome), 3);
}

void every_cut_of_either_file_imports_what_is_whole(void**) {
  JinaSample sample;
  for (int i = 0; i < 3; i++) sample.add_text(std::to_string(i), "text");
  for (size_t size = 0; size < sample.header.size(); size += 5) {
    JinaSample cut = sample;
    cut.header.resize(size);
    ImportOutcome outcome;
    cut.write();
    const auto store = open_store(test_options(), "/data/h" + std::to_string(size));
    assert_ok(import_sample({}, *store, outcome));
    assert_int_equal(outcome.recovered, size / 168);
  }
  for (size_t size = 0; size < sample.body.size(); size++) {
    JinaSample cut = sample;
    cut.body.resize(size);
    ImportOutcome outcome;
    cut.write();
    const auto store = open_store(test_options(), "/data/b" + std::to_string(size));
    assert_ok(import_sample({.key_length = 36}, *store, outcome));
    assert_int_equal(outcome.recovered, size * 3 / sample.body.size());
  }
}

void noise_in_a_header_is_told_slot_by_slot(void**) {
  JinaSample sample;
  for (int i = 0; i < 20; i++) sample.add_text(std::to_string(i), "text");
  uint32_t noise = 3;
  for (int round = 0; round < 200; round++) {
    JinaSample changed = sample;
    for (int i = 0; i < 4; i++) {
      noise = noise * 1664525 + 1013904223;
      changed.header[noise % changed.header.size()] = static_cast<char>(noise >> 24);
    }
    changed.write();
    const auto store = open_store(test_options(), "/data/n" + std::to_string(round));
    ImportOutcome outcome;
    assert_ok(import_sample({.key_length = 36, .list_deleted = true}, *store, outcome));
    assert_true(outcome.recovered >= 12);
    assert_ok(store->close());
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(records_in_a_ring_of_overlaps_end),
      TEST_ON_MEMORY(many_slots_of_one_large_body_cost_no_more_than_a_few_readings),
      TEST_ON_MEMORY(records_without_bytes_are_documents_with_the_id_of_their_slot),
      TEST_ON_MEMORY(every_cut_of_either_file_imports_what_is_whole),
      TEST_ON_MEMORY(noise_in_a_header_is_told_slot_by_slot),
  };
  return cmocka_run_group_tests_name("hostile_jina_store", tests, nullptr, nullptr);
}
