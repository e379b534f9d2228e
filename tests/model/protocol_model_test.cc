// The storage protocol against its model: every short history, every crash in it, each recovery.
//
//   protocol_model_test [--seed N] [--limit STATES] [--full] [--mistake NAME] [--replay PLACE]
//
// Without arguments: the quick run, then each seeded mistake, which must be noticed; with a limit
// the run alone. Every failure names its place; --replay with that place runs it alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/log_sink.h"
#include "base/seeded_mistake.h"
#include "model/history_run.h"
#include "model/shared_run.h"

namespace dam::test {
namespace {

// Those that switch generations come in the shorter histories, and in pairs of their own.
constexpr char kLetters[] = "AERDSCOFP";
constexpr char kAllLetters[] = "AERDSCOFPGHK";
constexpr char kSwitches[] = "GHK";
constexpr int kMostAllLetters = 3;
constexpr int kMostLetters = 4;
// Of two writers that take turns: in pairs all, in threes a part, with switches and deaths in each.
constexpr char kSharedLetters[] = "AERDSCOMXGKPaerdscomxgk";

struct Base {
  std::unique_ptr<MemoryFileSystem> files;
  ArrayModel model;
};

void add(Store& store, Content& content, uint64_t version) {
  content.push_back(model_document(unused_id(content), version));
  pass_time(10000);
  WriteOperation operation;
  operation.document = content.back()->bytes();
  if (!store.commit({&operation, 1}, Durability::kVisible).ok()) std::abort();
}

// An array with a past of two sessions: replaced, deleted and added again.
Base make_base(int number) {
  Base base;
  base.files = std::make_unique<MemoryFileSystem>();
  const Mount mount(*base.files);
  Content content;
  uint64_t revision = 0;
  for (int session = 0; session <= number; ++session) {
    auto store = Store::open(kArrayPath, model_options(false));
    if (!store.ok()) std::abort();
    for (int i = 0; i < 2 * number; ++i) base.model.next_version();
    for (int i = 0; i < number; ++i) add(*store.value(), content, base.model.next_version());
    revision = store.value()->view()->revision();
    if (!store.value()->close().ok()) std::abort();
  }
  base.model.start_from(content, revision);
  return base;
}

class Sweep {
 public:
  Sweep(uint64_t seed, uint64_t limit, bool full) : random_(seed), limit_(limit), full_(full) {
    for (int i = 0; i < 2; ++i) bases_[i] = make_base(i);
  }

  void run_plan(const HistoryPlan& plan, CrashExplorer& explorer) {
    HistoryRun run(plan, explorer);
    const Base& base = bases_[plan.base];
    run.run(*base.files, base.model);
    ++histories_;
  }

  // All sequences of a length, each in one variant, or in several when the run is full.
  void run_length(int length, CrashExplorer& explorer) {
    const char* letters = length <= kMostAllLetters ? kAllLetters : kLetters;
    const uint64_t letter_count = std::strlen(letters);
    uint64_t count = 1;
    for (int i = 0; i < length; ++i) count *= letter_count;
    const uint64_t stride = 4001;  // prime to 9 and 12: all are met, in mixed order
    for (uint64_t i = 0; i < count && !explorer.is_done(); ++i) {
      HistoryPlan plan;
      uint64_t rest = i * stride % count;
      for (int at = 0; at < length; ++at, rest /= letter_count)
        plan.letters += letters[rest % letter_count];
      const int variants = full_ ? 4 : 1;
      explorer.set_images(images_for(plan.letters));
      for (int variant = 0; variant < variants; ++variant) run_plan(vary(plan), explorer);
      if (explorer.states() >= limit_) return;
    }
  }

  void run_shared_plan(const SharedPlan& plan, CrashExplorer& explorer) {
    SharedRun run(plan, explorer);
    const Base& base = bases_[plan.base];
    run.run(*base.files, base.model);
    ++histories_;
  }

  void run_all(CrashExplorer& explorer) {
    for (int length = 1; length <= kMostLetters; ++length) run_length(length, explorer);
    run_switch_pairs(explorer);
    run_shared(2, 1, explorer);
    run_shared(3, full_ ? 1 : 53, explorer);
  }

