// header.bin: keys in UTF-32, addresses, and the length of ids that nobody wrote down.
#include "exchange/jina_header.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

void append(std::string& bytes, auto number) {
  char raw[sizeof number];
  store(raw, number);
  bytes.append(raw, sizeof raw);
}

struct Address {
  int64_t page, begin, end;
};

std::string slot_of(const std::u32string& id, uint32_t key_length, const Address& address) {
  std::string bytes;
  for (const char32_t character : id) append(bytes, static_cast<uint32_t>(character));
  bytes.resize(size_t{4} * key_length, '\0');
  append(bytes, address.page);
  append(bytes, address.begin);
  append(bytes, address.end);
  return bytes;
}

// `count` slots with ids "0", "1", ... of documents of 10 bytes.
std::string slots(int64_t count, uint32_t key_length) {
  std::string bytes;
  for (int64_t i = 0; i < count; i++) {
    std::u32string id;
    for (const char digit : std::to_string(i)) id.push_back(static_cast<char32_t>(digit));
    bytes += slot_of(id, key_length, {0, i * 10, i * 10 + 10});
  }
  return bytes;
}

JinaHeader guessed(const std::string& bytes, uint64_t body_size) {
  return JinaHeader(as_bytes(bytes), 0, body_size);
}

void addresses_are_page_plus_rest(void**) {
  const std::string bytes = slot_of(U"p", 36, {8192, 30, 40075});
  const JinaSlot slot = JinaHeader(as_bytes(bytes), 36, 50000).slot(0);
  assert_true(slot.is_sound);
  assert_int_equal(slot.begin, 8222);
  assert_int_equal(slot.end, 48267);
}

void three_times_minus_one_is_a_tombstone(void**) {
  const std::string bytes = slot_of(U"p", 36, {-1, -1, -1}) + slot_of(U"p", 36, {-1, 0, 3});
  const JinaHeader header(as_bytes(bytes), 36, 100);
  assert_true(header.slot(0).is_tombstone);
  assert_false(header.slot(1).is_tombstone);
  assert_false(header.slot(1).is_sound);
}

void addresses_that_cannot_be_are_not_sound(void**) {
  const Address rows[] = {
      {0, 5, 4}, {0, -1, 4}, {-4096, 0, 4}, {INT64_MAX, 1, 2}, {0, 0, INT64_MAX}};
  for (const Address& row : rows) {
    const std::string bytes = slot_of(U"p", 36, row);
    assert_false(JinaHeader(as_bytes(bytes), 36, 100).slot(0).is_sound);
  }
}

void keys_are_text_of_any_planes(void**) {
  const std::string bytes = slot_of(U"aß語😀", 36, {0, 0, 10});
  const std::string_view key = JinaHeader(as_bytes(bytes), 36, 10).slot(0).key;
  assert_string_equal(text_of_key(key).c_str(), "aß語😀");
  assert_true(key_of_text("aß語😀", 36) == key);
  assert_true(key_of_text("aß語😀 and more", 4) == key);
  assert_false(key_of_text("aß語", 36) == key);
}

void zeros_at_the_end_of_a_key_are_padding(void**) {
  const std::string ends = key_of_text(std::string_view("nul\0\0", 5), 36);
  assert_true(ends == key_of_text("nul", 36));
  assert_int_equal(key_of_text(std::string_view("a\0b", 3), 36).size(), 12);
}

void what_is_no_character_shows_as_a_replacement(void**) {
  std::string key;
  for (const uint32_t code : {uint32_t{0xD800}, uint32_t{0x110000}, uint32_t{'a'}})
    append(key, code);
  assert_string_equal(text_of_key(key).c_str(),
                      "\xEF\xBF\xBD\xEF\xBF\xBD"
                      "a");
}

void the_usual_length_is_guessed_first(void**) {
  const std::string bytes = slots(50, 36);
  const JinaHeader header = guessed(bytes, 500);
  assert_int_equal(header.key_length(), 36);
  assert_int_equal(header.count(), 50);
  assert_int_equal(header.unlikely(), 0);
  assert_true(header.is_guessed());
  assert_false(JinaHeader(as_bytes(bytes), 36, 500).is_guessed());
}

void other_lengths_are_guessed_from_size_and_contents(void**) {
  for (const uint32_t length : {1u, 2u, 3u, 10u, 35u, 37u, 64u, 100u, 1000u}) {
    const std::string bytes = slots(length == 1 ? 10 : 42, length);
    const JinaHeader header = guessed(bytes, 420);
    assert_int_equal(header.key_length(), length);
    assert_int_equal(header.unlikely(), 0);
  }
}

void damage_does_not_change_the_guess(void**) {
  const std::string bytes = slots(50, 36);
  const JinaHeader short_body = guessed(bytes, 300);
  assert_int_equal(short_body.key_length(), 36);
  assert_int_equal(short_body.unlikely(), 20);
  const std::string cut = bytes.substr(0, bytes.size() - 7);
  const JinaHeader torn = guessed(cut, 500);
  assert_int_equal(torn.key_length(), 36);
  assert_int_equal(torn.count(), 49);
  assert_int_equal(torn.torn_bytes(), 161);
}

void an_empty_header_has_no_slots(void**) {
  assert_int_equal(guessed("", 0).count(), 0);
  assert_int_equal(guessed("x", 0).count(), 0);
  assert_int_equal(guessed("x", 0).torn_bytes(), 1);
}

void noise_of_any_size_is_looked_at_without_harm(void**) {
  uint32_t noise = 1;
  for (size_t size = 0; size < 3000; size += 37) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
    const JinaHeader header = guessed(bytes, 1000);
    for (uint64_t i = 0; i < header.count(); i++) (void)text_of_key(header.slot(i).key);
    assert_true(header.count() * (24 + 4 * header.key_length()) + header.torn_bytes() == size);
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(addresses_are_page_plus_rest),
      cmocka_unit_test(three_times_minus_one_is_a_tombstone),
      cmocka_unit_test(addresses_that_cannot_be_are_not_sound),
      cmocka_unit_test(keys_are_text_of_any_planes),
      cmocka_unit_test(zeros_at_the_end_of_a_key_are_padding),
      cmocka_unit_test(what_is_no_character_shows_as_a_replacement),
      cmocka_unit_test(the_usual_length_is_guessed_first),
      cmocka_unit_test(other_lengths_are_guessed_from_size_and_contents),
      cmocka_unit_test(damage_does_not_change_the_guess),
      cmocka_unit_test(an_empty_header_has_no_slots),
      cmocka_unit_test(noise_of_any_size_is_looked_at_without_harm),
  };
  return cmocka_run_group_tests_name("jina_header", tests, nullptr, nullptr);
}
