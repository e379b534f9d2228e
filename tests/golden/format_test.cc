// docs/format.md against the code: its tables, and the array it shows in hex.
//
// The page's array must be what libdam writes, what libdam reads, and what each encoder makes
// again. After an intended change of the format, `golden_format_test --print` prints the hex to
// paste.
#include <fcntl.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>

#include "format/commit_point.h"
#include "format/frame.h"
#include "format/header_entry.h"
#include "format/superblock.h"
#include "golden/format_page.h"
#include "golden/golden_array.h"
#include "index/id_table.h"
#include "index/position_base.h"
#include "store/store.h"
#include "store/verify_array.h"
#include "unit/cmocka_cpp.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Bytes;
using golden::FormatPage;

constexpr uint64_t kHeaderBytes = dam::kEntriesStart + 2 * dam::kEntrySize;
constexpr uint64_t kBodyBytes = 4736;

FormatPage page() { return FormatPage::read(FORMAT_PAGE); }

golden::ArrayBytes array_of_page() {
  const FormatPage text = page();
  return {text.file("header.bin", kHeaderBytes), text.file("body.bin", kBodyBytes)};
}

dam::Superblock superblock_of(const golden::ArrayBytes& bytes) {
  const auto decoded = dam::decode_superblock(bytes.body, dam::FileKind::kBody, "body.bin");
  assert_true(decoded.ok());
  return decoded.value();
}

void assert_equal_bytes(Bytes actual, Bytes expected) {
  assert_int_equal(actual.size(), expected.size());
  assert_memory_equal(actual.data(), expected.data(), actual.size());
}

void the_array_of_the_page_is_what_libdam_writes(void** state) {
  const auto written = golden::write_golden_array(temporary_directory::at(state, "array"));
  assert_string_equal(written.status().message(), "");
  const golden::ArrayBytes shown = array_of_page();
  assert_equal_bytes(written.value().header, shown.header);
  assert_equal_bytes(written.value().body, shown.body);
}

void the_array_of_the_page_reads_as_the_page_tells(void** state) {
  const std::string directory = temporary_directory::at(state, "array");
  assert_true(golden::write_files(directory, array_of_page()).ok());
  std::string report;
  assert_true(dam::verify_array(directory, {}, report).ok());
  assert_string_equal(report.c_str(), "");
  dam::StoreOptions options;
  options.read_only = true;
  const auto store = dam::Store::open(directory, options);
  assert_true(store.ok());
  const std::shared_ptr<const dam::View> view = store.value()->view();
  assert_int_equal(view->count(), 1);
  uint64_t slot = dam::View::kNoSlot;
  assert_true(view->find("a", slot).ok());
  assert_int_equal(slot, 0);
  assert_true(view->find("00112233-4455-6677-8899-aabbccddeeff", slot).code() ==
              dam::Code::kNotFound);
  assert_int_equal(store.value()->stat(dam::Stat::kEmbeddingDim).value(), 2);
}

void superblocks_of_the_page_encode_to_the_same_bytes(void**) {
  const golden::ArrayBytes bytes = array_of_page();
  const dam::Superblock superblock = superblock_of(bytes);
  assert_equal_bytes(dam::encode_superblock(superblock, dam::FileKind::kHeader),
                     Bytes(bytes.header).first(dam::kSuperblockSize));
  assert_equal_bytes(dam::encode_superblock(superblock, dam::FileKind::kBody),
                     Bytes(bytes.body).first(dam::kSuperblockSize));
}

void commit_points_of_the_page_encode_to_the_same_bytes(void**) {
  const golden::ArrayBytes bytes = array_of_page();
  const dam::CheckSeed seed(superblock_of(bytes));
  for (const uint64_t place : {dam::kCheckpointAt[0], dam::kCheckpointAt[1], dam::kPublicationAt[0],
                               dam::kPublicationAt[1]}) {
    const Bytes shown = Bytes(bytes.header).subspan(place, dam::kCommitPointSize);
    dam::CommitPoint point;
    assert_true(dam::decode_commit_point(shown.data(), place, seed, point));
    assert_equal_bytes(dam::encode_commit_point(point, place, seed), shown);
  }
}

void entries_and_words_of_the_page_encode_to_the_same_bytes(void**) {
  const golden::ArrayBytes bytes = array_of_page();
  const dam::CheckSeed seed(superblock_of(bytes));
  for (uint64_t slot = 0; slot < 2; ++slot) {
    const uint8_t* shown = bytes.header.data() + dam::entry_offset(slot);
    dam::HeaderEntry entry;
    assert_true(dam::decode_header_entry(shown, slot, seed, entry));
    uint8_t encoded[dam::kEntrySize];
    dam::encode_header_entry(entry, slot, seed, encoded);
    const auto word = dam::load<uint64_t>(shown + dam::kVersionWordsAt);
    const uint64_t offset = dam::decode_version_word(word, slot, seed);
    assert_true(offset != 0);
    dam::store(encoded + dam::kVersionWordsAt, dam::encode_version_word(offset, slot, seed));
    assert_memory_equal(encoded, shown, sizeof encoded);
  }
}

