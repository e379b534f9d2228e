// The next generation's files: what a GenerationWriter writes, the switch of names step by step,
// and what opens find in between.
#include "log/generation_writer.h"

#include "support/call_recorder.h"
#include "unit/log/log_fixture.h"

namespace dam::test {
namespace {

Superblock next_superblock() {
  Superblock superblock = test_superblock();
  ++superblock.generation;
  return superblock;
}

std::unique_ptr<GenerationWriter> start_next() {
  return value_of(GenerationWriter::start({kDirectory}, next_superblock()));
}

uint64_t copy(GenerationWriter& writer, const std::string& id, const std::string& text,
              uint64_t seq) {
  return value_of(writer.put(key_of(id), payload_of_text(text), seq));
}

// The generation that an open finds, or the code of its failure.
uint64_t generation_found(Access access = Access::kRead) {
  const auto files = ArrayFiles::open(kDirectory, access);
  assert_ok(files.status());
  return files.value()->superblock().generation;
}

// An old array of one document, and a sealed next generation of two.
std::unique_ptr<GenerationWriter> sealed_next() {
  create_log();
  put(*clean_writer(map_log()), "old", "old");
  assert_ok(sync_directory(kDirectory));
  auto writer = start_next();
  copy(*writer, "a", "one", 70);
  copy(*writer, "b", "two", 50);
  assert_ok(writer->seal(90));
  return writer;
}

void copies_keep_their_numbers_and_are_covered_by_the_checkpoint(void**) {
  const auto writer = sealed_next();
  assert_ok(writer->take_name());
  assert_ok(writer->finish_names());
  const auto maps = map_log();
  for (const auto& placed : {maps->newest_checkpoint(), maps->newest_publication()}) {
    assert_true(placed.has_value());
    assert_true(placed->point == writer->point());
  }
  const CommitPoint& point = writer->point();
  assert_int_equal(point.seq, 90);
  assert_int_equal(point.slots, 2);
  assert_int_equal(point.live, 2);
  assert_int_equal(point.generation, 2);
  assert_int_equal(point.suspect, 0);
  assert_false(log_continues(*maps, point, value_of(maps->files().body().size())));
  const LogView view = view_of(maps, point);
  const uint64_t expected[] = {70, 50};
  for (uint64_t slot = 0; slot < 2; ++slot) {
    FrameHead head;
    assert_ok(read_frame(view, version_in(view, slot).offset, point.body_length, head));
    assert_int_equal(head.commit_seq, expected[slot]);
    assert_true(head.commit);
    assert_int_equal(head.prev, 0);
    assert_int_equal(head.salt, point.salt);
    assert_string_equal(text_at(view, slot).c_str(), slot == 0 ? "one" : "two");
  }
}

void what_changes_while_copying_supersedes_the_copies(void**) {
  create_log();
  const auto writer = start_next();
  for (int i = 0; i < 4; ++i) copy(*writer, "id" + std::to_string(i), "first", 10);
  assert_ok(writer->replace(0, key_of("id0"), payload_of_text("unwritten"), 20));
  assert_ok(writer->sync());
  assert_ok(writer->replace(1, key_of("id1"), payload_of_text("written"), 21));
  assert_ok(writer->replace(1, key_of("id1"), payload_of_text("twice"), 22));
  assert_ok(writer->erase(0, 23));
  assert_ok(writer->erase(3, 24));
  copy(*writer, "late", "late", 25);
  assert_ok(writer->seal(30));
  assert_ok(writer->take_name());
  assert_ok(writer->finish_names());
  const auto maps = map_log();
  const LogView view = view_of(maps, writer->point());
  const char* const expected[] = {"-", "twice", "first", "-", "late"};
  for (uint64_t slot = 0; slot < 5; ++slot)
    assert_string_equal(text_at(view, slot).c_str(), expected[slot]);
  // The counts are those that a replay of the log gives.
  CommitPoint replayed = {.body_length = kBodyStart};
  while (replayed.body_length < writer->point().body_length) {
    FrameHead head;
    const uint64_t offset = replayed.body_length;
    assert_ok(read_frame(view, offset, view.limit, head));
    assert_ok(apply_frame(view, head, offset, replayed));
  }
  assert_int_equal(replayed.live, writer->point().live);
  assert_int_equal(replayed.dead_bytes, writer->point().dead_bytes);
  assert_int_equal(replayed.newest_delete, writer->point().newest_delete);
}

void commits_go_on_in_a_session_of_their_own(void**) {
  const auto next = sealed_next();
  assert_ok(next->take_name());
  assert_ok(next->finish_names());
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  assert_int_equal(put(*writer, "c", "three"), 2);
  assert_true(writer->point().seq > 90);
  assert_true(writer->point().salt != next->point().salt);
  const ScanResult scan = value_of(scan_from_checkpoint(*map_log()));
  assert_int_equal(scan.point.slots, 3);
}

void every_step_of_the_switch_leaves_one_generation(void**) {
  const auto writer = sealed_next();
  assert_int_equal(generation_found(), 1);
  assert_ok(writer->take_name());
  assert_true(writer->is_in_force());
  assert_int_equal(generation_found(), 2);
  assert_ok(exists(new_body_path(kDirectory)));
  assert_ok(writer->finish_names());
  assert_int_equal(generation_found(), 2);
  assert_code(exists(new_body_path(kDirectory)), Code::kNotFound);
}

void an_open_for_writing_rolls_forward_and_one_for_reading_does_not(void**) {
  {
    const auto writer = sealed_next();
    assert_ok(writer->take_name());
  }
  const auto read = value_of(ArrayFiles::open(kDirectory, Access::kRead));
  assert_false(read->was_rolled_forward());
  assert_ok(exists(new_body_path(kDirectory)));
  const auto written = value_of(ArrayFiles::open(kDirectory, Access::kReadWrite));
  assert_true(written->was_rolled_forward());
  assert_code(exists(new_body_path(kDirectory)), Code::kNotFound);
  assert_string_equal(written->body().path().c_str(), body_path(kDirectory).c_str());
  assert_false(value_of(ArrayFiles::open(kDirectory, Access::kReadWrite))->was_rolled_forward());
}

// The order of the protocol; that each sync matters is the model test's to show.
void the_switch_syncs_before_each_rename(void**) {
  const auto writer = sealed_next();
  const CallRecorder recorder;
  assert_ok(writer->take_name());
  assert_ok(writer->finish_names());
  std::string calls;
  for (const std::string& line : recorder.lines()) {
    if (line.find("fsync") != std::string::npos) calls += "sync ";
    if (line.find("rename") == std::string::npos) continue;
    calls += line.find("header") != std::string::npos ? "header " : "body ";
  }
  assert_string_equal(calls.c_str(), "sync header sync body ");
}

void a_body_of_neither_generation_is_damage(void**) {
  const auto writer = sealed_next();
  assert_ok(writer->take_name());
  assert_ok(remove_file(new_body_path(kDirectory)));
  for (const Access access : {Access::kRead, Access::kReadWrite})
    assert_code(ArrayFiles::open(kDirectory, access).status(), Code::kCorrupt);
  // Nor is one that was just begun.
  assert_ok(File::create(new_body_path(kDirectory)).status());
  assert_code(ArrayFiles::open(kDirectory, Access::kRead).status(), Code::kCorrupt);
}

void what_is_not_put_in_force_is_removed(void**) {
  create_log();
  {
    const auto writer = start_next();
    copy(*writer, "a", "text", 1);
    assert_ok(writer->seal(2));
  }
  assert_code(exists(new_header_path(kDirectory)), Code::kNotFound);
  assert_code(exists(new_body_path(kDirectory)), Code::kNotFound);
  assert_int_equal(generation_found(Access::kReadWrite), 1);
}

void large_documents_are_written_in_between(void**) {
  create_log();
  const auto writer = start_next();
  const std::string large(3 << 20, 'x');
  for (int i = 0; i < 5; ++i) copy(*writer, "id" + std::to_string(i), large, 1);
  assert_ok(writer->seal(2));
  assert_ok(writer->take_name());
  assert_ok(writer->finish_names());
  const auto maps = map_log(64 << 20);
  const LogView view = view_of(maps, writer->point());
  for (uint64_t slot = 0; slot < 5; ++slot) assert_true(text_at(view, slot) == large);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(copies_keep_their_numbers_and_are_covered_by_the_checkpoint),
      TEST_ON_MEMORY(what_changes_while_copying_supersedes_the_copies),
      TEST_ON_MEMORY(commits_go_on_in_a_session_of_their_own),
      TEST_ON_MEMORY(every_step_of_the_switch_leaves_one_generation),
      TEST_ON_MEMORY(an_open_for_writing_rolls_forward_and_one_for_reading_does_not),
      TEST_ON_MEMORY(the_switch_syncs_before_each_rename),
      TEST_ON_MEMORY(a_body_of_neither_generation_is_damage),
      TEST_ON_MEMORY(what_is_not_put_in_force_is_removed),
      TEST_ON_MEMORY(large_documents_are_written_in_between),
  };
  return cmocka_run_group_tests_name("generation_writer", tests, nullptr, nullptr);
}
