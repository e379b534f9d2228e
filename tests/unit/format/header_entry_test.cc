// Header entries and version words: there and back, and every single-bit flip detected.
#include "format/header_entry.h"

#include "format/frame.h"
#include "unit/format/format_samples.h"

namespace dam::test {
namespace {

constexpr uint64_t kSlot = 12345;
constexpr uint64_t kUnits = uint64_t{1} << 40;

using EntryBytes = std::array<uint8_t, kEntrySize>;

HeaderEntry sample_entry(const char* id = "doc-7") {
  return {make_id_key(id, sample_superblock().hash_key), 4096 + 64 * 5, 900, 0xCAFEF00D};
}

EntryBytes encoded(const HeaderEntry& entry, uint64_t slot = kSlot) {
  EntryBytes bytes;
  encode_header_entry(entry, slot, sample_seed(), bytes.data());
  return bytes;
}

bool decodes(const uint8_t* bytes, HeaderEntry& out, uint64_t slot = kSlot) {
  return decode_header_entry(bytes, slot, sample_seed(), out);
}

void an_entry_comes_back_as_it_was(void**) {
  for (const char* id : {"a", "sixteen bytes id", "0189d1f2-7e0a-7b3c-8d4e-5f6071829304",
                         "a long identifier of no special form"}) {
    for (const uint64_t unit : {uint64_t{64}, uint64_t{65}, kUnits - 1}) {
      HeaderEntry before = sample_entry(id);
      before.offset = unit * 64;
      HeaderEntry after;
      assert_true(decodes(encoded(before).data(), after));
      assert_true(after.id == before.id);
      assert_int_equal(after.offset, before.offset);
      assert_int_equal(after.payload_size, before.payload_size);
      assert_int_equal(after.payload_crc, before.payload_crc);
    }
  }
}

void its_bytes_are_those_of_the_format(void**) {
  const EntryBytes bytes = encoded(sample_entry());
  assert_string_equal(hex_of(bytes.data(), 60).c_str(),
                      "646f632d37000000 0000000000000000 4500000000110000 840300000df0feca ");
  uint32_t crc = crc32c_by_table(sample_seed().at(kSlot), bytes.data(), 32);
  crc = crc32c_by_table(crc, bytes.data() + 56, 4);
  assert_int_equal(load<uint32_t>(&bytes[60]), crc);
}

bool in_version_words(size_t bit) {
  return bit / 8 >= kVersionWordsAt && bit / 8 < kVersionWordsAt + 8 * kVersionWords;
}

void no_flipped_bit_outside_the_version_words_goes_unseen(void**) {
  const EntryBytes bytes = encoded(sample_entry());
  for_each_flip({bytes.begin(), bytes.end()}, [](const std::vector<uint8_t>& flipped, size_t bit) {
    HeaderEntry unread;
    assert_int_equal(decodes(flipped.data(), unread), in_version_words(bit));
  });
}

void an_entry_is_nothing_in_another_slot_or_array(void**) {
  const EntryBytes bytes = encoded(sample_entry());
  HeaderEntry entry;
  assert_false(decodes(bytes.data(), entry, kSlot + 1));
  assert_false(decode_header_entry(bytes.data(), kSlot, sample_seed(2), entry));
  assert_false(decode_header_entry(bytes.data(), kSlot, sample_seed(1, 2), entry));
}

void a_fresh_entry_has_no_later_versions(void**) {
  const EntryBytes bytes = encoded(sample_entry());
  for (size_t i = 0; i < kVersionWords; ++i)
    assert_int_equal(load<uint64_t>(&bytes[kVersionWordsAt + 8 * i]), 0);
}

void entries_lie_side_by_side_behind_the_first_two_pages(void**) {
  assert_int_equal(entry_offset(0), 8192);
  assert_int_equal(entry_offset(1), 8256);
  assert_int_equal(entry_offset(uint64_t{1} << 39), 8192 + (uint64_t{64} << 39));
}

std::vector<uint64_t> sample_offsets() {
  std::vector<uint64_t> offsets = {kBodyStart, kBodyStart + 64, (kUnits - 1) * 64};
  for (uint64_t unit = 1; unit < kUnits; unit *= 2) offsets.push_back(unit * 64);
  return offsets;
}

void a_version_word_comes_back_and_is_never_zero(void**) {
  for (const uint64_t offset : sample_offsets()) {
    const uint64_t word = encode_version_word(offset, kSlot, sample_seed());
    assert_int_not_equal(word, 0);
    assert_int_equal(decode_version_word(word, kSlot, sample_seed()), offset);
  }
}

void no_flipped_bit_of_a_version_word_goes_unseen(void**) {
  for (const uint64_t offset : sample_offsets()) {
    const uint64_t word = encode_version_word(offset, kSlot, sample_seed());
    for (int bit = 0; bit < 64; ++bit)
      assert_int_equal(decode_version_word(word ^ (uint64_t{1} << bit), kSlot, sample_seed()), 0);
  }
}

// The check is linear over the bits of the offset: what one bit changes in it is the same for every
// array, slot and offset. So 40 columns that differ from zero prove that no single flip is missed,
// and columns that differ from each other that no two are.
void each_offset_bit_changes_the_check_in_a_way_of_its_own(void**) {
  constexpr int kCheckShift = 41;
  std::vector<uint64_t> columns;
  for (int bit = 0; bit < 40; ++bit) {
    const uint64_t offset = (uint64_t{1} << bit) * 64;
    const auto column = [&](uint8_t array, uint64_t slot, uint64_t base) {
      const CheckSeed seed = sample_seed(array);
      return (encode_version_word(base, slot, seed) ^
              encode_version_word(base ^ offset, slot, seed)) >>
             kCheckShift;
    };
    const uint64_t first = column(1, 0, 0);
    assert_int_not_equal(first, 0);
    assert_int_equal(column(9, 77, 0), first);
    assert_int_equal(column(200, uint64_t{1} << 39, 64 * 0x123456789), first);
    for (const uint64_t other : columns) assert_int_not_equal(other, first);
    columns.push_back(first);
  }
}

void a_version_word_is_bound_to_slot_and_array(void**) {
  const uint64_t word = encode_version_word(kBodyStart, kSlot, sample_seed());
  assert_int_equal(decode_version_word(word, kSlot + 1, sample_seed()), 0);
  assert_int_equal(decode_version_word(word, kSlot, sample_seed(2)), 0);
  assert_int_equal(decode_version_word(word, kSlot, sample_seed(1, 2)), 0);
}

void an_empty_word_names_nothing(void**) {
  for (uint64_t slot = 0; slot < 10'000; ++slot)
    assert_int_equal(decode_version_word(0, slot, sample_seed()), 0);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(an_entry_comes_back_as_it_was),
      cmocka_unit_test(its_bytes_are_those_of_the_format),
      cmocka_unit_test(no_flipped_bit_outside_the_version_words_goes_unseen),
      cmocka_unit_test(an_entry_is_nothing_in_another_slot_or_array),
      cmocka_unit_test(a_fresh_entry_has_no_later_versions),
      cmocka_unit_test(entries_lie_side_by_side_behind_the_first_two_pages),
      cmocka_unit_test(a_version_word_comes_back_and_is_never_zero),
      cmocka_unit_test(no_flipped_bit_of_a_version_word_goes_unseen),
      cmocka_unit_test(each_offset_bit_changes_the_check_in_a_way_of_its_own),
      cmocka_unit_test(a_version_word_is_bound_to_slot_and_array),
      cmocka_unit_test(an_empty_word_names_nothing),
  };
  return cmocka_run_group_tests_name("header_entry", tests, nullptr, nullptr);
}
