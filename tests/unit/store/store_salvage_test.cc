// Salvage: what comes back from arrays that lost a file, a superblock, a frame or their end.
#include "log/array_files.h"
#include "platform/clock.h"
#include "store/salvage_array.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kOut = "/saved";

SalvageOutcome salvage(Code expected = Code::kOk, const std::string& path = kArray,
                       const std::string& out_path = kOut) {
  SalvageOutcome outcome;
  assert_code(salvage_array(path, out_path, {}, outcome), expected);
  if (expected == Code::kOk) {
    assert_sound(out_path);
    const auto saved = open_store(read_only_options(), out_path);
    assert_int_equal(saved->view()->count(), outcome.recovered);
  }
  return outcome;
}

std::string saved_ids() { return ids_of(*open_store(read_only_options(), kOut)->view()); }
std::string saved_text(std::string_view id) {
  return text_of(*open_store(read_only_options(), kOut)->view(), id);
}

// Offset and head of the frames of a body that is still sound.
struct PlacedFrame {
  uint64_t offset;
  FrameHead head;
};

std::vector<PlacedFrame> frames_of(const std::string& path = body_path(kArray)) {
  DamagedFile body = value_of(DamagedFile::open(path));
  const CheckSeed seed(value_of(
      decode_superblock({body.at(0, kSuperblockSize), kSuperblockSize}, FileKind::kBody, "body")));
  std::vector<PlacedFrame> frames;
  FrameHead head;
  SalvageReader reader(body, seed);
  for (uint64_t at = kBodyStart; reader.read_head(at, head); at += head.size())
    frames.push_back({at, head});
  return frames;
}

void overwrite(const std::string& path, uint64_t offset, uint64_t size) {
  const File file = value_of(File::open(path, Access::kReadWrite));
  const std::vector<uint8_t> bytes(size, 0xEE);
  assert_ok(file.write(offset, bytes));
}

void lose_frame(const PlacedFrame& frame) {
  overwrite(body_path(kArray), frame.offset, frame.head.size());
}

void cut(const std::string& path, uint64_t size) {
  assert_ok(value_of(File::open(path, Access::kReadWrite)).truncate(size));
}

void restore(const std::string& path, const std::vector<uint8_t>& bytes) {
  const File file = value_of(File::open(path, Access::kReadWrite));
  assert_ok(file.truncate(0));
  assert_ok(file.write(0, bytes));
}

void make_array(uint64_t count = 4) {
  const auto store = open_store();
  for (uint64_t i = 0; i < count; ++i) add(*store, numbered(i), "text of " + numbered(i));
  assert_ok(store->close());
}

void expect_line(const SalvageOutcome& outcome, const std::string& text) {
  if (outcome.report.find(text) == std::string::npos)
    print_error("not in the report: %s\n%s\n", text.c_str(), outcome.report.c_str());
  assert_true(outcome.report.find(text) != std::string::npos);
}

void a_whole_array_comes_back_whole(void**) {
  const auto store = open_store();
  add_many(*store, 0, 5);
  remove(*store, "d2");
  const Document changed = make_document("d1", "changed");
  assert_ok(commit(*store, {set("d1", changed)}));
  add(*store, "d2", "again");
  const uint64_t revision = store->view()->revision();
  assert_ok(store->close());
  const SalvageOutcome outcome = salvage();
  assert_string_equal(outcome.report.c_str(), "");
  assert_int_equal(outcome.uncertain, 0);
  assert_string_equal(saved_ids().c_str(), "d0 d1 d3 d4 d2");
  assert_string_equal(saved_text("d1").c_str(), "changed");
  assert_int_equal(open_store(read_only_options(), kOut)->view()->revision(), revision);
}

void nothing_is_written_into_the_source(void** state) {
  make_array();
  lose_frame(frames_of()[2]);
  MemoryFileSystem& files = mounted_memory::files_of(state);
  const std::vector<uint8_t> body = files.bytes_of(body_path(kArray));
  const std::string before = files.listing();
  salvage();
  assert_true(files.bytes_of(body_path(kArray)) == body);
  const std::string after = files.listing();
  for (size_t at = before.find(kArray); at != std::string::npos; at = before.find(kArray, at + 1)) {
    const std::string line = before.substr(at, before.find('\n', at) - at);
    assert_true(after.find(line) != std::string::npos);
  }
}

void a_lost_header_is_not_needed(void**) {
  make_array();
  assert_ok(remove_file(header_path(kArray)));
  assert_code(open_failure(test_options()), Code::kCorrupt);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d2 d3");
  assert_int_equal(outcome.uncertain, 0);
  assert_string_equal(outcome.report.c_str(), "header.bin is missing\n");
}