  // Sequences of two writers; with a stride, a part of them.
  void run_shared(int length, uint64_t stride, CrashExplorer& explorer) {
    constexpr uint64_t kLetterCount = sizeof kSharedLetters - 1;
    uint64_t count = 1;
    for (int i = 0; i < length; ++i) count *= kLetterCount;
    for (uint64_t i = 0; i < count && !explorer.is_done(); i += stride) {
      SharedPlan plan;
      uint64_t rest = i;
      for (int at = 0; at < length; ++at, rest /= kLetterCount)
        plan.letters += kSharedLetters[rest % kLetterCount];
      const uint64_t chance = next_random(&random_);
      plan.base = chance % 4 != 0;
      plan.kill = static_cast<int>((chance >> 8) % kKillPlans);
      plan.durable = (chance >> 16) % 4 == 0;
      explorer.set_images(full_ ? 60 : 3);
      run_shared_plan(plan, explorer);
      if (explorer.states() >= limit_) return;
    }
  }

  // Two switches with an operation before each.
  void run_switch_pairs(CrashExplorer& explorer) {
    const uint64_t count = std::strlen(kLetters) * 3;
    const uint64_t stride = full_ ? 1 : 7;
    for (uint64_t i = 0; i < count * count && !explorer.is_done(); i += stride) {
      HistoryPlan plan;
      for (const uint64_t half : {i / count, i % count}) {
        plan.letters += kLetters[half / 3];
        plan.letters += kSwitches[half % 3];
      }
      explorer.set_images(images_for(plan.letters));
      run_plan(vary(plan), explorer);
      if (explorer.states() >= limit_) return;
    }
  }

  // Fewer where histories are many, or have many moments.
  uint64_t images_for(const std::string& letters) const {
    constexpr uint64_t kImages[2][kMostLetters] = {{300, 60, 8, 2}, {1000, 400, 80, 9}};
    const uint64_t images = kImages[full_][letters.size() - 1];
    const bool switches = letters.find_first_of(kSwitches) != std::string::npos;
    return switches ? std::max<uint64_t>(images / 4, 2) : images;
  }

  uint64_t histories() const { return histories_; }

 private:
  HistoryPlan vary(HistoryPlan plan) {
    const uint64_t chance = next_random(&random_);
    plan.base = chance % 4 != 0;
    plan.before_sync = static_cast<int>(chance >> 4) & 1;
    plan.before_header = static_cast<int>((chance >> 8) % 3);
    plan.before_write = static_cast<int>((chance >> 12) % 2);
    plan.abort = static_cast<int>((chance >> 16) % kAbortPlans);
    plan.split = (chance >> 24) % 2 != 0;
    plan.durable = (chance >> 28) % 4 == 0;
    return plan;
  }

