// Salvage of arrays damaged everywhere, one place at a time: the result opens, verifies clean, and
// holds every document whose frame is whole.
#include <set>

#include "log/array_files.h"
#include "store/salvage_array.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kDamaged = "/damaged";

struct Image {
  std::vector<uint8_t> header;
  std::vector<uint8_t> body;
};

// Appended, replaced, deleted, added again, in single commits and batches of two sessions.
Image make_image(void** state) {
  {
    const auto store = open_store();
    add_many(*store, 0, 4);
    add(*store, "an id of more than sixteen bytes", "long");
    remove(*store, "d2");
    assert_ok(store->close());
  }
  {
    const auto store = open_store();
    const Document changed = make_document("d1", "changed");
    assert_ok(commit(*store, {set("d1", changed)}));
    add_many(*store, 10, 13);
    add(*store, "d2", "again");
    assert_ok(store->close());
  }
  MemoryFileSystem& files = mounted_memory::files_of(state);
  return {files.bytes_of(header_path(kArray)), files.bytes_of(body_path(kArray))};
}

void put_file(const std::string& path, const std::vector<uint8_t>& bytes) {
  const File file = value_of(File::create_anew(path));
  assert_ok(file.write(0, bytes));
}

void put_image(const Image& image) {
  assert_ok(make_directories(kDamaged));
  put_file(header_path(kDamaged), image.header);
  put_file(body_path(kDamaged), image.body);
}

// The frames of the image, and those of documents that nothing later supersedes.
struct Frame {
  uint64_t offset;
  FrameHead head;
};

std::vector<Frame> frames_of(const Image& image) {
  const CheckSeed seed(value_of(
      decode_superblock(Bytes(image.body).first(kSuperblockSize), FileKind::kBody, "body.bin")));
  std::vector<Frame> frames;
  FrameHead head;
  for (uint64_t at = kBodyStart; at + kFrameHeadSize <= image.body.size(); at += head.size()) {
    if (!decode_frame_head(&image.body[at], at, seed, head)) break;
    frames.push_back({at, head});
  }
  return frames;
}

std::string id_in(const Image& image, const Frame& frame) {
  const std::vector<uint8_t> document(
      image.body.begin() + static_cast<ptrdiff_t>(frame.offset + kFrameHeadSize),
      image.body.begin() +
          static_cast<ptrdiff_t>(frame.offset + kFrameHeadSize + frame.head.payload_size));
  return std::string(document_id(document));
}

// Ids of documents in force whose frame lies outside [from, end).
std::set<std::string> whole_ids(const Image& image, uint64_t from, uint64_t end) {
  std::set<std::string> ids;
  std::set<uint64_t> later;
  const std::vector<Frame> frames = frames_of(image);
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    if (frame->head.kind == FrameKind::kSession || frame->head.kind == FrameKind::kMeta) continue;
    if (!later.insert(frame->head.slot).second || frame->head.kind == FrameKind::kDelete) continue;
    if (frame->offset + frame->head.size() > from && frame->offset < end) continue;
    ids.insert(id_in(image, *frame));
  }
  return ids;
}

// The in-memory file system has room for few files.
void remove_array(const std::string& path) {
  for (const std::string& file : {header_path(path), body_path(path), lock_path(path)})
    assert_ok(remove_file(file));
}

uint64_t salvaged = 0;

// Salvages what is in kDamaged and checks the result.
SalvageOutcome salvage_holding(const std::set<std::string>& ids) {
  const std::string out = "/out/" + std::to_string(salvaged++);
  SalvageOutcome outcome;
  assert_ok(salvage_array(kDamaged, out, {}, outcome));
  assert_sound(out);
  const auto saved = open_store(test_options(), out);
  assert_int_equal(saved->view()->count(), outcome.recovered);
  for (const std::string& id : ids) assert_true(code_of_finding(*saved->view(), id) == Code::kOk);
  add(*saved, "goes on");
  remove_array(out);
  return outcome;
}

void every_64th_byte_of_the_body_flipped(void** state) {
  const Image image = make_image(state);
  const uint64_t end = frames_of(image).back().offset + frames_of(image).back().head.size();
  for (uint64_t at = 0; at < end; at += 64) {
    // Another byte of each unit, so that all fields have their turn.
    const uint64_t place = at + (at / 64 * 13) % 64;
    Image damaged = image;
    damaged.body[place] ^= 0x10;
    put_image(damaged);
    const SalvageOutcome outcome = salvage_holding(whole_ids(image, place, place + 1));
    const bool is_used = place < kSuperblockSize || place >= kBodyStart;
    if (!is_used) assert_string_equal(outcome.report.c_str(), "");
  }
}

void every_64th_byte_of_the_header_flipped(void** state) {
  const Image image = make_image(state);
  const std::set<std::string> all = whole_ids(image, 0, 0);
  for (uint64_t at = 0; at < image.header.size(); at += 64) {
    Image damaged = image;
    damaged.header[at + (at / 64 * 13) % 64] ^= 0x10;
    put_image(damaged);
    const SalvageOutcome outcome = salvage_holding(all);
    assert_int_equal(outcome.recovered, all.size());
    assert_int_equal(outcome.uncertain, 0);
  }
}

