// Ids as keys: which form an id takes, and that exact forms are equal only for equal ids.
#include "format/id_key.h"

#include <set>

#include "unit/format/format_samples.h"

namespace dam::test {
namespace {

using namespace std::string_literals;

const HashKey kKey = sample_superblock().hash_key;

IdKey key_of(const std::string& id) { return make_id_key(id, kKey); }

std::string text_of(const IdKey& key) {
  char text[36];
  return {text, write_id(key, text)};
}

struct FormRow {
  std::string id;
  IdForm form;
};

const std::vector<FormRow>& rows() {
  static const std::vector<FormRow> all = {
      {"a", IdForm::kInline},
      {"\0"s, IdForm::kInline},
      {"a\0"s, IdForm::kInline},
      {"a\0\0"s, IdForm::kInline},
      {"\0a"s, IdForm::kInline},
      {std::string(15, 'x'), IdForm::kInline},
      {std::string(16, 'x'), IdForm::kInline},
      {std::string(16, '\0'), IdForm::kInline},
      {"\xC3\xA9t\xC3\xA9", IdForm::kInline},
      {std::string(17, 'x'), IdForm::kLong},
      {std::string(16, 'x') + "\0"s, IdForm::kLong},
      {std::string(35, '0'), IdForm::kLong},
      {std::string(36, '0'), IdForm::kLong},
      {std::string(65'535, 'z'), IdForm::kLong},
      {"0189d1f2-7e0a-7b3c-8d4e-5f6071829304", IdForm::kUuid},
      {"00000000-0000-0000-0000-000000000000", IdForm::kUuid},
      {"ffffffff-ffff-ffff-ffff-ffffffffffff", IdForm::kUuid},
      {"0189D1F2-7e0a-7b3c-8d4e-5f6071829304", IdForm::kLong},   // upper case
      {"0189d1f2_7e0a-7b3c-8d4e-5f6071829304", IdForm::kLong},   // no dash
      {"0189d1f27-e0a-7b3c-8d4e-5f6071829304", IdForm::kLong},   // a dash elsewhere
      {"0189d1f2-7e0a-7b3c-8d4e-5f607182930g", IdForm::kLong},   // no digit
      {"0189d1f2-7e0a-7b3c-8d4e-5f60718293045", IdForm::kLong},  // 37 bytes
      {"0189d1f27e0a7b3c8d4e5f6071829304", IdForm::kLong},       // 32 digits
      {"{189d1f2-7e0a-7b3c-8d4e-5f607182930}", IdForm::kLong},
  };
  return all;
}

void each_id_takes_the_form_that_holds_it(void**) {
  for (const FormRow& row : rows()) {
    const IdKey key = key_of(row.id);
    assert_int_equal(key.form, row.form);
    assert_int_equal(key.length, row.form == IdForm::kInline ? row.id.size() : 0);
    assert_int_equal(is_exact(key), row.form != IdForm::kLong);
  }
}

void exact_keys_give_back_their_ids(void**) {
  for (const FormRow& row : rows()) {
    const std::string text = text_of(key_of(row.id));
    if (row.form == IdForm::kLong)
      assert_true(text.empty());
    else
      assert_true(text == row.id);
  }
}

void keys_are_equal_exactly_when_ids_are(void**) {
  for (const FormRow& a : rows())
    for (const FormRow& b : rows()) assert_int_equal(key_of(a.id) == key_of(b.id), a.id == b.id);
}

// All ids of up to two bytes out of a few, NUL among them.
void short_ids_never_share_a_key(void**) {
  const std::string letters = "\0\1a\xFF"s;
  std::set<std::pair<uint64_t, uint8_t>> keys;
  size_t ids = 0;
  for (const char first : letters) {
    keys.insert({key_of({first}).lo, key_of({first}).length});
    ++ids;
    for (const char second : letters) {
      const IdKey key = key_of({first, second});
      keys.insert({key.lo, key.length});
      ++ids;
    }
  }
  assert_int_equal(keys.size(), ids);
}

void each_digit_of_a_uuid_counts(void**) {
  const std::string uuid = "0189d1f2-7e0a-7b3c-8d4e-5f6071829304";
  for (size_t i = 0; i < uuid.size(); ++i) {
    if (uuid[i] == '-') continue;
    std::string other = uuid;
    other[i] = other[i] == '7' ? '8' : '7';
    assert_false(key_of(other) == key_of(uuid));
    assert_true(text_of(key_of(other)) == other);
  }
}

void a_uuid_has_lower_case_hexadecimal_digits_and_nothing_else(void**) {
  const std::string uuid = "0189d1f2-7e0a-7b3c-8d4e-5f6071829304";
  for (size_t i = 0; i < uuid.size(); ++i) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string other = uuid;
      other[i] = static_cast<char>(byte);
      const bool is_digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
      const bool is_uuid = uuid[i] == '-' ? byte == '-' : is_digit;
      const IdKey key = key_of(other);
      assert_true(key.form == (is_uuid ? IdForm::kUuid : IdForm::kLong));
      if (is_uuid) assert_true(text_of(key) == other);
    }
  }
}

void form_and_length_survive_packing_into_six_bits(void**) {
  for (const FormRow& row : rows()) {
    const IdKey key = key_of(row.id);
    const uint32_t bits = pack_id_form(key);
    assert_int_equal(bits & ~kIdFormMask, 0);
    IdKey unpacked;
    unpack_id_form(bits | 0xC0, unpacked);  // bits of others do not matter
    assert_int_equal(unpacked.form, key.form);
    assert_int_equal(unpacked.length, key.length);
  }
}

void hashes_depend_on_the_secret_and_spread(void**) {
  const HashKey other = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  std::set<uint64_t> fingerprints;
  for (const FormRow& row : rows()) {
    const IdKey key = key_of(row.id);
    assert_true(hash_of(key, kKey) == hash_of(key, kKey));
    assert_true(hash_of(key, kKey) != hash_of(make_id_key(row.id, other), other));
    fingerprints.insert(hash_of(key, kKey));
  }
  assert_int_equal(fingerprints.size(), rows().size());
}

void a_long_id_is_hashed_with_the_secret(void**) {
  const std::string id(100, 'q');
  HashKey other = kKey;
  other[0] ^= 1;
  assert_false(make_id_key(id, kKey) == make_id_key(id, other));
}

void the_empty_id_equals_no_id(void**) {
  const IdKey empty = key_of("");
  for (const FormRow& row : rows()) assert_false(empty == key_of(row.id));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(each_id_takes_the_form_that_holds_it),
      cmocka_unit_test(exact_keys_give_back_their_ids),
      cmocka_unit_test(keys_are_equal_exactly_when_ids_are),
      cmocka_unit_test(short_ids_never_share_a_key),
      cmocka_unit_test(each_digit_of_a_uuid_counts),
      cmocka_unit_test(a_uuid_has_lower_case_hexadecimal_digits_and_nothing_else),
      cmocka_unit_test(form_and_length_survive_packing_into_six_bits),
      cmocka_unit_test(hashes_depend_on_the_secret_and_spread),
      cmocka_unit_test(a_long_id_is_hashed_with_the_secret),
      cmocka_unit_test(the_empty_id_equals_no_id),
  };
  return cmocka_run_group_tests_name("id_key", tests, nullptr, nullptr);
}
