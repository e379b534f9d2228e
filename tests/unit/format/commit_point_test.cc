// Commit points: bytes and back, and no bit or place of them mistaken.
#include "format/commit_point.h"

#include "unit/format/format_samples.h"

namespace dam::test {
namespace {

CommitPoint sample_point() {
  CommitPoint point;
  point.seq = 0x0102030405060708;
  point.slots = 12;
  point.live = 9;
  point.body_length = 4096 + 64 * 40;
  point.newest_delete = 4096 + 64 * 30;
  point.newest_meta = 4096 + 64;
  point.dead_bytes = 640;
  point.generation = 3;
  point.suspect = 4096 + 64 * 20;
  point.salt = 0xA1B2C3D4;
  return point;
}

constexpr std::array<uint64_t, 4> kPlaces = {kCheckpointAt[0], kCheckpointAt[1], kPublicationAt[0],
                                             kPublicationAt[1]};

void a_commit_point_comes_back_from_each_place(void**) {
  for (const uint64_t place : kPlaces) {
    for (const CommitPoint& before : {sample_point(), CommitPoint{}}) {
      CommitPoint after;
      const CommitPointBytes bytes = encode_commit_point(before, place, sample_seed());
      assert_true(decode_commit_point(bytes.data(), place, sample_seed(), after));
      assert_true(after == before);
    }
  }
}

void its_bytes_are_those_of_the_format(void**) {
  const CommitPointBytes bytes = encode_commit_point(sample_point(), 1024, sample_seed());
  assert_string_equal(hex_of(bytes.data(), 120).c_str(),
                      "0807060504030201 0c00000000000000 0900000000000000 001a000000000000 "
                      "8017000000000000 4010000000000000 8002000000000000 0300000000000000 "
                      "0015000000000000 d4c3b2a1");
  const uint32_t seed = sample_seed().at(1024);
  assert_int_equal(load<uint32_t>(&bytes[124]), crc32c_by_table(seed, bytes.data(), 124));
}

void no_flipped_bit_of_a_commit_point_goes_unseen(void**) {
  const CommitPointBytes bytes = encode_commit_point(sample_point(), 4096, sample_seed());
  for_each_flip({bytes.begin(), bytes.end()}, [](const std::vector<uint8_t>& flipped, size_t) {
    CommitPoint unread;
    assert_false(decode_commit_point(flipped.data(), 4096, sample_seed(), unread));
    assert_true(unread == CommitPoint{});
  });
}

void bytes_of_one_place_are_nothing_in_another(void**) {
  for (const uint64_t written : kPlaces) {
    const CommitPointBytes bytes = encode_commit_point(sample_point(), written, sample_seed());
    for (const uint64_t read : kPlaces) {
      CommitPoint point;
      assert_int_equal(decode_commit_point(bytes.data(), read, sample_seed(), point),
                       read == written);
    }
  }
}

void bytes_of_another_array_or_generation_are_nothing(void**) {
  const CommitPointBytes bytes = encode_commit_point(sample_point(), 1024, sample_seed());
  CommitPoint point;
  assert_false(decode_commit_point(bytes.data(), 1024, sample_seed(2), point));
  assert_false(decode_commit_point(bytes.data(), 1024, sample_seed(1, 2), point));
}

void an_unwritten_place_holds_no_commit_point(void**) {
  const CommitPointBytes zeros{};
  for (const uint64_t place : kPlaces) {
    CommitPoint point;
    assert_false(decode_commit_point(zeros.data(), place, sample_seed(), point));
  }
}

void no_two_places_share_a_sector_or_meet_an_entry(void**) {
  constexpr uint64_t kSector = 512;
  for (size_t i = 0; i < kPlaces.size(); ++i) {
    assert_int_equal(kPlaces[i] % kSector, 0);
    assert_true(kPlaces[i] >= kSuperblockSize);
    for (size_t j = 0; j < i; ++j) assert_true(kPlaces[i] / kSector != kPlaces[j] / kSector);
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_commit_point_comes_back_from_each_place),
      cmocka_unit_test(its_bytes_are_those_of_the_format),
      cmocka_unit_test(no_flipped_bit_of_a_commit_point_goes_unseen),
      cmocka_unit_test(bytes_of_one_place_are_nothing_in_another),
      cmocka_unit_test(bytes_of_another_array_or_generation_are_nothing),
      cmocka_unit_test(an_unwritten_place_holds_no_commit_point),
      cmocka_unit_test(no_two_places_share_a_sector_or_meet_an_entry),
  };
  return cmocka_run_group_tests_name("commit_point", tests, nullptr, nullptr);
}