void both_superblocks_may_be_lost(void**) {
  make_array();
  overwrite(header_path(kArray), 0, kSuperblockSize);
  overwrite(body_path(kArray), 0, kBodyStart);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d2 d3");
  expect_line(outcome, "offset 0 of body.bin, 512 bytes: the superblock is damaged");
  expect_line(outcome, "offset 0 of header.bin, 512 bytes: the superblock is damaged");
}

void a_body_alone_without_its_superblock_is_enough(void**) {
  make_array();
  overwrite(body_path(kArray), 0, kBodyStart);
  assert_ok(remove_file(header_path(kArray)));
  salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d2 d3");
}

void frames_behind_a_lost_one_are_found(void**) {
  make_array();
  const std::vector<PlacedFrame> frames = frames_of();
  lose_frame(frames[2]);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d2 d3");
  assert_int_equal(outcome.uncertain, 0);  // the header tells that d0 had no later version
  expect_line(outcome, "offset " + std::to_string(frames[2].offset) + " of body.bin, " +
                           std::to_string(frames[2].head.size()) + " bytes: no frame is whole");
  expect_line(outcome, "1 documents, or deletions of some, are lost");
}

void without_a_header_what_precedes_damage_is_uncertain(void**) {
  make_array();
  lose_frame(frames_of()[2]);
  assert_ok(remove_file(header_path(kArray)));
  assert_int_equal(salvage().uncertain, 1);  // d0: the lost frame might have changed it
}

void a_lost_delete_brings_the_document_back_in_doubt(void**) {
  {
    const auto store = open_store();
    add_many(*store, 0, 3);
    remove(*store, "d1");
    add(*store, "last");
    assert_ok(store->close());
  }
  lose_frame(frames_of()[4]);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d2 last");
  assert_int_equal(outcome.uncertain, 1);
  expect_line(outcome, "1 documents are uncertain");
}

void a_lost_replacement_brings_the_version_before_back_in_doubt(void**) {
  {
    const auto store = open_store();
    add_many(*store, 0, 2);
    for (const char* text : {"second", "third"}) {
      const Document changed = make_document("d1", text);
      assert_ok(commit(*store, {set("d1", changed)}));
    }
    assert_ok(store->close());
  }
  const PlacedFrame last = frames_of().back();
  overwrite(body_path(kArray), last.offset + kFrameHeadSize + 8, 1);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_text("d1").c_str(), "second");
  assert_int_equal(outcome.uncertain, 1);
  expect_line(outcome, "the checksum of the document differs");
}

void an_id_goes_to_the_document_that_came_last(void**) {
  {
    const auto store = open_store();
    add(*store, "a", "first life");
    add(*store, "b");
    remove(*store, "a");
    add(*store, "a", "second life");
    assert_ok(store->close());
  }
  lose_frame(frames_of()[3]);
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "b a");
  assert_string_equal(saved_text("a").c_str(), "second life");
  expect_line(outcome, "their ids went to later ones");
}

void what_is_whole_of_a_committed_batch_is_kept(void**) {
  {
    const auto store = open_store();
    add_many(*store, 0, 5);
    assert_ok(store->close());
  }
  lose_frame(frames_of()[3]);
  assert_ok(remove_file(header_path(kArray)));
  salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d3 d4");
}

void a_batch_whose_commit_is_cut_off_is_uncertain_without_a_header(void**) {
  {
    const auto store = open_store();
    add(*store, "before");
    add_many(*store, 0, 3);
    assert_ok(store->close());
  }
  cut(body_path(kArray), frames_of().back().offset);
  assert_ok(remove_file(header_path(kArray)));
  const SalvageOutcome outcome = salvage();
  assert_string_equal(saved_ids().c_str(), "before d0 d1");
  assert_int_equal(outcome.uncertain, 2);
}

void a_batch_that_a_crash_cut_off_is_absent(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  {
    const auto store = open_store();
    add(*store, "before");
    assert_ok(store->close());
  }
  const std::vector<uint8_t> header = files.bytes_of(header_path(kArray));
  {
    const auto store = open_store();
    add_many(*store, 0, 3);
    assert_ok(store->close());
  }
  cut(body_path(kArray), frames_of().back().offset);
  restore(header_path(kArray), header);
  salvage();
  assert_string_equal(saved_ids().c_str(), "before");
}

