// CRC-32C against published vectors, and its fast form against the table form.
//
// The vectors are those of RFC 3720, appendix B.4, and the check value of the polynomial.
#include "base/crc32c.h"

#include <array>
#include <cstring>
#include <vector>

#include "unit/cmocka_cpp.h"

namespace {

using dam::crc32c;
using dam::crc32c_by_table;

// Bytes without a pattern that a checksum could hide in; the same in every run.
std::vector<uint8_t> scrambled(size_t size) {
  std::vector<uint8_t> bytes(size);
  uint64_t state = 0x9E3779B97F4A7C15;
  for (uint8_t& byte : bytes) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    byte = static_cast<uint8_t>(state >> 56);
  }
  return bytes;
}

void expect_both_forms(const void* data, size_t size, uint32_t expected) {
  assert_int_equal(crc32c(0, data, size), expected);
  assert_int_equal(crc32c_by_table(0, data, size), expected);
}

void nothing_has_the_checksum_zero(void**) { expect_both_forms("", 0, 0); }

void the_digits_have_the_check_value_of_the_polynomial(void**) {
  expect_both_forms("123456789", 9, 0xE3069283);
}

void the_vectors_of_rfc_3720_hold(void**) {
  std::array<uint8_t, 32> bytes{};
  expect_both_forms(bytes.data(), bytes.size(), 0x8A9136AA);
  bytes.fill(0xFF);
  expect_both_forms(bytes.data(), bytes.size(), 0x62A8AB43);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i);
  expect_both_forms(bytes.data(), bytes.size(), 0x46DD794E);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(31 - i);
  expect_both_forms(bytes.data(), bytes.size(), 0x113FDB5C);
}

void both_forms_agree_at_every_length(void**) {
  // Past two rounds of the three interleaved streams, the longest of 1,024 bytes, so that each
  // length of a stream and each remainder occurs.
  const std::vector<uint8_t> bytes = scrambled(6500);
  for (size_t size = 0; size <= bytes.size(); ++size)
    assert_int_equal(crc32c(7, bytes.data(), size), crc32c_by_table(7, bytes.data(), size));
}

void both_forms_agree_at_every_alignment(void**) {
  const std::vector<uint8_t> bytes = scrambled(2000);
  for (size_t start = 0; start < 64; ++start)
    assert_int_equal(crc32c(0, bytes.data() + start, 1900),
                     crc32c_by_table(0, bytes.data() + start, 1900));
}

void words_have_the_checksum_of_their_bytes(void**) {
  const std::vector<uint8_t> bytes = scrambled(44 * 50);
  for (size_t at = 0; at < bytes.size(); at += 44) {
    dam::CrcWords words{};
    std::memcpy(&words, bytes.data() + at, 44);
    for (const uint32_t seed : {uint32_t{0}, uint32_t{0xDEADBEEF}})
      assert_int_equal(crc32c(seed, words), crc32c_by_table(seed, bytes.data() + at, 44));
  }
}

void a_seed_continues_the_checksum_of_what_comes_before(void**) {
  const std::vector<uint8_t> bytes = scrambled(1600);
  const uint32_t whole = crc32c(0, bytes.data(), bytes.size());
  for (size_t cut = 0; cut <= bytes.size(); cut += 13) {
    const uint32_t head = crc32c(0, bytes.data(), cut);
    assert_int_equal(crc32c(head, bytes.data() + cut, bytes.size() - cut), whole);
    assert_int_equal(crc32c_by_table(head, bytes.data() + cut, bytes.size() - cut), whole);
  }
}

void every_single_flipped_bit_changes_the_checksum(void**) {
  std::vector<uint8_t> bytes = scrambled(900);
  const uint32_t intact = crc32c(0, bytes.data(), bytes.size());
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const uint8_t mask = static_cast<uint8_t>(1u << (bit % 8));
    bytes[bit / 8] ^= mask;
    assert_int_not_equal(crc32c(0, bytes.data(), bytes.size()), intact);
    bytes[bit / 8] ^= mask;
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(nothing_has_the_checksum_zero),
      cmocka_unit_test(the_digits_have_the_check_value_of_the_polynomial),
      cmocka_unit_test(the_vectors_of_rfc_3720_hold),
      cmocka_unit_test(both_forms_agree_at_every_length),
      cmocka_unit_test(both_forms_agree_at_every_alignment),
      cmocka_unit_test(words_have_the_checksum_of_their_bytes),
      cmocka_unit_test(a_seed_continues_the_checksum_of_what_comes_before),
      cmocka_unit_test(every_single_flipped_bit_changes_the_checksum),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