void frames_of_the_page_encode_to_the_same_bytes(void**) {
  const golden::ArrayBytes bytes = array_of_page();
  const dam::CheckSeed seed(superblock_of(bytes));
  std::string kinds;
  dam::FrameHead head;
  for (uint64_t offset = dam::kBodyStart; offset < bytes.body.size(); offset += head.size()) {
    const uint8_t* shown = bytes.body.data() + offset;
    assert_true(dam::decode_frame_head(shown, offset, seed, head));
    uint8_t encoded[dam::kFrameHeadSize];
    dam::encode_frame_head(head, offset, seed, encoded);
    assert_memory_equal(encoded, shown, sizeof encoded);
    const Bytes payload(shown + dam::kFrameHeadSize, head.payload_size);
    if (!payload.empty())
      assert_int_equal(dam::payload_checksum(payload, offset, seed), head.payload_crc);
    kinds += static_cast<char>('0' + static_cast<int>(head.kind));
  }
  assert_string_equal(kinds.c_str(), "451123");
}

void the_tables_have_the_sizes_of_the_code(void**) {
  const FormatPage text = page();
  assert_int_equal(text.total("Superblock"), dam::kSuperblockSize);
  assert_int_equal(text.total("Frame"), dam::kFrameHeadSize);
  assert_int_equal(text.total("Flags of a frame"), 16);
  assert_int_equal(text.total("header.bin"), dam::kEntriesStart);
  assert_int_equal(text.field("header.bin", "C0").offset, dam::kCheckpointAt[0]);
  assert_int_equal(text.field("header.bin", "C1").offset, dam::kCheckpointAt[1]);
  assert_int_equal(text.field("header.bin", "V0").offset, dam::kPublicationAt[0]);
  assert_int_equal(text.field("header.bin", "V1").offset, dam::kPublicationAt[1]);
  assert_int_equal(text.field("header.bin", "open commit").offset, dam::kOpenCommitAt);
  assert_int_equal(text.total("Commit point"), dam::kCommitPointSize);
  assert_int_equal(text.total("Header entry"), dam::kEntrySize);
  assert_int_equal(text.field("Header entry", "version word 0").offset, dam::kVersionWordsAt);
  assert_int_equal(text.total("Id table"), dam::IdTable::kHeaderSlotSize);
  assert_int_equal(text.total("Id bucket"), sizeof(dam::IdBucket));
  assert_int_equal(text.total("Position leaf"), sizeof(dam::PositionLeaf));
}

void the_table_of_superblocks_finds_what_the_code_reads(void**) {
  const FormatPage text = page();
  const golden::ArrayBytes bytes = array_of_page();
  const dam::Superblock superblock = superblock_of(bytes);
  assert_int_equal(text.number("Superblock", "kind", bytes.header), 1);
  assert_int_equal(text.number("Superblock", "kind", bytes.body), 2);
  assert_int_equal(text.number("Superblock", "incompatible features", bytes.body), 1);
  assert_int_equal(text.number("Superblock", "generation", bytes.body), superblock.generation);
  assert_equal_bytes(text.part("Superblock", "uuid", bytes.body), superblock.uuid);
  assert_equal_bytes(text.part("Superblock", "hash key", bytes.body), superblock.hash_key);
}

void the_table_of_commit_points_finds_what_the_code_reads(void**) {
  const FormatPage text = page();
  const golden::ArrayBytes bytes = array_of_page();
  const dam::CheckSeed seed(superblock_of(bytes));
  Bytes shown = Bytes(bytes.header).subspan(dam::kCheckpointAt[0], dam::kCommitPointSize);
  dam::CommitPoint point;
  assert_true(dam::decode_commit_point(shown.data(), dam::kCheckpointAt[0], seed, point));
  const auto number = [&](const char* name) { return text.number("Commit point", name, shown); };
  assert_int_equal(number("seq"), point.seq);
  assert_int_equal(number("slots"), point.slots);
  assert_int_equal(number("live"), point.live);
  assert_int_equal(number("body length"), point.body_length);
  assert_int_equal(number("newest delete"), point.newest_delete);
  assert_int_equal(number("newest meta"), point.newest_meta);
  assert_int_equal(number("dead bytes"), point.dead_bytes);
  assert_int_equal(number("generation"), point.generation);
  assert_int_equal(number("salt"), point.salt);
  assert_true(point.newest_delete != 0 && point.newest_meta != 0 && point.dead_bytes != 0);
  shown = Bytes(bytes.header).subspan(dam::kCheckpointAt[1], dam::kCommitPointSize);
  assert_true(dam::decode_commit_point(shown.data(), dam::kCheckpointAt[1], seed, point));
  assert_int_equal(number("suspect"), point.suspect);
  assert_true(point.suspect != 0);
}

