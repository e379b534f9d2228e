#include "model/crash_explorer.h"

#include <algorithm>

#include "store/verify_array.h"

namespace dam::test {
namespace {

constexpr int64_t kReboot = 1000000000;
constexpr uint64_t kPruneEach = 16;  // of the states, when checked in full

unsigned long long print(uint64_t value) { return value; }

Status violation(const std::string& text) {
  return Status::error(Code::kInternal, "%s", text.c_str());
}

Status with(const char* what, Status status) {
  if (status.ok()) return status;
  return violation(std::string(what) + ": " + std::to_string(static_cast<int>(status.code())) +
                   " " + status.message());
}

Status match(const View& view, const Expectation& expected, Content& out) {
  DAM_TRY(read_content(view, out));
  for (const Content& content : expected.contents)
    if (same_content(out, content)) return {};
  std::string text = "shows " + describe(out) + ", allowed are";
  for (const Content& content : expected.contents) text += " " + describe(content);
  return violation(text);
}

}  // namespace

const char kArrayPath[] = "/array";

void pass_time(int64_t nanoseconds) {
  const timespec pause = {nanoseconds / 1000000000, static_cast<long>(nanoseconds % 1000000000)};
  calls().nanosleep(&pause, nullptr);
}

StoreOptions model_options(bool read_only) {
  StoreOptions options;
  options.read_only = read_only;
  options.upkeep_thread = false;
  options.window_bytes = 1 << 20;
  return options;
}

void stop_process(MemoryFileSystem& files, std::shared_ptr<Store>& store) {
  files.crash_at_call(0);
  store.reset();
}

void CrashExplorer::report(const std::string& place, const std::string& what) {
  if (!is_done()) violations_.push_back("{" + place + "} " + what);
}

void CrashExplorer::explore(const MemoryFileSystem& files, const ArrayModel& model,
                            const std::string& place) {
  Expectation expected;
  expected.greatest_revision = model.greatest_revision();
  expected.contents = model.acceptable(Loss::kKill);
  expected.after_cut = model.acceptable(Loss::kPower);
  expected.place = place + " kill";
  explore_kill(files, expected);
  expected.contents = expected.after_cut;
  if (!options_.strict_revisions) expected.greatest_revision = model.durable_revision();
  expected.place = place;
  explore_cuts(files, expected, options_.images, options_.depth);
}

void CrashExplorer::explore_creation(const MemoryFileSystem& files, const std::string& place) {
  Expectation expected;
  expected.contents = expected.after_cut = {Content()};
  expected.may_be_absent = true;
  expected.place = place + " kill";
  explore_kill(files, expected);
  expected.place = place;
  explore_cuts(files, expected, options_.images, options_.depth);
}

void CrashExplorer::explore_kill(const MemoryFileSystem& files, const Expectation& expected) {
  if (is_done()) return;
  const std::unique_ptr<MemoryFileSystem> killed = files.clone();
  killed->fail_syncs(SyncFailure::kNone);
  check_state(*killed, expected, options_.depth);
}

void CrashExplorer::explore_cuts(const MemoryFileSystem& files, const Expectation& expected,
                                 uint64_t limit, int depth) {
  CrashImages images(files, {.seed = options_.seed + states_, .limit = limit});
  Expectation here = expected;
  uint64_t number = 0;
  while (!is_done()) {
    const std::unique_ptr<MemoryFileSystem> image = images.next();
    if (image == nullptr) return;
    here.place = expected.place + " i" + std::to_string(number++);
    const size_t before = violations_.size();
    check_state(*image, here, depth);
    if (violations_.size() != before) violations_.back() += "\n" + images.description();
  }
}

void CrashExplorer::check_state(MemoryFileSystem& files, const Expectation& expected, int depth) {
  const uint64_t number = states_++;
  const bool wanted = replayed_.empty() || expected.place.starts_with(replayed_);
  if (!wanted && !replayed_.starts_with(expected.place)) return;
  const bool deep = depth > 0 && (number % options_.deep_each == 0 || !replayed_.empty());
  const std::unique_ptr<MemoryFileSystem> before = deep ? files.clone() : nullptr;
  const bool thorough = number % options_.thorough_each == 0 || !replayed_.empty();
  const Status checked = check_opens(files, expected, thorough);
  if (!checked.ok()) report(expected.place, checked.message());
  if (deep && checked.ok()) cut_recovery(*before, expected, depth - 1);
}

// Each change that an open for writing makes is its last one in turn.
void CrashExplorer::cut_recovery(const MemoryFileSystem& files, const Expectation& expected,
                                 int depth) {
  Expectation here = expected;
  for (uint64_t change = 0; !is_done(); ++change) {
    const std::unique_ptr<MemoryFileSystem> cut = files.clone();
    cut->crash_at_change(change, change % 2 == 0 ? 0 : 64);
    bool finished = false;
    {
      const Mount mount(*cut);
      auto store = Store::open(kArrayPath, model_options(false));
      finished = !cut->is_dead();
      cut->crash_at_call(0);
    }
    cut->kill();
    if (finished) return;
    ++recoveries_;
    here.place = expected.place + " r" + std::to_string(change);
    here.contents = expected.after_cut;
    here.greatest_revision = 0;
    explore_cuts(*cut, here, options_.recovery_images, depth);
    here.place += " kill";
    here.contents = expected.contents;
    here.greatest_revision = expected.greatest_revision;
    check_state(*cut, here, depth);
  }
}

Status CrashExplorer::check_opens(MemoryFileSystem& files, const Expectation& expected,
                                  bool thorough) {
  const Mount mount(files);
  pass_time(kReboot);
  const uint64_t changes = files.changes_made();
  auto reader = Store::open(kArrayPath, model_options(true));
  Content read;
  std::shared_ptr<const View> read_view;
  if (reader.ok()) {
    read_view = reader.value()->view();
    DAM_TRY(with("read-only open", match(*read_view, expected, read)));
    DAM_TRY(with("read-only look-ups", check_lookups(*read_view, read)));
    if (files.changes_made() != changes) return violation("a read-only open wrote");
  } else if (!expected.may_be_absent || reader.status().code() != Code::kNotFound) {
    return with("read-only open", reader.status());
  }
  auto writer = Store::open(kArrayPath, model_options(false));
  DAM_TRY(with("open", writer.status()));
  std::shared_ptr<Store> store = std::move(writer.value());
  Content content;
  Status status = with("open", match(*store->view(), expected, content));
  if (status.ok() && reader.ok() && !same_content(read, content))
    status = violation("read-only showed " + describe(read) + ", recovery " + describe(content));
  if (status.ok()) status = with("look-ups", check_lookups(*store->view(), content));
  if (status.ok() && thorough) status = check_append(files, *store, expected, content);
  if (status.ok() && thorough && states_ % kPruneEach == 0)
    status = check_prune(files, *store, content);
  if (status.ok() && read_view != nullptr) {
    Content again;
    status = with("a view from before recovery", read_content(*read_view, again));
    if (status.ok() && !same_content(read, again))
      status = violation("a view changed from " + describe(read) + " to " + describe(again));
  }
  stop_process(files, store);
  return status;
}

// The state is sound, takes a durable append of a revision never used, and the append survives.
Status CrashExplorer::check_append(MemoryFileSystem& files, Store& store,
                                   const Expectation& expected, Content& content) {
  std::string report;
  const Status sound = verify_array(kArrayPath, nullptr, report);
  if (!sound.ok()) return violation("verify: " + std::string(sound.message()) + "\n" + report);
  constexpr uint64_t kVersion = 1000;
  content.push_back(model_document(unused_id(content), kVersion));
  WriteOperation operation;
  operation.document = content.back()->bytes();
  const auto done = store.commit({&operation, 1}, Durability::kDurable);
  DAM_TRY(with("append after recovery", done.status()));
  if (done.value().revision <= expected.greatest_revision)
    return Status::error(Code::kInternal, "revision %llu is given again, after %llu",
                         print(done.value().revision), print(expected.greatest_revision));
  DAM_TRY(with("look-ups after an append", check_lookups(*store.view(), content)));
  return check_kept(files, content, "after a durable append and a power cut");
}

// A prune that follows a crash, whatever the crash left of an earlier one.
Status CrashExplorer::check_prune(MemoryFileSystem& files, Store& store, const Content& content) {
  DAM_TRY(with("prune after recovery", store.prune({})));
  DAM_TRY(with("look-ups after a prune", check_lookups(*store.view(), content)));
  std::string report;
  const Status sound = verify_array(kArrayPath, nullptr, report);
  if (!sound.ok()) return violation("verify: " + std::string(sound.message()) + "\n" + report);
  return check_kept(files, content, "after a prune and a power cut");
}

// What was answered durable outlives a few power cuts of this moment.
Status CrashExplorer::check_kept(const MemoryFileSystem& files, const Content& content,
                                 const char* what) {
  CrashImages images(files, {.seed = options_.seed, .limit = 3});
  while (const std::unique_ptr<MemoryFileSystem> image = images.next()) {
    const Mount mount(*image);
    auto again = Store::open(kArrayPath, model_options(false));
    DAM_TRY(with(what, again.status()));
    const Status kept = with(what, check_lookups(*again.value()->view(), content));
    stop_process(*image, again.value());
    DAM_TRY(kept);
  }
  return {};
}

}  // namespace dam::test
