#include "model/history_run.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "format/commit_point.h"
#include "model/model_operations.h"

namespace dam::test {

std::string HistoryPlan::name() const {
  char text[96];
  std::snprintf(text, sizeof text, "%s/%d%d%d%d%d%d%d%d", letters.c_str(), base, before_sync,
                before_header, before_write, abort, split, durable, explore_all);
  return text;
}

bool HistoryPlan::parse(const std::string& name, HistoryPlan& out) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos || name.size() < slash + 9) return false;
  const auto digit = [&](size_t i) { return name[slash + 1 + i] - '0'; };
  out = {name.substr(0, slash), digit(0),      digit(1),     digit(2), digit(3), digit(4),
         digit(5) != 0,         digit(6) != 0, digit(7) != 0};
  return true;
}

HistoryRun::HistoryRun(const HistoryPlan& plan, CrashExplorer& explorer)
    : plan_(plan), explorer_(explorer) {}

std::string HistoryRun::place() const { return plan_.name() + " @" + std::to_string(boundary_); }

void HistoryRun::expect(const Status& status, const char* what) {
  if (!status.ok())
    explorer_.report(place(), std::string(what) + ": " +
                                  std::to_string(static_cast<int>(status.code())) + " " +
                                  status.message());
}

void HistoryRun::run(const MemoryFileSystem& base, const ArrayModel& base_model) {
  files_ = base.clone();
  model_ = base_model;
  const Mount mount(*files_);
  const Interposed interposed(*this, 0);
  auto opened = Store::open(kArrayPath, model_options(false));
  expect(opened.status(), "first open");
  if (!opened.ok()) return;
  store_ = std::move(opened.value());
  while (!all_begun() && !explorer_.is_done()) step();
  if (checkpoint_begun_) finish_checkpoint();
  if (!is_looking_) look_at_boundary();  // else the last letter damaged the array
  is_looking_ = true;
  snapshots_.clear();
  readers_.clear();
  if (store_ != nullptr) stop_process(*files_, store_);
}

void HistoryRun::step() {
  const char letter = plan_.letters[next_++];
  constexpr int64_t kBetweenOperations = 10000;
  pass_time(kBetweenOperations);
  perform(letter);
  if (checkpoint_begun_ && !in_checkpoint_sync_) {
    const auto wanted = static_cast<size_t>(plan_.before_sync);
    const size_t begun_at = plan_.letters.find('C') + 1;
    if (letter != 'C' || wanted == 0)
      if (next_ - begun_at >= wanted || all_begun()) finish_checkpoint();
  }
}

// What syncs itself waits for the sync that runs; closing joins the thread first.
bool HistoryRun::may_run_inside(char letter) const {
  if (may_sweep_) return letter == 'P' || letter == 'C';
  if (letter == 'R' || letter == 'D') return has_words_ && !plan_.durable;
  if (letter == 'A') return !plan_.durable;
  return letter == 'E' || letter == 'P' || letter == 'C';
}

// Operations that other threads bring while the checkpoint syncs.
void HistoryRun::steps(int count) {
  in_steps_ = true;
  for (int i = 0; i < count && !all_begun() && may_run_inside(plan_.letters[next_]); ++i) step();
  in_steps_ = false;
}

void HistoryRun::perform(char letter) {
  switch (letter) {
    case 'A':
      return append(1);
    case 'E':
      return append(3);
    case 'R':
      return replace_first();
    case 'D':
      return delete_last();
    case 'S': {
      const Status synced = store_->sync();
      if (!model_.is_uncertain()) expect(synced, "sync");
      if (synced.ok()) model_.note_durable();
      return;
    }
    case 'C':
      return begin_checkpoint();
    case 'O':
      return reopen();
    case 'F':
      return fail_batch();
    case 'X':
      return fail_sync();
    case 'B':
      return damage_newest();
    case 'G':
      return prune();
    case 'H':
      return prune_reversed();
    case 'K':
      return clear();
    default:
      return open_reader();
  }
}