// Two sessions that began at the same end: the later one overwrote the start of the earlier one,
// whose last documents are still whole behind it.
void frames_of_a_time_that_was_given_up_stay_out(void** state) {
  MemoryFileSystem& files = mounted_memory::files_of(state);
  make_array(1);
  const std::vector<uint8_t> header = files.bytes_of(header_path(kArray));
  const std::vector<uint8_t> body = files.bytes_of(body_path(kArray));
  sleep_ms(10);
  {
    const auto store = open_store();
    for (uint64_t i = 10; i < 16; ++i) add(*store, numbered(i));
    assert_ok(store->close());
  }
  const std::vector<uint8_t> given_up = files.bytes_of(body_path(kArray));
  restore(header_path(kArray), header);
  restore(body_path(kArray), body);
  uint64_t end = 0;
  sleep_ms(10);
  {
    const auto store = open_store();
    add(*store, "later");
    assert_ok(store->close());
    end = frames_of().back().offset + frames_of().back().head.size();
  }
  const File file = value_of(File::open(body_path(kArray), Access::kReadWrite));
  assert_ok(file.write(end, Bytes(given_up).subspan(end)));
  for (const bool has_header : {true, false}) {
    const std::string out = has_header ? "/with" : "/without";
    if (!has_header) assert_ok(remove_file(header_path(kArray)));
    salvage(Code::kOk, kArray, out);
    const auto saved = open_store(read_only_options(), out);
    assert_string_equal(ids_of(*saved->view()).c_str(), "d0 later");
  }
}

void the_embedding_column_comes_along(void**) {
  {
    const auto store = open_store();
    const Document embedded = make_embedded("a", "1,2,3");
    assert_ok(commit(*store, {append(embedded)}));
    assert_ok(store->close());
  }
  salvage();
  assert_int_equal(value_of(open_store(test_options(), kOut)->stat(Stat::kEmbeddingDim)), 3);
}

void lose_meta() {
  for (const PlacedFrame& frame : frames_of())
    if (frame.head.kind == FrameKind::kMeta) return lose_frame(frame);
  fail_msg("there is no META");
}

void a_lost_embedding_column_is_that_of_all_embeddings(void**) {
  {
    const auto store = open_store();
    add(*store, "plain");
    const Document first = make_embedded("a", "1,2,3");
    const Document second = make_embedded("b", "4,5,6");
    assert_ok(commit(*store, {append(first)}));
    assert_ok(commit(*store, {append(second)}));
    assert_ok(store->close());
  }
  lose_meta();
  const SalvageOutcome outcome = salvage();
  assert_non_null(strstr(outcome.report.c_str(), "3 dimensions"));
  const auto saved = open_store(test_options(), kOut);
  assert_int_equal(value_of(saved->stat(Stat::kEmbeddingDim)), 3);
  const Document other = make_embedded("c", "1,2");
  assert_code(commit(*saved, {append(other)}), Code::kInvalidDocument);
}

void embeddings_that_differ_are_no_column(void**) {
  StoreOptions options = test_options();
  options.embedding_dim = 3;
  options.any_embedding = true;
  {
    const auto store = open_store(options);
    const Document three = make_embedded("a", "1,2,3");
    const Document two = make_embedded("b", "1,2");
    assert_ok(commit(*store, {append(three), append(two)}));
    assert_ok(store->close());
  }
  lose_meta();
  salvage();
  assert_int_equal(value_of(open_store(test_options(), kOut)->stat(Stat::kEmbeddingDim)), 0);
}

void too_little_room_is_found_before_anything_is_made(void**) {
  MemoryFileSystem small({.free_bytes = 64 << 10});
  const Mount mount(small);
  make_array(500);
  SalvageOutcome outcome;
  assert_code(salvage_array(kArray, "/data/saved", {}, outcome), Code::kNoSpace);
  const std::string after = small.listing();
  assert_null(strstr(after.c_str(), "/data/saved/body"));
}

void an_array_that_was_pruned_is_saved_like_others(void**) {
  {
    const auto store = open_store();
    add_many(*store, 0, 4);
    const Document changed = make_document("d0", "changed");
    assert_ok(commit(*store, {set("d0", changed)}));
    remove(*store, "d2");
    assert_ok(store->prune({}));
    add(*store, "after");
    assert_ok(store->close());
  }
  const SalvageOutcome outcome = salvage();
  assert_string_equal(outcome.report.c_str(), "");
  assert_string_equal(saved_ids().c_str(), "d0 d1 d3 after");
  assert_string_equal(saved_text("d0").c_str(), "changed");
}

void the_new_body_of_an_interrupted_switch_is_taken(void** state) {
  make_array(2);
  const std::vector<uint8_t> bytes = mounted_memory::files_of(state).bytes_of(body_path(kArray));
  {
    const auto store = open_store();
    add(*store, "newest");
    assert_ok(store->prune({}));
    assert_ok(store->close());
  }
  assert_ok(rename_file(body_path(kArray), new_body_path(kArray)));
  const File body = value_of(File::create(body_path(kArray)));
  assert_ok(body.write(0, bytes));
  salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 newest");
}