void the_table_of_frames_finds_what_the_code_reads(void**) {
  const FormatPage text = page();
  const golden::ArrayBytes bytes = array_of_page();
  const dam::CheckSeed seed(superblock_of(bytes));
  dam::FrameHead head;
  for (uint64_t offset = dam::kBodyStart; offset < bytes.body.size(); offset += head.size()) {
    const Bytes shown = Bytes(bytes.body).subspan(offset, dam::kFrameHeadSize);
    assert_true(dam::decode_frame_head(shown.data(), offset, seed, head));
    const auto number = [&](const char* name) { return text.number("Frame", name, shown); };
    assert_int_equal(number("kind"), static_cast<int>(head.kind));
    assert_int_equal(number("payload size"), head.payload_size);
    assert_int_equal(number("payload check"), head.payload_crc);
    assert_int_equal(number("slot"), head.slot);
    assert_int_equal(number("commit seq"), head.commit_seq);
    assert_int_equal(number("prev"), head.prev);
    assert_int_equal(number("salt"), head.salt);
    assert_int_equal(offset - number("durable back") * 64, head.durable);
    const bool has_id = head.kind == dam::FrameKind::kPut || head.kind == dam::FrameKind::kReplace;
    if (has_id) assert_true(number("first word") == head.id.lo);
    if (has_id) assert_true(number("second word") == head.id.hi);
    const uint64_t flags = number("flags");
    const uint64_t form = flags >> text.field("Flags of a frame", "id form").offset & 3;
    const uint64_t length = flags >> text.field("Flags of a frame", "id length").offset & 15;
    assert_int_equal(flags & 1, head.commit);
    assert_int_equal(form, static_cast<int>(head.id.form));
    assert_int_equal(length, head.id.length == 0 ? 0 : head.id.length - 1);
  }
}

void the_table_of_entries_finds_what_the_code_reads(void**) {
  const FormatPage text = page();
  const golden::ArrayBytes bytes = array_of_page();
  const Bytes shown = Bytes(bytes.header).subspan(dam::kEntriesStart, dam::kEntrySize);
  const dam::CheckSeed seed(superblock_of(bytes));
  dam::HeaderEntry entry;
  assert_true(dam::decode_header_entry(shown.data(), 0, seed, entry));
  const auto number = [&](const char* name) { return text.number("Header entry", name, shown); };
  const uint64_t unit_mask = (uint64_t{1} << text.field("Bits of place", "unit").size) - 1;
  assert_int_equal((number("place") & unit_mask) * dam::kFrameAlignment, entry.offset);
  assert_int_equal(number("place") >> text.field("Bits of place", "id form").offset & 3,
                   static_cast<int>(entry.id.form));
  assert_int_equal(number("payload size"), entry.payload_size);
  assert_int_equal(number("payload check"), entry.payload_crc);
  const uint64_t word = number("version word 0");
  assert_int_equal((word & unit_mask) * dam::kFrameAlignment,
                   dam::decode_version_word(word, 0, seed));
  assert_int_equal(word >> text.field("Bits of a version word", "present").offset & 1, 1);
  assert_int_equal(text.field("Bits of a version word", "word check").size, 23);
}

void the_table_of_id_tables_finds_what_the_code_writes(void**) {
  const FormatPage text = page();
  dam::IdTableHeader header;
  header.stamp = {{1, 2, 3}, 4, 5000, 6000, 7};
  header.home_bits = 8;
  header.bucket_count = 320;
  header.entry_count = 9;
  header.sequence = 10;
  uint8_t slot[dam::IdTable::kHeaderSlotSize];
  dam::IdTable::encode_header(header, slot);
  const auto number = [&](const char* name) { return text.number("Id table", name, slot); };
  assert_int_equal(number("version"), 1);
  assert_int_equal(number("home bits"), 8);
  assert_equal_bytes(text.part("Id table", "uuid", slot), header.stamp.uuid);
  assert_int_equal(number("generation"), 4);
  assert_int_equal(number("covered length"), 5000);
  assert_int_equal(number("covered slots"), 6000);
  assert_int_equal(number("entry count"), 9);
  assert_int_equal(number("bucket count"), 320);
  assert_int_equal(number("sequence"), 10);
  assert_int_equal(number("salt"), 7);
  assert_int_equal(text.field("Id bucket", "mark").offset, offsetof(dam::IdBucket, mark_count));
  assert_int_equal(text.field("Id bucket", "check").offset, offsetof(dam::IdBucket, crc));
}

