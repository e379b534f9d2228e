#include "model/shared_run.h"

#include <cctype>
#include <cerrno>
#include <cstdio>

#include "model/model_operations.h"

namespace dam::test {
namespace {

StoreOptions shared_options() {
  StoreOptions options = model_options(false);
  options.shared_writer = true;
  return options;
}

}  // namespace

std::string SharedPlan::name() const {
  char text[96];
  std::snprintf(text, sizeof text, "2:%s/%d%d%d%d", letters.c_str(), base, kill, durable,
                explore_all);
  return text;
}

bool SharedPlan::parse(const std::string& name, SharedPlan& out) {
  const size_t slash = name.find('/');
  if (!name.starts_with("2:") || slash == std::string::npos || name.size() < slash + 5)
    return false;
  const auto digit = [&](size_t i) { return name[slash + 1 + i] - '0'; };
  out = {name.substr(2, slash - 2), digit(0), digit(1), digit(2) != 0, digit(3) != 0};
  return true;
}

std::string SharedRun::place() const { return plan_.name() + " @" + std::to_string(boundary_); }

void SharedRun::expect(const Status& status, const char* what) {
  if (!status.ok())
    explorer_.report(place(), std::string(what) + ": " +
                                  std::to_string(static_cast<int>(status.code())) + " " +
                                  status.message());
}

void SharedRun::run(const MemoryFileSystem& base, const ArrayModel& base_model) {
  files_ = base.clone();
  model_ = base_model;
  const Mount mount(*files_);
  const Interposed interposed(*this, 0);
  if (!open_writer(0) || !open_writer(1)) return;
  while (!all_begun() && !explorer_.is_done()) step();
  look_at_boundary();
  is_looking_ = true;
  snapshots_.clear();
  readers_.clear();
  files_->crash_at_call(0);
  for (auto& each : writers_) each.reset();
}

bool SharedRun::open_writer(int number) {
  auto opened = Store::open(kArrayPath, shared_options());
  expect(opened.status(), "open beside the other writer");
  if (opened.ok()) writers_[number] = std::move(opened.value());
  return opened.ok();
}

void SharedRun::step() {
  const char letter = plan_.letters[next_++];
  constexpr int64_t kBetweenOperations = 10000;
  pass_time(kBetweenOperations);
  active_ = std::islower(static_cast<unsigned char>(letter)) != 0 ? 1 : 0;
  if (writers_[active_] == nullptr && !open_writer(active_)) return;
  perform(static_cast<char>(std::toupper(static_cast<unsigned char>(letter))));
  look_at_writers();
}

void SharedRun::perform(char letter) {
  switch (letter) {
    case 'A':
      return append(1);
    case 'E':
      return append(3);
    case 'R':
      return replace_first();
    case 'D':
      return delete_last();
    case 'S':
      return sync();
    case 'C':
      expect(writer().checkpoint_finish(), "checkpoint");
      return model_.note_durable();
    case 'O':
      return reopen();
    case 'G':
      return prune();
    case 'K':
      return clear();
    case 'M':
      return die_in_batch();
    case 'X':
      return fail_sync();
    default:
      return open_reader();
  }
}

void SharedRun::commit(const std::vector<WriteOperation>& operations, const Content& after) {
  model_.begin(after);
  const bool durable = plan_.durable && operations.size() == 1;
  const auto done =
      writer().commit(operations, durable ? Durability::kDurable : Durability::kVisible);
  expect(done.status(), "commit");
  if (!done.ok()) return model_.fail();
  if (done.value().revision <= model_.greatest_revision())
    explorer_.report(place(), "a revision is given again");
  model_.answer(done.value().revision);
  if (durable) model_.note_durable();
  expect(check_lookups(*writer().view(), model_.latest()), "look-ups after a commit");
}

// A new document needs no sync, unless somebody died: else each turn would recover.
void SharedRun::append(int count) {
  Content after = model_.latest();
  std::vector<WriteOperation> operations;
  for (int i = 0; i < count; ++i) {
    after.push_back(model_document(unused_id(after), model_.next_version()));
    operations.push_back(put(after.back()));
  }
  const int syncs = syncs_;
  commit(operations, after);
  if (!any_died_ && !plan_.durable && syncs_ != syncs)
    explorer_.report(place(), "a writer syncs for an append, though nobody died");
}

void SharedRun::replace_first() {
  Content after = model_.latest();
  if (after.empty()) return append(1);
  after[0] = model_document(after[0]->id, model_.next_version());
  commit({set(after[0])}, after);
}

void SharedRun::delete_last() {
  Content after = model_.latest();
  if (after.empty()) return;
  const DocumentPointer last = after.back();
  after.pop_back();
  commit({erase(last)}, after);
}

void SharedRun::sync() {
  expect(writer().sync(), "sync");
  model_.note_durable();
}

void SharedRun::prune() {
  const Content same = model_.latest();
  model_.begin(same);
  expect(writer().prune({}), "prune");
  note_switch(same);
}

void SharedRun::clear() {
  model_.begin({});
  expect(writer().clear().status(), "clear");
  note_switch({});
}

void SharedRun::note_switch(const Content& content) {
  const uint64_t revision = writer().view()->revision();
  if (revision <= model_.greatest_revision())
    explorer_.report(place(), "a switch has the revision of a commit");
  model_.answer(revision);
  model_.note_durable();
  expect(check_lookups(*writer().view(), content), "look-ups after a switch");
}

void SharedRun::reopen() {
  expect(writer().close(), "close");
  model_.note_durable();
  writers_[active_].reset();
  open_writer(active_);
}

void SharedRun::open_reader() {
  auto opened = Store::open(kArrayPath, model_options(true));
  expect(opened.status(), "read-only open");
  if (!opened.ok()) return;
  readers_.push_back(std::move(opened.value()));
  snapshots_.push_back({readers_.back()->view(), model_.latest()});
}

// Replaces, deletes and appends; from one change on nothing that this process does has any effect.
void SharedRun::die_in_batch() {
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
  is_dying_ = any_died_ = true;
  changes_left_ = plan_.kill;
  static_cast<void>(writer().commit(operations, Durability::kVisible));
  is_dead_ = true;  // behind the last change at the latest
  writers_[active_].reset();
  is_dying_ = is_dead_ = false;
  let_the_other_settle();
}

// The pages count as clean from here on, though the disk never took them.
void SharedRun::fail_sync() {
  any_died_ = true;
  files_->fail_syncs(SyncFailure::kMarkedClean);
  const bool has_synced = writer().sync().ok();
  files_->fail_syncs(SyncFailure::kNone);
  if (has_synced) return model_.note_durable();  // nothing was left to sync
  let_the_other_settle();
  if (writer().close().code() != Code::kPoisoned)
    explorer_.report(place(), "a writer whose sync failed closes as if nothing had happened");
  writers_[active_].reset();
}

// Its turn recovers, durably; whether the open batch counts is known from then on.
void SharedRun::let_the_other_settle() {
  constexpr int64_t kToNotice = 10000;
  pass_time(kToNotice);
  const int other = 1 - active_;
  if (writers_[other] == nullptr && !open_writer(other)) return;
  Store& survivor = *writers_[other];
  expect(survivor.sync(), "the other writer's turn");
  const std::shared_ptr<const View> view = survivor.view();
  expect_allowed(*view, "the other writer");
  Content now;
  expect(read_content(*view, now), "the other writer's view");
  if (same_content(now, model_.latest()))
    model_.fail();
  else
    model_.answer(view->revision());
  model_.note_durable();
}

// Every writer sees the same once it looks, and what it saw before stays.
void SharedRun::look_at_writers() {
  if (explorer_.is_done()) return;
  for (const auto& each : writers_) {
    if (each == nullptr) continue;
    expect(each->reload().status(), "reload of a writer");
    expect(check_lookups(*each->view(), model_.latest()), "a writer's view");
    snapshots_.push_back({each->view(), model_.latest()});
  }
}

CallVerdict SharedRun::before(const CallFacts& facts) {
  if (is_looking_ || explorer_.is_done()) return {};
  const bool changes = changes_files(facts);
  if (is_dead_) return {.error = facts.kind == CallKind::kClose ? 0 : EIO};
  if (!changes) return {};
  look_at_boundary();
  if (!is_dying_) return {};
  if (changes_left_-- == 0) {
    is_dead_ = true;
    return {.error = EIO};
  }
  constexpr uint64_t kLeastSplit = 128;
  const bool is_rest = facts.offset == split_end_;
  split_end_ = UINT64_MAX;
  if (facts.kind != CallKind::kPwrite || facts.size < kLeastSplit || is_rest) return {};
  const uint64_t part = facts.size / 128 * 64;
  split_end_ = facts.offset + part;
  return {.most = part};
}

void SharedRun::after(const CallFacts& facts, intptr_t, int) {
  if (!is_looking_ && facts.kind == CallKind::kFdatasync) ++syncs_;
}

void SharedRun::look_at_boundary() {
  is_looking_ = true;
  ++boundary_;
  check_views();
  if (all_begun() || plan_.explore_all) {
    auto opened = Store::open(kArrayPath, model_options(true));
    expect(opened.status(), "read-only open beside the writers");
    if (opened.ok()) expect_allowed(*opened.value()->view(), "beside the writers");
    explorer_.explore(*files_, model_, place());
  }
  is_looking_ = false;
}

void SharedRun::check_views() {
  for (const Snapshot& snapshot : snapshots_) {
    Content now;
    expect(read_content(*snapshot.view, now), "a view");
    if (!same_content(now, snapshot.content))
      explorer_.report(
          place(), "a view changed from " + describe(snapshot.content) + " to " + describe(now));
  }
  if (readers_.empty()) return;
  expect(readers_.back()->reload().status(), "reload");
  expect_allowed(*readers_.back()->view(), "after reload");
}

void SharedRun::expect_allowed(const View& view, const char* what) {
  Content now;
  expect(read_content(view, now), what);
  for (const Content& allowed : model_.acceptable(Loss::kKill))
    if (same_content(allowed, now)) return;
  explorer_.report(place(), std::string(what) + " shows " + describe(now) + " instead of " +
                                describe(model_.latest()));
}

}  // namespace dam::test