void HistoryRun::commit(const std::vector<WriteOperation>& operations, const Content& after) {
  if (model_.is_uncertain()) return;
  model_.begin(after);
  const bool durable = plan_.durable && operations.size() == 1;
  const auto done =
      store_->commit(operations, durable ? Durability::kDurable : Durability::kVisible);
  expect(done.status(), "commit");
  if (!done.ok()) return model_.fail_uncertain();
  if (done.value().revision <= model_.greatest_revision())
    explorer_.report(place(), "a revision is given again");
  model_.answer(done.value().revision);
  if (durable) model_.note_durable();
  expect(check_lookups(*store_->view(), model_.latest()), "look-ups after a commit");
}

void HistoryRun::append(int count) {
  Content after = model_.latest();
  std::vector<WriteOperation> operations;
  for (int i = 0; i < count; ++i) {
    after.push_back(model_document(unused_id(after), model_.next_version()));
    operations.push_back(put(after.back()));
  }
  commit(operations, after);
}

void HistoryRun::replace_first() {
  Content after = model_.latest();
  if (after.empty()) return append(1);
  after[0] = model_document(after[0]->id, model_.next_version());
  commit({set(after[0])}, after);
  has_words_ = true;
}

void HistoryRun::delete_last() {
  Content after = model_.latest();
  if (after.empty()) return;
  const DocumentPointer last = after.back();
  after.pop_back();
  commit({erase(last)}, after);
  has_words_ = true;
}

void HistoryRun::prune() {
  if (model_.is_uncertain()) return;
  PruneOptions options;
  if (plan_.before_write != 0) options.last_pass_bytes = 0;
  in_first_pass_ = true;
  const Status pruned = store_->prune(options);
  in_first_pass_ = false;
  if (model_.is_uncertain()) return;
  expect(pruned, "prune");
  const Content same = model_.latest();
  model_.begin(same);
  note_switch(same);
}

// What other threads bring while a prune syncs what it has copied so far.
void HistoryRun::run_inside_prune() {
  in_first_pass_ = false;
  in_steps_ = true;
  for (int i = 0; i < plan_.before_header && !all_begun(); ++i) {
    if (std::strchr("AERDSCFP", plan_.letters[next_]) == nullptr) break;
    step();
  }
  in_steps_ = false;
}

void HistoryRun::prune_reversed() {
  if (model_.is_uncertain()) return;
  const Content reversed(model_.latest().rbegin(), model_.latest().rend());
  std::vector<int64_t> order;
  for (size_t i = reversed.size(); i-- > 0;) order.push_back(static_cast<int64_t>(i));
  model_.begin(reversed);
  PruneOptions options;
  options.order = order;
  expect(store_->prune(options), "prune with an order");
  note_switch(reversed);
}

void HistoryRun::clear() {
  if (model_.is_uncertain()) return;
  model_.begin({});
  expect(store_->clear().status(), "clear");
  note_switch({});
}

// A switch of generations was answered: it is a commit, and durable.
void HistoryRun::note_switch(const Content& content) {
  const uint64_t revision = store_->view()->revision();
  if (revision <= model_.greatest_revision())
    explorer_.report(place(), "a switch has the revision of a commit");
  model_.answer(revision);
  model_.note_durable();
  has_words_ = false;
  may_sweep_ = false;
  expect(check_lookups(*store_->view(), content), "look-ups after a switch");
}

// Replaces, appends and deletes in one batch, one of whose writes fails (or more).
void HistoryRun::fail_batch() {
  if (model_.is_uncertain()) return;
  Content after = model_.latest();
  std::vector<WriteOperation> operations;
  DocumentPointer last;
  if (after.size() > 1) {
    last = after.back();
    after.pop_back();
    operations.push_back(erase(last));
  }
  if (!after.empty()) {
    after[0] = model_document(after[0]->id, model_.next_version());
    operations.push_back(set(after[0]));
  }
  for (int i = 0; i < 2; ++i) {
    after.push_back(model_document(unused_id(after), model_.next_version()));
    operations.push_back(put(after.back()));
  }
  model_.begin(after);
  is_failing_ = true;
  writes_failing_ = 0;
  faults_ = 0;
  const auto done = store_->commit(operations, Durability::kVisible);
  is_failing_ = false;
  if (done.ok()) return model_.answer(done.value().revision);
  if (done.status().code() == Code::kPoisoned) return model_.fail_uncertain();
  model_.fail();
  expect(check_lookups(*store_->view(), model_.latest()), "look-ups after a failed batch");
}