void check_cut(const Image& image, uint64_t frame, uint64_t more, bool has_header) {
  Image damaged = image;
  damaged.body.resize(frame + more);
  put_image(damaged);
  if (!has_header) assert_ok(remove_file(header_path(kDamaged)));
  SalvageOutcome outcome;
  const Status status = salvage_array(kDamaged, "/cut", {}, outcome);
  if (frame == kBodyStart && !status.ok()) {  // hardly a frame: either answer is right
    assert_code(status, Code::kCorrupt);
    return;
  }
  assert_ok(status);
  assert_sound("/cut");
  {
    const auto saved = open_store(read_only_options(), "/cut");
    for (const std::string& id : whole_ids(image, frame, UINT64_MAX))
      assert_true(code_of_finding(*saved->view(), id) == Code::kOk);
  }
  assert_false(outcome.report.empty());
  remove_array("/cut");
}

void the_body_cut_at_every_frame(void** state) {
  const Image image = make_image(state);
  for (const Frame& frame : frames_of(image)) {
    for (const uint64_t more : {uint64_t{0}, uint64_t{1}, kFrameHeadSize}) {
      check_cut(image, frame.offset, more, true);
      check_cut(image, frame.offset, more, false);
    }
  }
}

void every_frame_lost_without_a_superblock(void** state) {
  const Image image = make_image(state);
  for (const Frame& frame : frames_of(image)) {
    Image damaged = image;
    std::fill_n(damaged.body.begin(), kBodyStart, uint8_t{0});
    std::fill_n(damaged.header.begin(), kSuperblockSize, uint8_t{0});
    std::fill_n(damaged.body.begin() + static_cast<ptrdiff_t>(frame.offset), frame.head.size(),
                uint8_t{0xEE});
    put_image(damaged);
    salvage_holding(whole_ids(image, frame.offset, frame.offset + 1));
  }
}

void random_bytes_save_nothing_and_harm_nothing(void**) {
  uint64_t random = 20;
  print_message("seed %d\n", 20);
  for (int i = 0; i < 200; ++i) {
    Image garbage;
    garbage.header.resize(next_random(&random) % 20000);
    garbage.body.resize(next_random(&random) % 20000);
    for (uint8_t& byte : garbage.header) byte = static_cast<uint8_t>(next_random(&random));
    for (uint8_t& byte : garbage.body) byte = static_cast<uint8_t>(next_random(&random));
    put_image(garbage);
    SalvageOutcome outcome;
    assert_code(salvage_array(kDamaged, "/nothing", {}, outcome), Code::kCorrupt);
    assert_code(exists("/nothing"), Code::kNotFound);
    assert_false(outcome.report.empty());
  }
}

// Fields of whoever writes checksums that fit: sizes, slots, commits and offsets beyond all bounds.
void heads_that_lie_with_sound_checksums_are_survived(void** state) {
  const Image image = make_image(state);
  const CheckSeed seed(value_of(
      decode_superblock(Bytes(image.body).first(kSuperblockSize), FileKind::kBody, "body.bin")));
  uint64_t random = 7;
  print_message("seed %d\n", 7);
  const uint64_t wild[] = {0, 1, 63, 4096, 0x7FFFFFFF, uint64_t{1} << 40, UINT64_MAX};
  const auto any = [&] { return wild[next_random(&random) % std::size(wild)]; };
  const std::vector<Frame> frames = frames_of(image);
  for (int i = 0; i < 300; ++i) {
    MemoryFileSystem files;  // those of the rounds before would not fit beside each other
    const Mount mount(files);
    Image damaged = image;
    for (int lies = 0; lies < 2; ++lies) {
      const Frame& frame = frames[next_random(&random) % frames.size()];
      FrameHead head = frame.head;
      head.kind = static_cast<FrameKind>(1 + next_random(&random) % 5);
      if (next_random(&random) % 2 == 0) head.slot = any();
      if (next_random(&random) % 2 == 0) head.commit_seq = any();
      if (next_random(&random) % 4 == 0) head.payload_size = static_cast<uint32_t>(any());
      head.commit = next_random(&random) % 2 == 0;
      encode_frame_head(head, frame.offset, seed, &damaged.body[frame.offset]);
    }
    put_image(damaged);
    SalvageOutcome outcome;
    assert_ok(salvage_array(kDamaged, "/out", {}, outcome));
    assert_sound("/out");
    add(*open_store(test_options(), "/out"), "goes on");
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(every_64th_byte_of_the_body_flipped),
      TEST_ON_MEMORY(every_64th_byte_of_the_header_flipped),
      TEST_ON_MEMORY(the_body_cut_at_every_frame),
      TEST_ON_MEMORY(every_frame_lost_without_a_superblock),
      TEST_ON_MEMORY(random_bytes_save_nothing_and_harm_nothing),
      TEST_ON_MEMORY(heads_that_lie_with_sound_checksums_are_survived),
  };
  return cmocka_run_group_tests_name("store_salvage_damage", tests, nullptr, nullptr);
}
