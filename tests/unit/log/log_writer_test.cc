// Commits through a LogWriter: order, versions, words, failures half-way, leftovers and their
// sweep.
#include "log/log_writer.h"

#include "support/call_recorder.h"
#include "support/fault_injector.h"
#include "unit/log/log_fixture.h"

namespace dam::test {
namespace {

// The calls from number `first` on, without their numbers. A recorder knows the names of files that
// were opened while it was there.
std::string calls_since(const CallRecorder& recorder, size_t first) {
  std::string text;
  for (size_t i = first; i < recorder.lines().size(); ++i) {
    const std::string& line = recorder.lines()[i];
    text += line.substr(line.find(' ') + 1) + "\n";
  }
  return text;
}

void a_new_log_is_empty_and_clean(void**) {
  create_log();
  const auto maps = map_log();
  const auto checkpoint = maps->newest_checkpoint();
  assert_true(checkpoint.has_value());
  assert_int_equal(checkpoint->point.body_length, kBodyStart);
  assert_int_equal(checkpoint->point.slots, 0);
  assert_int_equal(checkpoint->point.salt, kFirstSalt);
  assert_false(log_continues(*maps, checkpoint->point, value_of(maps->files().body().size())));
}

void creating_again_over_documents_is_refused(void**) {
  create_log();
  put(*clean_writer(map_log()), "a", "text");
  assert_ok(remove_file(header_path(kDirectory)));
  assert_code(create_array_files(kDirectory, test_superblock(), 1), Code::kCorrupt);
}

void the_first_frame_of_a_writer_opens_a_session(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "a", "text");
  FrameHead head;
  assert_ok(read_frame(view_of(maps, writer->point()), kBodyStart, UINT64_MAX, head));
  assert_int_equal(head.kind, FrameKind::kSession);
  assert_true(head.commit);
  assert_int_equal(head.former_salt, kFirstSalt);
  assert_int_equal(head.salt, writer->point().salt);
  assert_int_not_equal(head.salt, kFirstSalt);
}

void a_commit_writes_frames_then_entries_then_words_then_the_publication(void**) {
  const CallRecorder recorder;
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "first");
  replace(*writer, maps, 0, "second");  // marks words suspect, once
  FrameBatch batch = value_of(writer->begin_batch(writer->point()));
  batch.put(key_of("id1"), payload_of_text("other"), 0);
  batch.replace(0, key_of("id0"), payload_of_text("third"),
                superseded_by_next(view_of(maps, writer->point()), 0));
  batch.seal();
  const std::string body_at = std::to_string(writer->point().body_length);
  const uint64_t place = kPublicationAt[1 - maps->newest_publication()->index];
  const size_t first = recorder.lines().size();
  assert_ok(writer->commit(batch.change()));
  const std::string wanted = "pwrite body.bin " + body_at +
                             "+256 = 256\n"
                             "pwrite header.bin 8256+64 = 64\n"
                             "pwrite header.bin 8232+8 = 8\n"
                             "pwrite header.bin " +
                             std::to_string(place) + "+128 = 128\n";
  assert_string_equal(calls_since(recorder, first).c_str(), wanted.c_str());
}

void the_mark_on_words_is_durable_before_the_first_word(void**) {
  const CallRecorder recorder;
  create_log();
  const auto maps = map_log();
  auto writer = clean_writer(maps);
  put(*writer, "id0", "first");
  checkpoint(*writer, true);
  writer = clean_writer(maps);
  assert_int_equal(maps->newest_checkpoint()->point.suspect, 0);
  const size_t first = recorder.lines().size();
  replace(*writer, maps, 0, "second");
  assert_int_equal(maps->newest_checkpoint()->point.suspect,
                   maps->newest_checkpoint()->point.body_length);
  const std::string text = calls_since(recorder, first);
  const size_t sync = text.find("fdatasync header.bin");
  const size_t word = text.find("pwrite header.bin 8224+8");
  assert_true(sync != std::string::npos && word != std::string::npos && sync < word);
}