  uint64_t random_;
  uint64_t limit_;
  bool full_;
  uint64_t histories_ = 0;
  Base bases_[2];
};

void print_violations(const CrashExplorer& explorer) {
  for (const std::string& text : explorer.violations()) {
    std::string line = "# ";
    for (const char c : text) line += c == '\n' ? std::string("\n#   ") : std::string(1, c);
    std::printf("%s\n", line.c_str());
  }
}

double seconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Each mistake with a history whose crashes must show it.
struct SeededCase {
  Mistake mistake;
  const char* name;
  const char* history;  // empty: the creation of an array
};

constexpr SeededCase kMistakes[] = {
    {Mistake::kCheckpointSkipsBodySync, "checkpoint_skips_body_sync", "AC/10000001"},
    {Mistake::kCheckpointSkipsHeaderSync, "checkpoint_skips_header_sync", "AC/10000001"},
    {Mistake::kCheckpointBeforeSyncs, "checkpoint_before_syncs", "AC/10000001"},
    {Mistake::kRecoverySkipsRewrite, "recovery_skips_rewrite", "EEEEEXO/10000001"},
    {Mistake::kRecoverySkipsBodySync, "recovery_skips_body_sync", "A/10000001"},
    {Mistake::kRecoverySkipsHeaderSync, "recovery_skips_header_sync", "A/10000001"},
    {Mistake::kRecoverySkipsRedo, "recovery_skips_redo", "AR/10000001"},
    {Mistake::kRecoveryKeepsOpenBatch, "recovery_keeps_open_batch", "E/10000011"},
    {Mistake::kNoFreshSalt, "no_fresh_salt", "EA/10000001"},
    {Mistake::kSaltNotChecked, "salt_not_checked", "F/10001001"},
    {Mistake::kPayloadNotChecked, "payload_not_checked", "AA/10000001"},
    {Mistake::kAbortedBatchNotKilled, "aborted_batch_not_killed", "F/10001001"},
    {Mistake::kWordBelowCheckpointOverwritten, "word_below_checkpoint_overwritten",
     "RCRR/10000001"},
    {Mistake::kWordOfBegunCheckpointOverwritten, "word_of_begun_checkpoint_overwritten",
     "RCRR/10200001"},
    {Mistake::kSuspectNotSynced, "suspect_not_synced", "R/10000001"},
    {Mistake::kSuspectIgnored, "suspect_ignored", "ROB/10000001"},
    {Mistake::kSequenceReused, "sequence_reused", "AA/10000001"},
    {Mistake::kDurableSkipsSync, "durable_skips_sync", "AS/10000001"},
    {Mistake::kPublishBeforeWords, "publish_before_words", "PR/10000001"},
    {Mistake::kCreateHeaderFirst, "create_header_first", ""},
    {Mistake::kPruneSkipsBodySync, "prune_skips_body_sync", "AG/10000001"},
    {Mistake::kPruneSkipsHeaderSync, "prune_skips_header_sync", "AG/10000001"},
    {Mistake::kPruneSkipsNamesSync, "prune_skips_names_sync", "AG/10000001"},
    {Mistake::kPruneSkipsSwitchSync, "prune_skips_switch_sync", "AG/10000001"},
    {Mistake::kPruneRenamesBodyFirst, "prune_renames_body_first", "AG/10000001"},
    {Mistake::kRollForwardSkipsSync, "roll_forward_skips_sync", "AG/10000001"},
    {Mistake::kOpenDropsNewBody, "open_drops_new_body", "AG/10000001"},
    {Mistake::kReaderIgnoresNewBody, "reader_ignores_new_body", "AG/10000001"},
    {Mistake::kPruneSkipsFirstNamesSync, "prune_skips_first_names_sync", "GG/10000001"},
    {Mistake::kPruneSkipsLastPass, "prune_skips_last_pass", "GA/10100001"},
    {Mistake::kOpenCommitIgnored, "open_commit_ignored", "2:aMd/1601"},
    {Mistake::kOpenCommitLeftSet, "open_commit_left_set", "2:aA/1001"},
    {Mistake::kPoisonLeavesNoWord, "poison_leaves_no_word", "2:EeXa/1001"},
    {Mistake::kTurnKeepsPoint, "turn_keeps_point", "2:aA/1001"},
    {Mistake::kTurnKeepsCheckpoint, "turn_keeps_checkpoint", "2:RcRR/1001"},
    {Mistake::kTurnKeepsFiles, "turn_keeps_files", "2:Ga/1001"},
    {Mistake::kRedoDropsPublished, "redo_drops_published", "2:rRM/1801"},
};

struct Arguments {
  uint64_t seed = 1;
  uint64_t limit = UINT64_MAX;
  bool full = false;
  const char* mistake = nullptr;
  const char* replay = nullptr;
};

// Looks before every change that creating an array makes.
class CreationRun : public CallInterposer {
 public:
  explicit CreationRun(CrashExplorer& explorer) : explorer_(explorer) {}

  void run() {
    const Mount mount(files_);
    const Interposed interposed(*this, 0);
    auto store = Store::open(kArrayPath, model_options(false));
    if (!store.ok()) explorer_.report("creation", store.status().message());
    is_looking_ = true;
    if (store.ok()) stop_process(files_, store.value());
  }

  CallVerdict before(const CallFacts&) override {
    if (is_looking_ || explorer_.is_done() || files_.changes_made() == changes_) return {};
    changes_ = files_.changes_made();
    explorer_.explore_creation(files_, "creation @" + std::to_string(changes_));
    return {};
  }
  void after(const CallFacts&, intptr_t, int) override {}