void a_half_built_new_pair_is_passed_over(void**) {
  make_array(2);
  overwrite(header_path(kArray), 0, 4096);
  for (const std::string& path : {new_header_path(kArray), new_body_path(kArray)})
    assert_ok(value_of(File::create(path)).truncate(10000));
  salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1");
}

void a_header_without_a_body_saves_nothing(void**) {
  make_array();
  assert_ok(remove_file(body_path(kArray)));
  salvage(Code::kCorrupt);
  assert_code(exists(kOut), Code::kNotFound);
}

void what_is_no_array_is_not_found(void**) {
  salvage(Code::kNotFound, "/nowhere");
  assert_code(exists(kOut), Code::kNotFound);
}

void an_array_that_is_open_for_writing_is_not_touched(void**) {
  const auto store = open_store();
  add(*store, "a");
  salvage(Code::kBusy);
}

void the_source_is_no_place_for_the_result(void**) {
  make_array();
  salvage(Code::kInvalidArgument, kArray, std::string("/data/../data/array"));
  assert_ok(rename_file(body_path(kArray), new_body_path(kArray)));
  assert_ok(remove_file(header_path(kArray)));
  salvage(Code::kInvalidArgument, kArray, kArray);
  salvage();
  assert_string_equal(saved_ids().c_str(), "d0 d1 d2 d3");
}

void an_empty_array_is_saved_as_one(void**) {
  assert_ok(open_store()->close());
  const SalvageOutcome outcome = salvage();
  assert_int_equal(outcome.recovered, 0);
  assert_string_equal(outcome.report.c_str(), "");
}

void a_cancelled_salvage_leaves_no_array(void**) {
  const auto store = open_store();
  const Document large = make_document("large", std::string(3 << 20, 'x'));
  for (int i = 0; i < 2; ++i) assert_ok(commit(*store, {append(large, true)}));
  assert_ok(store->close());
  for (int wanted = 0;; ++wanted) {
    int calls = 0;
    const auto cancel = [&](uint64_t done, uint64_t total) {
      assert_true(done <= total);
      return calls++ != wanted;
    };
    SalvageOutcome outcome;
    const Status status = salvage_array(kArray, kOut, cancel, outcome);
    if (calls <= wanted) {
      assert_ok(status);
      break;
    }
    assert_code(status, Code::kCancelled);
    assert_code(open_failure(read_only_options(), kOut), Code::kNotFound);
  }
  assert_sound(kOut);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_whole_array_comes_back_whole),
      TEST_ON_MEMORY(nothing_is_written_into_the_source),
      TEST_ON_MEMORY(a_lost_header_is_not_needed),
      TEST_ON_MEMORY(both_superblocks_may_be_lost),
      TEST_ON_MEMORY(a_body_alone_without_its_superblock_is_enough),
      TEST_ON_MEMORY(frames_behind_a_lost_one_are_found),
      TEST_ON_MEMORY(without_a_header_what_precedes_damage_is_uncertain),
      TEST_ON_MEMORY(a_lost_delete_brings_the_document_back_in_doubt),
      TEST_ON_MEMORY(a_lost_replacement_brings_the_version_before_back_in_doubt),
      TEST_ON_MEMORY(an_id_goes_to_the_document_that_came_last),
      TEST_ON_MEMORY(what_is_whole_of_a_committed_batch_is_kept),
      TEST_ON_MEMORY(a_batch_whose_commit_is_cut_off_is_uncertain_without_a_header),
      TEST_ON_MEMORY(a_batch_that_a_crash_cut_off_is_absent),
      TEST_ON_MEMORY(frames_of_a_time_that_was_given_up_stay_out),
      TEST_ON_MEMORY(the_embedding_column_comes_along),
      TEST_ON_MEMORY(a_lost_embedding_column_is_that_of_all_embeddings),
      TEST_ON_MEMORY(embeddings_that_differ_are_no_column),
      TEST_ON_MEMORY(too_little_room_is_found_before_anything_is_made),
      TEST_ON_MEMORY(an_array_that_was_pruned_is_saved_like_others),
      TEST_ON_MEMORY(the_new_body_of_an_interrupted_switch_is_taken),
      TEST_ON_MEMORY(a_half_built_new_pair_is_passed_over),
      TEST_ON_MEMORY(a_header_without_a_body_saves_nothing),
      TEST_ON_MEMORY(what_is_no_array_is_not_found),
      TEST_ON_MEMORY(an_array_that_is_open_for_writing_is_not_touched),
      TEST_ON_MEMORY(the_source_is_no_place_for_the_result),
      TEST_ON_MEMORY(an_empty_array_is_saved_as_one),
      TEST_ON_MEMORY(a_cancelled_salvage_leaves_no_array),
  };
  return cmocka_run_group_tests_name("store_salvage", tests, nullptr, nullptr);
}