void each_view_sees_its_own_version(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "0");
  std::vector<CommitPoint> points = {writer->point()};
  for (int i = 1; i < 20; ++i) {
    replace(*writer, maps, 0, std::to_string(i));
    points.push_back(writer->point());
    if (i % 4 == 0) checkpoint(*writer);
  }
  erase(*writer, maps, 0);
  for (size_t i = 0; i < points.size(); ++i)
    assert_string_equal(text_at(view_of(maps, points[i]), 0).c_str(), std::to_string(i).c_str());
  assert_string_equal(text_at(view_of(maps, writer->point()), 0).c_str(), "-");
}

// Three words: the newest published, the newest below the checkpoint, the newest below one begun.
void a_fourth_version_waits_for_the_checkpoint_that_has_begun(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "0");
  replace(*writer, maps, 0, "1");
  checkpoint(*writer);
  replace(*writer, maps, 0, "2");
  writer->begin_checkpoint();
  replace(*writer, maps, 0, "3");
  FrameBatch batch = value_of(writer->begin_batch(writer->point()));
  batch.replace(0, key_of("id0"), payload_of_text("4"),
                superseded_by_next(view_of(maps, writer->point()), 0));
  batch.seal();
  assert_true(writer->must_await_checkpoint(batch.change()));
  assert_ok(writer->sync_checkpoint());
  assert_ok(writer->finish_checkpoint(false));
  assert_false(writer->must_await_checkpoint(batch.change()));
  assert_ok(writer->commit(batch.change()));
  assert_string_equal(text_at(view_of(maps, writer->point()), 0).c_str(), "4");
}

void new_slots_never_wait_for_a_checkpoint(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "0");
  writer->begin_checkpoint();
  for (int i = 1; i < 10; ++i) put(*writer, "id" + std::to_string(i), "x");
  assert_int_equal(writer->point().slots, 10);
}

// At each write of the batch: what was there before is there after, and the next commit goes on.
void a_batch_that_fails_half_way_is_killed(void**) {
  for (uint64_t index = 0; index < 4; ++index) {
    mounted_memory::Mounted fresh;
    create_log();
    const auto maps = map_log();
    const auto writer = clean_writer(maps);
    put(*writer, "id0", "first");
    replace(*writer, maps, 0, "second");
    FrameBatch batch = value_of(writer->begin_batch(writer->point()));
    const CommitPoint before = writer->point();
    batch.replace(0, key_of("id0"), payload_of_text("lost"),
                  superseded_by_next(view_of(maps, before), 0));
    batch.put(key_of("id1"), payload_of_text("lost too"), 0);
    batch.seal();
    {
      const FaultInjector injector({.at = index, .kind = CallKind::kPwrite, .error = ENOSPC});
      assert_code(writer->commit(batch.change()), Code::kNoSpace);
    }
    assert_false(writer->is_poisoned());
    assert_int_equal(writer->point().slots, 1);
    assert_string_equal(text_at(view_of(maps, writer->point()), 0).c_str(), "second");
    // The first write failed before a byte of it was there: nothing had to be killed.
    assert_int_equal(writer->point().body_length, before.body_length + (index == 0 ? 0 : 64));
    const auto recovered = recovered_writer(maps);
    assert_int_equal(recovered->point().slots, 1);
    assert_string_equal(text_at(view_of(maps, recovered->point()), 0).c_str(), "second");
    put(*recovered, "id1", "after");
    assert_string_equal(text_at(view_of(maps, recovered->point()), 1).c_str(), "after");
  }
}

void a_batch_that_cannot_be_killed_poisons(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "first");
  FrameBatch batch = value_of(writer->begin_batch(writer->point()));
  batch.put(key_of("id1"), payload_of_text("lost"), 0);
  batch.seal();
  {
    const FaultInjector injector(
        {.at = 1, .kind = CallKind::kPwrite, .for_ever = true, .error = ENOSPC});
    assert_code(writer->commit(batch.change()), Code::kPoisoned);
  }
  assert_true(writer->is_poisoned());
  assert_code(writer->commit(batch.change()), Code::kPoisoned);
  assert_code(writer->sync_body(), Code::kPoisoned);
  writer->begin_checkpoint();
  assert_code(writer->sync_checkpoint(), Code::kPoisoned);
  assert_code(writer->finish_checkpoint(false), Code::kPoisoned);
  assert_string_equal(text_at(view_of(maps, writer->point()), 0).c_str(), "first");
}