 private:
  CrashExplorer& explorer_;
  MemoryFileSystem files_;
  uint64_t changes_ = 0;
  bool is_looking_ = false;
};

// A switch of generations makes many calls, each a moment to look at.
ExplorerOptions thorough_options(uint64_t seed, const char* history) {
  const bool switches = std::strpbrk(history, kSwitches) != nullptr;
  ExplorerOptions options;
  options.seed = seed;
  options.images = switches ? 40 : 600;
  options.recovery_images = switches ? 3 : 12;
  options.thorough_each = switches ? 4 : 1;
  options.deep_each = switches ? 32 : 8;
  options.depth = 1;
  options.most_violations = 1;
  options.strict_revisions = true;
  return options;
}

// What the history shows while the mistake is in force; empty: nothing is wrong.
std::string first_violation(const char* history, Mistake mistake, uint64_t seed) {
  Sweep sweep(seed, UINT64_MAX, false);
  seeded_mistake = mistake;
  CrashExplorer explorer(thorough_options(seed, history));
  HistoryPlan plan;
  SharedPlan shared_plan;
  if (history[0] == 0)
    CreationRun(explorer).run();
  else if (SharedPlan::parse(history, shared_plan))
    sweep.run_shared_plan(shared_plan, explorer);
  else if (HistoryPlan::parse(history, plan))
    sweep.run_plan(plan, explorer);
  seeded_mistake = Mistake::kNone;
  if (explorer.violations().empty()) return "";
  const std::string& text = explorer.violations()[0];
  return text.substr(0, text.find('\n'));
}

bool is_caught(const SeededCase& seeded, uint64_t seed) {
  const std::string found = first_violation(seeded.history, seeded.mistake, seed);
  std::printf("# %s, %s: %s\n", seeded.name, seeded.history,
              found.empty() ? "not noticed" : found.c_str());
  return !found.empty();
}

// Else the histories would tell nothing about the mistakes.
bool are_sound_without_mistakes(uint64_t seed) {
  bool sound = true;
  std::string former = "none";
  for (const SeededCase& seeded : kMistakes) {
    if (former == seeded.history) continue;
    former = seeded.history;
    const std::string found = first_violation(seeded.history, Mistake::kNone, seed);
    if (!found.empty()) std::printf("# %s\n", found.c_str());
    sound = sound && found.empty();
  }
  return sound;
}

int run_mistakes(uint64_t seed, const char* name, int number) {
  int missed = 0;
  for (const SeededCase& seeded : kMistakes) {
    if (name != nullptr && std::strcmp(name, seeded.name) != 0) continue;
    const bool caught = is_caught(seeded, seed);
    missed += !caught;
    std::printf("%s %d - the_mistake_%s_is_noticed\n", caught ? "ok" : "not ok", ++number,
                seeded.name);
  }
  std::printf("1..%d\n", number);
  return missed;
}

int run(const Arguments& arguments) {
  if (arguments.mistake != nullptr) return run_mistakes(arguments.seed, arguments.mistake, 0);
  ExplorerOptions options;
  options.seed = arguments.seed;
  if (arguments.full) {
    options.recovery_images = 8;
    options.thorough_each = 2;
    options.deep_each = 64;
  }
  options.strict_revisions = true;
  const double start = seconds();
  CrashExplorer explorer(options);
  Sweep sweep(arguments.seed, arguments.limit, arguments.full);
  if (arguments.replay != nullptr) {
    HistoryPlan plan;
    SharedPlan shared_plan;
    explorer.replay(arguments.replay);
    if (SharedPlan::parse(arguments.replay, shared_plan))
      sweep.run_shared_plan(shared_plan, explorer);
    else if (HistoryPlan::parse(arguments.replay, plan))
      sweep.run_plan(plan, explorer);
    else
      return 2;
  } else {
    CreationRun(explorer).run();
    sweep.run_all(explorer);
  }
  print_violations(explorer);
  std::printf("# %llu histories, %llu states, %llu recoveries cut, %.1f s\n",
              static_cast<unsigned long long>(sweep.histories()),
              static_cast<unsigned long long>(explorer.states()),
              static_cast<unsigned long long>(explorer.recoveries()), seconds() - start);
  const bool sound = explorer.violations().empty();
  std::printf("%s 1 - every_crash_of_every_short_history_leaves_a_commit\n",
              sound ? "ok" : "not ok");
  if (arguments.replay != nullptr) return sound ? 0 : 1;
  if (arguments.limit != UINT64_MAX) {
    std::printf("1..1\n");
    return sound ? 0 : 1;
  }
  const bool is_control_sound = are_sound_without_mistakes(arguments.seed);
  std::printf("%s 2 - the_histories_of_the_mistakes_are_sound_without_them\n",
              is_control_sound ? "ok" : "not ok");
  const int missed = run_mistakes(arguments.seed, nullptr, 2);
  return sound && is_control_sound && missed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace dam::test

int main(int count, char** values) {
  dam::test::Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const char* next = i + 1 < count ? values[i + 1] : "";
    if (std::strcmp(values[i], "--full") == 0) arguments.full = true;
    if (std::strcmp(values[i], "--seed") == 0) arguments.seed = std::strtoull(next, nullptr, 10);
    if (std::strcmp(values[i], "--limit") == 0) arguments.limit = std::strtoull(next, nullptr, 10);
    if (std::strcmp(values[i], "--replay") == 0) arguments.replay = next;
    if (std::strcmp(values[i], "--mistake") == 0) arguments.mistake = next;
  }
  return dam::test::run(arguments);
}
