// Frame heads: each kind there and back, no flipped bit unseen, what a head may not say.
#include "format/frame.h"

#include "unit/format/format_samples.h"

namespace dam::test {
namespace {

constexpr uint64_t kAt = 4096 + 64 * 100;

using HeadBytes = std::array<uint8_t, kFrameHeadSize>;

HeadBytes encoded(const FrameHead& head, uint64_t offset = kAt) {
  HeadBytes bytes{};
  encode_frame_head(head, offset, sample_seed(), bytes.data());
  return bytes;
}

bool decodes(const HeadBytes& bytes, FrameHead& out, uint64_t offset = kAt) {
  return decode_frame_head(bytes.data(), offset, sample_seed(), out);
}

FrameHead common_head(FrameKind kind) {
  FrameHead head;
  head.kind = kind;
  head.commit = true;
  head.payload_size = 100;
  head.payload_crc = 0xDEADBEEF;
  head.slot = 0x1122334455;
  head.commit_seq = 77;
  head.prev = 4096;
  head.salt = 0x5A175A17;
  head.durable = 4096 + 64;
  return head;
}

// One head of each kind, with what only that kind carries.
std::vector<FrameHead> samples() {
  std::vector<FrameHead> heads;
  const HashKey key = sample_superblock().hash_key;
  for (const FrameKind kind : {FrameKind::kPut, FrameKind::kReplace}) {
    for (const char* id : {"a", "sixteen bytes id", "0189d1f2-7e0a-7b3c-8d4e-5f6071829304",
                           "a long identifier of no special form"}) {
      heads.push_back(common_head(kind));
      heads.back().id = make_id_key(id, key);
    }
  }
  heads.push_back(common_head(FrameKind::kDelete));
  heads.back().former_delete = 4096 + 64 * 9;
  heads.push_back(common_head(FrameKind::kSession));
  heads.back().former_salt = 0x01020304;
  heads.push_back(common_head(FrameKind::kMeta));
  heads.back().facts = {768, 2, 36};
  return heads;
}

void assert_same(const FrameHead& a, const FrameHead& b) {
  assert_true(a.kind == b.kind && a.commit == b.commit && a.id == b.id);
  assert_true(a.payload_size == b.payload_size && a.payload_crc == b.payload_crc);
  assert_true(a.slot == b.slot && a.commit_seq == b.commit_seq && a.prev == b.prev);
  assert_true(a.salt == b.salt && a.durable == b.durable);
  assert_true(a.former_delete == b.former_delete && a.former_salt == b.former_salt);
  assert_true(a.facts == b.facts);
}

void a_head_of_each_kind_comes_back_as_it_was(void**) {
  for (FrameHead before : samples()) {
    for (const bool commit : {false, true}) {
      before.commit = commit;
      FrameHead after;
      assert_true(decodes(encoded(before), after));
      assert_same(before, after);
    }
  }
}

void its_bytes_are_those_of_the_format(void**) {
  FrameHead head = common_head(FrameKind::kPut);
  head.id = make_id_key("ab", sample_superblock().hash_key);
  const HeadBytes bytes = encoded(head);
  assert_string_equal(hex_of(bytes.data() + 4, 60).c_str(),
                      "01000b0064000000 efbeadde55443322 110000004d000000 0000000000100000 "
                      "0000000061620000 0000000000000000 00000000175a175a 63");
  const uint32_t seed = sample_seed().at(kAt);
  assert_int_equal(load<uint32_t>(bytes.data()), crc32c_by_table(seed, bytes.data() + 4, 60));
}

void no_flipped_bit_of_a_head_goes_unseen(void**) {
  for (const FrameHead& head : samples()) {
    const HeadBytes bytes = encoded(head);
    for_each_flip({bytes.begin(), bytes.end()}, [](const std::vector<uint8_t>& flipped, size_t) {
      FrameHead unread;
      assert_false(decode_frame_head(flipped.data(), kAt, sample_seed(), unread));
    });
  }
}

void a_head_is_nothing_at_another_offset_or_in_another_array(void**) {
  const HeadBytes bytes = encoded(samples().front());
  FrameHead head;
  assert_false(decodes(bytes, head, kAt + 64));
  assert_false(decodes(bytes, head, kAt - 64));
  assert_false(decode_frame_head(bytes.data(), kAt, sample_seed(9), head));
  assert_false(decode_frame_head(bytes.data(), kAt, sample_seed(1, 2), head));
}

void zeros_are_no_frame(void**) {
  const HeadBytes zeros{};
  FrameHead head;
  for (uint64_t offset = kBodyStart; offset < kBodyStart + 64 * 1000; offset += 64)
    assert_false(decodes(zeros, head, offset));
}

void a_whole_head_that_makes_no_sense_is_refused(void**) {
  FrameHead head = common_head(FrameKind::kReplace);
  FrameHead unread;
  head.prev = kAt;
  assert_false(decodes(encoded(head), unread));
  head.prev = kAt + 64;
  assert_false(decodes(encoded(head), unread));
  head.prev = kAt - 64;
  assert_true(decodes(encoded(head), unread));
  head.payload_size = 0x80000000;
  assert_false(decodes(encoded(head), unread));
  head.payload_size = kMaxPayloadSize;
  assert_true(decodes(encoded(head), unread));
  for (const int kind : {0, 6, 255}) {
    head.kind = static_cast<FrameKind>(kind);
    assert_false(decodes(encoded(head), unread));
  }
}

void a_frame_is_its_head_and_payload_in_units_of_64(void**) {
  const struct {
    uint64_t payload;
    uint64_t size;
  } rows[] = {{0, 64},
              {1, 128},
              {63, 128},
              {64, 128},
              {65, 192},
              {1000, 1088},
              {kMaxPayloadSize, uint64_t{0x80000000} + 64}};
  for (const auto& row : rows) assert_int_equal(FrameHead::frame_size(row.payload), row.size);
}

void the_durable_length_rounds_down_and_never_promises_more(void**) {
  FrameHead head = common_head(FrameKind::kSession);
  const struct {
    uint64_t durable;
    uint64_t told;
  } rows[] = {{0, 0}, {kAt, kAt}, {kAt + 640, kAt}, {4096, 4096}, {kAt - 64, kAt - 64}};
  for (const auto& row : rows) {
    head.durable = row.durable;
    FrameHead after;
    assert_true(decodes(encoded(head), after));
    assert_int_equal(after.durable, row.told);
  }
}

// 2^32 - 1 units of 64 bytes are as far back as the field reaches.
void a_durable_length_too_far_back_counts_as_unknown(void**) {
  constexpr uint64_t kFar = (uint64_t{1} << 32) * 64;
  FrameHead head = common_head(FrameKind::kSession);
  head.prev = 0;
  FrameHead after;
  for (const uint64_t back : {kFar, kFar - 64, kFar + 4096}) {
    head.durable = 64;
    assert_true(decodes(encoded(head, back + 64), after, back + 64));
    assert_int_equal(after.durable, 0);
  }
  head.durable = 128;
  assert_true(decodes(encoded(head, kFar), after, kFar));
  assert_int_equal(after.durable, 128);
}

void a_payload_checksum_is_bound_to_its_place(void**) {
  const std::vector<uint8_t> payload(100, 7);
  const uint32_t here = payload_checksum(payload, kAt, sample_seed());
  assert_int_equal(payload_checksum(payload, kAt, sample_seed()), here);
  assert_int_not_equal(payload_checksum(payload, kAt + 64, sample_seed()), here);
  assert_int_not_equal(payload_checksum(payload, kAt, sample_seed(2)), here);
  for_each_flip(payload, [&](const std::vector<uint8_t>& flipped, size_t) {
    assert_int_not_equal(payload_checksum(flipped, kAt, sample_seed()), here);
  });
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_head_of_each_kind_comes_back_as_it_was),
      cmocka_unit_test(its_bytes_are_those_of_the_format),
      cmocka_unit_test(no_flipped_bit_of_a_head_goes_unseen),
      cmocka_unit_test(a_head_is_nothing_at_another_offset_or_in_another_array),
      cmocka_unit_test(zeros_are_no_frame),
      cmocka_unit_test(a_whole_head_that_makes_no_sense_is_refused),
      cmocka_unit_test(a_frame_is_its_head_and_payload_in_units_of_64),
      cmocka_unit_test(the_durable_length_rounds_down_and_never_promises_more),
      cmocka_unit_test(a_durable_length_too_far_back_counts_as_unknown),
      cmocka_unit_test(a_payload_checksum_is_bound_to_its_place),
  };
  return cmocka_run_group_tests_name("frame", tests, nullptr, nullptr);
}