void promised_commits_are_tried_again_as_they_are(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  FrameBatch batch = value_of(writer->begin_batch(writer->point()));
  batch.put(key_of("id0"), payload_of_text("promised"), 0);
  batch.seal();
  for (uint64_t index = 0; index < 3; ++index) {
    const FaultInjector injector({.at = index, .kind = CallKind::kPwrite, .error = ENOSPC});
    assert_code(writer->commit_promised(batch.change()), Code::kNoSpace);
    assert_false(writer->is_poisoned());
  }
  assert_ok(writer->commit_promised(batch.change()));
  assert_string_equal(text_at(view_of(maps, writer->point()), 0).c_str(), "promised");
}

void syncs_tell_how_much_is_durable(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  assert_int_equal(writer->durable_length(), kBodyStart);
  put(*writer, "a", "x");
  assert_int_equal(writer->durable_length(), kBodyStart);
  assert_ok(writer->sync_body());
  assert_int_equal(writer->durable_length(), writer->point().body_length);
  CallRecorder recorder;
  assert_ok(writer->sync_body());
  assert_string_equal(recorder.text().c_str(), "");
}

// How many of a recorder's lines from `first` on are of a call.
size_t count_of(const CallRecorder& recorder, size_t first, const std::string& call) {
  const std::string text = calls_since(recorder, first);
  size_t count = 0;
  for (size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) ++count;
  return count;
}

void synced_commits_find_their_space_allocated(void**) {
  const CallRecorder recorder;
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "not synced");
  put(*writer, "id1", "not synced");
  assert_int_equal(count_of(recorder, 0, "fallocate"), 0);
  assert_ok(writer->sync_body());
  for (int i = 2; i < 12; ++i) {
    put(*writer, "id" + std::to_string(i), "synced");
    assert_ok(writer->sync_body());
  }
  assert_int_equal(count_of(recorder, 0, "fallocate body.bin"), 1);
  assert_true(value_of(maps->files().body().size()) > writer->point().body_length);
  // What was allocated is no frame: a recovery ends where the log does.
  const auto recovered = recovered_writer(maps);
  assert_int_equal(recovered->point().slots, 12);
  put(*recovered, "id12", "after");
  assert_string_equal(text_at(view_of(maps, recovered->point()), 12).c_str(), "after");
}

void a_log_grows_by_its_writes_where_nothing_can_be_allocated(void**) {
  create_log();
  const auto maps = map_log();
  const auto writer = clean_writer(maps);
  put(*writer, "id0", "first");
  assert_ok(writer->sync_body());
  const FaultInjector injector(
      {.at = 0, .kind = CallKind::kFallocate, .for_ever = true, .error = ENOSPC});
  const CallRecorder recorder;
  put(*writer, "id1", "second");
  assert_ok(writer->sync_body());
  put(*writer, "id2", "third");
  assert_int_equal(count_of(recorder, 0, "fallocate"), 1);  // refused once, not asked again
  assert_int_equal(value_of(maps->files().body().size()), writer->point().body_length);
  assert_string_equal(text_at(view_of(maps, writer->point()), 2).c_str(), "third");
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_new_log_is_empty_and_clean),
      TEST_ON_MEMORY(creating_again_over_documents_is_refused),
      TEST_ON_MEMORY(the_first_frame_of_a_writer_opens_a_session),
      TEST_ON_MEMORY(a_commit_writes_frames_then_entries_then_words_then_the_publication),
      TEST_ON_MEMORY(the_mark_on_words_is_durable_before_the_first_word),
      TEST_ON_MEMORY(each_view_sees_its_own_version),
      TEST_ON_MEMORY(a_fourth_version_waits_for_the_checkpoint_that_has_begun),
      TEST_ON_MEMORY(new_slots_never_wait_for_a_checkpoint),
      cmocka_unit_test(a_batch_that_fails_half_way_is_killed),
      TEST_ON_MEMORY(a_batch_that_cannot_be_killed_poisons),
      TEST_ON_MEMORY(promised_commits_are_tried_again_as_they_are),
      TEST_ON_MEMORY(syncs_tell_how_much_is_durable),
      TEST_ON_MEMORY(synced_commits_find_their_space_allocated),
      TEST_ON_MEMORY(a_log_grows_by_its_writes_where_nothing_can_be_allocated),
  };
  return cmocka_run_group_tests_name("log_writer", tests, nullptr, nullptr);
}