// 0: the frames after half their bytes; 1: the entries; 2, 3: a version word; 4: the entries, and
// the next sync, so that the batch cannot be killed; 5: the publication.
CallVerdict HistoryRun::fail_write(const CallFacts& facts) {
  if (plan_.abort == 4 && facts.kind == CallKind::kFdatasync && faults_ == 1) {
    ++faults_;
    return {.error = EIO};
  }
  // Before the frames a checkpoint may be marked: that failure would leave nothing to kill.
  if (facts.kind != CallKind::kPwrite || facts.offset < kPublicationAt[0]) return {};
  const int number = writes_failing_++;
  if (plan_.abort == 0 && number == 0) return {.most = facts.size / 128 * 64};
  constexpr int kFailing[kAbortPlans] = {1, 1, 2, 3, 1, 4};
  if (number != kFailing[plan_.abort] || faults_ != 0) return {};
  ++faults_;
  return {.error = plan_.abort % 2 == 0 ? ENOSPC : EIO};
}

// The pages count as clean from here on, though the disk never took them.
void HistoryRun::fail_sync() {
  files_->fail_syncs(SyncFailure::kMarkedClean);
  if (store_->sync().ok()) explorer_.report(place(), "a sync that failed is answered with success");
  files_->fail_syncs(SyncFailure::kNone);
  model_.fail_uncertain();
}

// One byte of the frame that holds the first document goes bad: no older version may take its
// place.
void HistoryRun::damage_newest() {
  is_looking_ = true;
  const std::shared_ptr<const View> view = store_->view();
  uint64_t slot = 0;
  Record record;
  expect(view->slot_at(0, slot), "the first slot");
  expect(view->record(slot, View::Check::kAlways, record), "the first document");
  const std::string path = std::string(kArrayPath) + "/body.bin";
  const int fd = calls().open(path.c_str(), O_RDWR, 0);
  const uint8_t bad = 0xA5;
  calls().pwrite(fd, &bad, 1, static_cast<off_t>(record.offset + 40));
  calls().close(fd);
  Content content;
  const Status read = read_content(*view, content);
  if (read.code() != Code::kCorrupt)
    explorer_.report(place(), "behind a damaged frame shows " + describe(content));
}

CallVerdict HistoryRun::split_write(const CallFacts& facts) {
  if (!plan_.split || facts.kind != CallKind::kPwrite || facts.size < 16) return {};
  const bool is_rest = facts.offset == split_end_;
  split_end_ = UINT64_MAX;
  if (is_rest) return {};
  const uint64_t part = facts.size / 16 * 8;
  split_end_ = facts.offset + part;
  return {.most = part};
}

void HistoryRun::begin_checkpoint() {
  if (checkpoint_begun_ || model_.is_uncertain()) return;
  expect(store_->checkpoint_begin(), "begin of a checkpoint");
  checkpoint_begun_ = true;
  checkpoint_commit_ = model_.commits() - 1;
}

void HistoryRun::finish_checkpoint() {
  in_checkpoint_sync_ = true;
  checkpoint_syncs_ = 0;
  const Status finished = store_->checkpoint_finish();
  in_checkpoint_sync_ = false;
  checkpoint_begun_ = false;
  if (model_.is_uncertain()) return;
  expect(finished, "end of a checkpoint");
  model_.note_durable(checkpoint_commit_);
}

void HistoryRun::reopen() {
  if (checkpoint_begun_) finish_checkpoint();
  const Status closed = store_->close();
  if (!model_.is_uncertain()) {
    expect(closed, "close");
    model_.note_durable();
  }
  store_.reset();
  has_words_ = false;
  may_sweep_ = may_sweep_ || model_.is_uncertain() || plan_.letters.find('C') < next_;
  auto opened = Store::open(kArrayPath, model_options(false));
  expect(opened.status(), "open after close");
  if (!opened.ok()) {
    next_ = plan_.letters.size();
    return;
  }
  store_ = std::move(opened.value());
  Content content;
  expect(read_content(*store_->view(), content), "read after close");
  bool known = false;
  for (const Content& allowed : model_.acceptable(Loss::kKill))
    known = known || same_content(allowed, content);
  if (!known)
    explorer_.report(place(), "after close and open: " + describe(content) + " instead of " +
                                  describe(model_.latest()));
  model_.start_from(content, store_->view()->revision());
}

