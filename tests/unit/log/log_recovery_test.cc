// Scans and recoveries: torn tails, abandoned timelines, rot, leftover words, damage to entries.
#include "log/log_recovery.h"

#include "unit/log/log_fixture.h"

namespace dam::test {
namespace {

// Three documents, each a commit; the offset where each commit begins.
struct ThreeCommits {
  std::shared_ptr<const ArrayMaps> maps;
  std::unique_ptr<LogWriter> writer;
  std::vector<uint64_t> starts;

  explicit ThreeCommits(bool durable = false) {
    create_log();
    maps = map_log();
    writer = clean_writer(maps);
    for (int i = 0; i < 3; ++i) {
      put(*writer, "id" + std::to_string(i), "text " + std::to_string(i));
      starts.push_back(writer->point().body_length - 128);
      if (durable) assert_ok(writer->sync_body());
    }
  }
  const File& body() const { return maps->files().body(); }
  const File& header() const { return maps->files().header(); }
};

void a_scan_finds_all_whole_commits(void**) {
  const ThreeCommits log;
  const ScanResult scan = value_of(scan_from_checkpoint(*log.maps));
  assert_true(scan.point.slots == 3 && scan.point.live == 3);
  assert_int_equal(scan.point.body_length, log.writer->point().body_length);
  assert_int_equal(scan.point.seq, log.writer->point().seq);
  assert_int_equal(scan.added.size(), 3);
  assert_false(scan.dropped_any);
}

void a_torn_last_frame_ends_the_log(void**) {
  for (const uint64_t torn : {0U, 4U, 40U, 63U, 64U, 69U}) {
    mounted_memory::Mounted fresh;
    const ThreeCommits log;
    flip_bit_of(log.body(), log.starts[2] + torn);
    const auto recovered = recovered_writer(log.maps);
    assert_int_equal(recovered->point().slots, 2);
    assert_string_equal(text_at(view_of(log.maps, recovered->point()), 1).c_str(), "text 1");
    put(*recovered, "id2", "anew");
    assert_string_equal(text_at(view_of(log.maps, recovered->point()), 2).c_str(), "anew");
  }
}

void a_batch_without_its_last_frame_is_dropped_whole(void**) {
  ThreeCommits log;
  FrameBatch batch = value_of(log.writer->begin_batch(log.writer->point()));
  batch.put(key_of("x"), payload_of_text("x"), 0);
  batch.put(key_of("y"), payload_of_text("y"), 0);
  batch.seal();
  assert_ok(log.writer->commit(batch.change()));
  flip_bit_of(log.body(), batch.last_offset());
  const ScanResult scan = value_of(scan_from_checkpoint(*log.maps));
  assert_int_equal(scan.point.slots, 3);
  assert_true(scan.dropped_any);
}

// Frames beyond the cut are whole, but of a session that the log no longer leads to.
void frames_of_an_abandoned_timeline_never_come_back(void**) {
  const ThreeCommits log;
  flip_bit_of(log.body(), log.starts[1]);
  const auto recovered = recovered_writer(log.maps);
  assert_int_equal(recovered->point().slots, 1);
  // As large as what was there, so that the old third frame stands right behind.
  const auto again = recovered_writer(log.maps, 0x33333333);
  assert_int_equal(again->point().slots, 1);
  put(*again, "id1", "text N");
  const ScanResult scan = value_of(scan_from_checkpoint(*log.maps));
  assert_int_equal(scan.point.slots, 2);
  assert_int_equal(scan.point.body_length, again->point().body_length);
}

void damage_to_what_was_durable_is_rot_and_named(void**) {
  const ThreeCommits log(true);
  flip_bit_of(log.body(), log.starts[1] + 64);
  const auto scan = scan_from_checkpoint(*log.maps);
  assert_code(scan.status(), Code::kCorrupt);
  assert_non_null(strstr(scan.status().message(), std::to_string(log.starts[1]).c_str()));
  assert_non_null(strstr(scan.status().message(), "body.bin"));
}

void rot_in_the_last_durable_frame_cannot_be_told_from_a_torn_one(void**) {
  const ThreeCommits log(true);
  flip_bit_of(log.body(), log.starts[2]);
  assert_int_equal(value_of(scan_from_checkpoint(*log.maps)).point.slots, 2);
}

void accepted_loss_cuts_at_the_rot_and_erases_the_rest(void**) {
  const ThreeCommits log(true);
  flip_bit_of(log.body(), log.starts[1]);
  const ScanResult scan = value_of(scan_from_checkpoint(*log.maps, true));
  assert_int_equal(scan.point.slots, 1);
  assert_ok(erase_tail(*log.maps, scan.point));
  const uint64_t size = value_of(log.body().size());
  for (uint64_t at = scan.point.body_length; at < size; ++at)
    assert_int_equal(log.maps->body()[at], 0);
  const auto recovered = recovered_writer(log.maps);
  assert_int_equal(recovered->point().slots, 1);
}

void a_recovered_log_is_clean_and_recovers_to_itself(void**) {
  const ThreeCommits log;
  const CommitPoint first = recovered_writer(log.maps)->point();
  const auto published = log.maps->newest_publication();
  assert_true(published->point.body_length == first.body_length && published->point == first);
  const CommitPoint second = recovered_writer(log.maps, 0x44444444)->point();
  assert_int_equal(second.slots, first.slots);
  assert_int_equal(second.body_length, first.body_length + 64);
}

// No number of a commit that may have been answered is used again.
void a_recovery_jumps_ahead_of_every_sequence_seen(void**) {
  const ThreeCommits log;
  const uint64_t before = log.writer->point().seq;
  flip_bit_of(log.body(), log.starts[1]);
  const uint64_t after = recovered_writer(log.maps)->point().seq;
  assert_true(after >= before + (1 << 24));
  assert_true(recovered_writer(log.maps, 5)->point().seq >= after + (1 << 24));
  assert_true(first_session_seq(UINT64_MAX / 2) > UINT64_MAX / 2);
}

void entries_lost_or_damaged_behind_the_checkpoint_are_made_again(void**) {
  ThreeCommits log;
  replace(*log.writer, log.maps, 1, "changed");
  erase(*log.writer, log.maps, 2);
  const std::vector<uint8_t> zeros(3 * kEntrySize);
  assert_ok(log.header().write(entry_offset(0), zeros));
  const auto recovered = recovered_writer(log.maps);
  const LogView view = view_of(log.maps, recovered->point());
  assert_string_equal(text_at(view, 0).c_str(), "text 0");
  assert_string_equal(text_at(view, 1).c_str(), "changed");
  assert_string_equal(text_at(view, 2).c_str(), "-");
}

void words_lost_behind_the_checkpoint_are_made_again(void**) {
  ThreeCommits log;
  replace(*log.writer, log.maps, 0, "second");
  checkpoint(*log.writer);
  replace(*log.writer, log.maps, 0, "third");
  erase(*log.writer, log.maps, 1);
  const std::vector<uint8_t> zeros(8 * kVersionWords);
  assert_ok(log.header().write(entry_offset(1) + kVersionWordsAt, zeros));
  const auto recovered = recovered_writer(log.maps);
  const LogView view = view_of(log.maps, recovered->point());
  assert_string_equal(text_at(view, 0).c_str(), "third");
  assert_string_equal(text_at(view, 1).c_str(), "-");
}

// In memory: a reader sees the same, and the files stay as they are.
void a_reader_redoes_only_what_differs_and_writes_nothing(void**) {
  ThreeCommits log;
  erase(*log.writer, log.maps, 2);
  const CommitPoint checkpoint = log.maps->newest_checkpoint()->point;
  const ScanResult scan = value_of(scan_from_checkpoint(*log.maps));
  assert_int_equal(value_of(redo_in_memory(*log.maps, checkpoint, scan)).size(), 0);
  const std::vector<uint8_t> zeros(kEntrySize);
  assert_ok(log.header().write(entry_offset(2), zeros));
  const RedoneEntries redone = value_of(redo_in_memory(*log.maps, checkpoint, scan));
  assert_int_equal(redone.size(), 1);
  assert_int_equal(redone.count(2), 1);
  LogView view = view_of(log.maps, scan.point);
  view.redone = &redone;
  assert_string_equal(text_at(view, 2).c_str(), "-");
  assert_memory_equal(log.maps->header() + entry_offset(2), zeros.data(), kEntrySize);
}

// A replacement lost with the tail: its word stays and must count as none until it is swept.
void a_leftover_word_counts_as_none_and_is_swept(void**) {
  ThreeCommits log;
  checkpoint(*log.writer);
  const uint64_t lost = log.writer->point().body_length;
  replace(*log.writer, log.maps, 0, "lost");
  flip_bit_of(log.body(), lost);
  const auto recovered = recovered_writer(log.maps);
  assert_true(recovered->has_leftovers());
  assert_string_equal(text_at(view_of(log.maps, recovered->point()), 0).c_str(), "text 0");
  for (int i = 3; i < 9; ++i) put(*recovered, "id" + std::to_string(i), "longer than a frame");
  assert_string_equal(text_at(view_of(log.maps, recovered->point()), 0).c_str(), "text 0");
  assert_int_equal(value_of(recovered->sweep_words(0, 100)), 1);
  assert_ok(recovered->finish_sweep());
  assert_false(recovered->has_leftovers());
  assert_int_equal(value_of(recovered->sweep_words(0, 100)), 0);
  assert_string_equal(text_at(view_of(log.maps, recovered->point()), 0).c_str(), "text 0");
}

// Below the mark the same word is damage: an old version must never come back by a flipped bit.
void a_word_that_leads_nowhere_below_the_mark_is_corrupt(void**) {
  ThreeCommits log;
  const uint64_t frame = log.writer->point().body_length;
  replace(*log.writer, log.maps, 0, "second");
  checkpoint(*log.writer);
  checkpoint(*log.writer);
  flip_bit_of(log.body(), frame + 20);
  Version version;
  const Status status = find_version(view_of(log.maps, log.writer->point()), 0, version);
  assert_code(status, Code::kCorrupt);
  assert_non_null(strstr(status.message(), "slot 0"));
}

void a_flipped_bit_of_a_word_is_corrupt(void**) {
  ThreeCommits log;
  replace(*log.writer, log.maps, 0, "second");
  for (uint64_t byte = 0; byte < 8; ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      const uint64_t place = entry_offset(0) + kVersionWordsAt + byte;
      const auto mask = static_cast<uint8_t>(1U << bit);
      flip_bit_of(log.header(), place, mask);
      Version version;
      const Status status = find_version(view_of(log.maps, log.writer->point()), 0, version);
      assert_code(status, Code::kCorrupt);
      flip_bit_of(log.header(), place, mask);
    }
  }
  assert_string_equal(text_at(view_of(log.maps, log.writer->point()), 0).c_str(), "second");
}

void frames_that_contradict_the_history_end_the_scan(void**) {
  const ThreeCommits log;
  LogView view = view_of(log.maps, log.writer->point());
  FrameHead head;
  assert_ok(read_frame(view, log.starts[2], UINT64_MAX, head));
  CommitPoint point = log.writer->point();
  assert_code(apply_frame(view, head, log.starts[2], point), Code::kCorrupt);  // slot 2 again
  head.slot = 3;
  assert_ok(apply_frame(view, head, log.starts[2], point));
  head.kind = FrameKind::kReplace;
  head.slot = 9;
  assert_code(apply_frame(view, head, log.starts[2], point), Code::kCorrupt);
  head.kind = FrameKind::kDelete;
  head.slot = 0;
  head.former_delete = 4096;
  assert_code(apply_frame(view, head, log.starts[2], point), Code::kCorrupt);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_scan_finds_all_whole_commits),
      cmocka_unit_test(a_torn_last_frame_ends_the_log),
      TEST_ON_MEMORY(a_batch_without_its_last_frame_is_dropped_whole),
      TEST_ON_MEMORY(frames_of_an_abandoned_timeline_never_come_back),
      TEST_ON_MEMORY(damage_to_what_was_durable_is_rot_and_named),
      TEST_ON_MEMORY(rot_in_the_last_durable_frame_cannot_be_told_from_a_torn_one),
      TEST_ON_MEMORY(accepted_loss_cuts_at_the_rot_and_erases_the_rest),
      TEST_ON_MEMORY(a_recovered_log_is_clean_and_recovers_to_itself),
      TEST_ON_MEMORY(a_recovery_jumps_ahead_of_every_sequence_seen),
      TEST_ON_MEMORY(entries_lost_or_damaged_behind_the_checkpoint_are_made_again),
      TEST_ON_MEMORY(words_lost_behind_the_checkpoint_are_made_again),
      TEST_ON_MEMORY(a_reader_redoes_only_what_differs_and_writes_nothing),
      TEST_ON_MEMORY(a_leftover_word_counts_as_none_and_is_swept),
      TEST_ON_MEMORY(a_word_that_leads_nowhere_below_the_mark_is_corrupt),
      TEST_ON_MEMORY(a_flipped_bit_of_a_word_is_corrupt),
      TEST_ON_MEMORY(frames_that_contradict_the_history_end_the_scan),
  };
  return cmocka_run_group_tests_name("log_recovery", tests, nullptr, nullptr);
}
