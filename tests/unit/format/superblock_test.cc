// The superblock: bytes and back, and each way in which a file is not the one that was meant.
#include "format/superblock.h"

#include "unit/format/format_samples.h"

namespace dam::test {
namespace {

constexpr size_t kCrcAt = 508;

Code code_of_reading(Bytes bytes, FileKind kind) {
  return decode_superblock(bytes, kind, "some.bin").status().code();
}

// Bytes with one 32-bit field changed and the checksum made right again.
SuperblockBytes with_field(size_t at, uint32_t value) {
  SuperblockBytes bytes = encode_superblock(sample_superblock(), FileKind::kBody);
  store(&bytes[at], value);
  store(&bytes[kCrcAt], crc32c(0, bytes.data(), kCrcAt));
  return bytes;
}

void a_superblock_comes_back_as_it_was(void**) {
  for (const FileKind kind : {FileKind::kHeader, FileKind::kBody}) {
    for (const uint64_t generation : {uint64_t{0}, uint64_t{1}, UINT64_MAX}) {
      const Superblock before = sample_superblock(7, generation);
      const auto after = decode_superblock(encode_superblock(before, kind), kind, "some.bin");
      assert_true(after.ok());
      assert_true(after.value() == before);
    }
  }
}

void its_bytes_are_those_of_the_format(void**) {
  const SuperblockBytes bytes = encode_superblock(sample_superblock(), FileKind::kHeader);
  assert_string_equal(hex_of(bytes.data(), 128).c_str(),
                      "8944414d0d0a1a0a 0100000004030201 0100000000000000 0000000000000000 "
                      "0102030405060708 090a0b0c0d0e0f10 0100000000000000 f0f1f2f3f4f5f6f7 "
                      "f8f9fafbfcfdfeff ");
  for (size_t i = 128; i < kCrcAt; ++i) assert_int_equal(bytes[i], 0);
  assert_int_equal(load<uint32_t>(&bytes[kCrcAt]), crc32c_by_table(0, bytes.data(), kCrcAt));
}

void no_flipped_bit_of_a_superblock_goes_unseen(void**) {
  const SuperblockBytes bytes = encode_superblock(sample_superblock(), FileKind::kBody);
  for_each_flip({bytes.begin(), bytes.end()}, [](const std::vector<uint8_t>& flipped, size_t) {
    assert_int_equal(code_of_reading(flipped, FileKind::kBody), Code::kCorrupt);
  });
}

void a_short_file_is_corrupt(void**) {
  const SuperblockBytes bytes = encode_superblock(sample_superblock(), FileKind::kBody);
  for (const size_t size : {0U, 1U, 8U, 511U})
    assert_int_equal(code_of_reading(Bytes(bytes).first(size), FileKind::kBody), Code::kCorrupt);
}

void the_other_file_of_an_array_is_told_apart(void**) {
  const SuperblockBytes body = encode_superblock(sample_superblock(), FileKind::kBody);
  const auto read = decode_superblock(body, FileKind::kHeader, "some.bin");
  assert_int_equal(read.status().code(), Code::kCorrupt);
  assert_non_null(strstr(read.status().message(), "other file"));
}

struct Foreign {
  size_t at;
  uint32_t value;
  Code code;
};

// An incompatible feature forbids reading; hints and what only forbids writing do not.
void features_and_byte_order_decide_who_may_read(void**) {
  const Foreign rows[] = {
      {12, 0x04030201, Code::kUnsupported},
      {16, 0x3, Code::kUnsupported},
      {16, 0x80000001, Code::kUnsupported},
      {24, 0xFFFFFFFF, Code::kOk},
      {8, 3, Code::kCorrupt},
  };
  for (const Foreign& row : rows)
    assert_int_equal(code_of_reading(with_field(row.at, row.value), FileKind::kBody), row.code);
}

void messages_name_the_file(void**) {
  const SuperblockBytes newer = with_field(16, 0x11);
  const auto read = decode_superblock(newer, FileKind::kBody, "dir/body.bin");
  assert_non_null(strstr(read.status().message(), "dir/body.bin"));
  assert_non_null(strstr(read.status().message(), "0x10"));
}

void seeds_differ_by_array_generation_and_place(void**) {
  const uint32_t base = sample_seed().at(4096);
  assert_int_equal(sample_seed().at(4096), base);
  assert_int_not_equal(sample_seed(2).at(4096), base);
  assert_int_not_equal(sample_seed(1, 2).at(4096), base);
  assert_int_not_equal(sample_seed().at(4160), base);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_superblock_comes_back_as_it_was),
      cmocka_unit_test(its_bytes_are_those_of_the_format),
      cmocka_unit_test(no_flipped_bit_of_a_superblock_goes_unseen),
      cmocka_unit_test(a_short_file_is_corrupt),
      cmocka_unit_test(the_other_file_of_an_array_is_told_apart),
      cmocka_unit_test(features_and_byte_order_decide_who_may_read),
      cmocka_unit_test(messages_name_the_file),
      cmocka_unit_test(seeds_differ_by_array_generation_and_place),
  };
  return cmocka_run_group_tests_name("superblock", tests, nullptr, nullptr);
}