void the_tables_of_position_bases_find_what_the_code_writes(void** state) {
  const FormatPage text = page();
  const std::string path = temporary_directory::at(state, "positions");
  const dam::PositionStamp stamp = {{1, 2, 3}, 4, 5000, 6, 7000, 0};
  const dam::PositionTree tree = dam::PositionTree().without(4097).without(4099);
  assert_true(dam::write_position_base(path, stamp, tree).ok());
  const auto file = dam::File::open(path, dam::Access::kRead);
  std::vector<uint8_t> bytes(file.value().size().value());
  assert_true(file.value().read(0, bytes).ok());
  const auto number = [&](const char* name) { return text.number("Position base", name, bytes); };
  assert_int_equal(number("version"), 1);
  assert_int_equal(number("salt"), 6);
  assert_int_equal(number("generation"), 4);
  assert_int_equal(number("covered length"), 5000);
  assert_int_equal(number("newest delete"), 7000);
  assert_int_equal(number("dead count"), 2);
  assert_int_equal(number("leaf count"), 1);
  const Bytes directory = Bytes(bytes).subspan(text.total("Position base"));
  assert_int_equal(text.number("Position directory", "leaf number", directory), 1);
  assert_int_equal(text.number("Position directory", "leaf dead count", directory), 2);
  assert_int_equal(bytes.size(), 4096 + 64 + text.total("Position leaf"));
}

// The kind of lock that another descriptor meets on a byte of the page's table.
short lock_met(int fd, const golden::PageField& byte) {
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(byte.offset);
  range.l_len = static_cast<off_t>(byte.size);
  assert_int_equal(fcntl(fd, F_OFD_GETLK, &range), 0);
  return range.l_type;
}

void a_writer_locks_the_bytes_of_the_page_until_it_closes(void** state) {
  const FormatPage text = page();
  const std::string directory = temporary_directory::at(state, "array");
  const auto store = dam::Store::open(directory, {});
  assert_true(store.ok());
  const auto lock = dam::File::open(directory + "/lock", dam::Access::kReadWrite);
  assert_int_equal(lock.value().size().value(), 0);
  assert_int_equal(lock_met(lock.value().fd(), text.field("lock", "writer")), F_WRLCK);
  assert_int_equal(lock_met(lock.value().fd(), text.field("lock", "announced")), F_RDLCK);
  assert_true(store.value()->close().ok());
  assert_int_equal(lock_met(lock.value().fd(), {0, text.total("lock")}), F_UNLCK);
}

void no_flip_of_one_bit_makes_another_version_word(void**) {
  const dam::CheckSeed seed(superblock_of(array_of_page()));
  for (uint64_t slot = 0; slot < 64; ++slot) {
    const uint64_t word = dam::encode_version_word(dam::kBodyStart + 64 * slot, slot, seed);
    for (int bit = 0; bit < 64; ++bit)
      assert_int_equal(dam::decode_version_word(word ^ uint64_t{1} << bit, slot, seed), 0);
  }
}

int print_hex() {
  const std::string directory =
      (std::filesystem::temp_directory_path() / "libdam-golden-array").string();
  std::filesystem::remove_all(directory);
  const auto written = golden::write_golden_array(directory);
  std::filesystem::remove_all(directory);
  if (!written.ok()) return 1;
  std::printf("```header.bin\n%s```\n\n", golden::to_hex_lines(written.value().header).c_str());
  std::printf("```body.bin\n%s```\n", golden::to_hex_lines(written.value().body).c_str());
  return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count == 2 && std::strcmp(arguments[1], "--print") == 0) return print_hex();
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(the_array_of_the_page_is_what_libdam_writes),
      TEST_IN_DIRECTORY(the_array_of_the_page_reads_as_the_page_tells),
      cmocka_unit_test(superblocks_of_the_page_encode_to_the_same_bytes),
      cmocka_unit_test(commit_points_of_the_page_encode_to_the_same_bytes),
      cmocka_unit_test(entries_and_words_of_the_page_encode_to_the_same_bytes),
      cmocka_unit_test(frames_of_the_page_encode_to_the_same_bytes),
      cmocka_unit_test(the_tables_have_the_sizes_of_the_code),
      cmocka_unit_test(the_table_of_superblocks_finds_what_the_code_reads),
      cmocka_unit_test(the_table_of_commit_points_finds_what_the_code_reads),
      cmocka_unit_test(the_table_of_frames_finds_what_the_code_reads),
      cmocka_unit_test(the_table_of_entries_finds_what_the_code_reads),
      cmocka_unit_test(the_table_of_id_tables_finds_what_the_code_writes),
      TEST_IN_DIRECTORY(the_tables_of_position_bases_find_what_the_code_writes),
      TEST_IN_DIRECTORY(a_writer_locks_the_bytes_of_the_page_until_it_closes),
      cmocka_unit_test(no_flip_of_one_bit_makes_another_version_word),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