void HistoryRun::open_reader() {
  StoreOptions options = model_options(true);
  auto opened = Store::open(kArrayPath, options);
  expect(opened.status(), "read-only open");
  if (!opened.ok()) return;
  readers_.push_back(std::move(opened.value()));
  Snapshot snapshot = {readers_.back()->view(), {}};
  expect(read_content(*snapshot.view, snapshot.content), "read-only read");
  if (!model_.is_uncertain() && !same_content(snapshot.content, model_.latest()))
    explorer_.report(place(), "a reader sees " + describe(snapshot.content) + " instead of " +
                                  describe(model_.latest()));
  snapshots_.push_back(std::move(snapshot));
}

CallVerdict HistoryRun::before(const CallFacts& facts) {
  if (is_looking_ || explorer_.is_done()) return {};
  if (in_checkpoint_sync_ && !in_steps_ && facts.kind == CallKind::kFdatasync &&
      checkpoint_syncs_ == 1) {
    ++checkpoint_syncs_;
    steps(plan_.before_header);
  }
  if (in_first_pass_ && facts.kind == CallKind::kFdatasync) run_inside_prune();
  if (changes_files(facts)) look_at_boundary();
  if (is_failing_) {
    const CallVerdict verdict = fail_write(facts);
    if (verdict.error != 0 || verdict.most != UINT64_MAX) return verdict;
  }
  return split_write(facts);
}

void HistoryRun::after(const CallFacts& facts, intptr_t, int error) {
  if (is_looking_ || explorer_.is_done()) return;
  if (!in_checkpoint_sync_ || in_steps_ || facts.kind != CallKind::kFdatasync || error != 0) return;
  if (++checkpoint_syncs_ == 3) steps(plan_.before_write);
}

// Between two calls of the writer.
void HistoryRun::look_at_boundary() {
  is_looking_ = true;
  ++boundary_;
  step_readers();
  if (all_begun() || plan_.explore_all) {
    check_live_open();
    explorer_.explore(*files_, model_, place());
  }
  is_looking_ = false;
}

void HistoryRun::step_readers() {
  for (const Snapshot& snapshot : snapshots_) {
    Content now;
    expect(read_content(*snapshot.view, now), "a reader's view");
    if (!same_content(now, snapshot.content))
      explorer_.report(place(), "a reader's view changed from " + describe(snapshot.content) +
                                    " to " + describe(now));
  }
  if (readers_.empty()) return;
  const auto reloaded = readers_.back()->reload();
  expect(reloaded.status(), "reload");
  Content now;
  const std::shared_ptr<const View> view = readers_.back()->view();
  expect(read_content(*view, now), "read after reload");
  if (reloaded.ok() && reloaded.value()) snapshots_.push_back({view, now});
  for (const Content& allowed : model_.acceptable(Loss::kKill))
    if (same_content(allowed, now)) return;
  explorer_.report(
      place(), "a reader reloads " + describe(now) + " instead of " + describe(model_.latest()));
}

// A reader that opens just now, beside the living writer, and what it says by ids.
void HistoryRun::check_live_open() {
  auto opened = Store::open(kArrayPath, model_options(true));
  expect(opened.status(), "read-only open beside the writer");
  if (!opened.ok()) return;
  Content now;
  expect(read_content(*opened.value()->view(), now), "read beside the writer");
  expect(check_lookups(*opened.value()->view(), now), "look-ups beside the writer");
  for (const Content& allowed : model_.acceptable(Loss::kKill))
    if (same_content(allowed, now)) return;
  explorer_.report(place(), "beside the writer shows " + describe(now) + " instead of " +
                                describe(model_.latest()));
}

}  // namespace dam::test
