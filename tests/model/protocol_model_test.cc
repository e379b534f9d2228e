// The storage protocol against its model: every short history, every crash in it, each recovery.
//
//   protocol_model_test [--seed N] [--limit STATES] [--full] [--mistake NAME] [--replay PLACE]
//
// Without arguments: the quick run, then each seeded mistake, which must be noticed. Every failure
// names its place; --replay with that place runs it alone.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/log_sink.h"
#include "base/seeded_mistake.h"
#include "model/history_run.h"

namespace dam::test {
namespace {

constexpr char kLetters[] = "AERDSCOFP";
constexpr int kMostLetters = 4;

struct Base {
  std::unique_ptr<MemoryFileSystem> files;
  ArrayModel model;
};

void add(Store& store, Content& content, uint64_t version) {
  content.push_back(model_document(unused_id(content), version));
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
    uint64_t count = 1;
    for (int i = 0; i < length; ++i) count *= std::strlen(kLetters);
    const uint64_t stride = 4001;  // prime to 9: all are met, in mixed order
    for (uint64_t i = 0; i < count && !explorer.is_done(); ++i) {
      HistoryPlan plan;
      uint64_t rest = i * stride % count;
      for (int at = 0; at < length; ++at, rest /= std::strlen(kLetters))
        plan.letters += kLetters[rest % std::strlen(kLetters)];
      const int variants = full_ ? 4 : 1;
      for (int variant = 0; variant < variants; ++variant) run_plan(vary(plan), explorer);
      if (explorer.states() >= limit_) return;
    }
  }

  void run_all(CrashExplorer& explorer) {
    for (int length = 1; length <= kMostLetters; ++length) run_length(length, explorer);
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

struct Arguments {
  uint64_t seed = 1;
  uint64_t limit = UINT64_MAX;
  bool full = false;
  const char* mistake = nullptr;
  const char* replay = nullptr;
};

int run(const Arguments& arguments) {
  ExplorerOptions options;
  options.seed = arguments.seed;
  if (arguments.full) {
    options.images = 64;
    options.recovery_images = 8;
    options.thorough_each = 2;
    options.deep_each = 8;
  }
  const double start = seconds();
  CrashExplorer explorer(options);
  Sweep sweep(arguments.seed, arguments.limit, arguments.full);
  if (arguments.replay != nullptr) {
    HistoryPlan plan;
    if (!HistoryPlan::parse(arguments.replay, plan)) return 2;
    explorer.replay(arguments.replay);
    sweep.run_plan(plan, explorer);
  } else {
    sweep.run_all(explorer);
  }
  print_violations(explorer);
  std::printf("# %llu histories, %llu states, %llu recoveries cut, %.1f s\n",
              static_cast<unsigned long long>(sweep.histories()),
              static_cast<unsigned long long>(explorer.states()),
              static_cast<unsigned long long>(explorer.recoveries()), seconds() - start);
  const bool sound = explorer.violations().empty();
  std::printf("%s 1 - every_crash_of_every_short_history_leaves_a_commit\n1..1\n",
              sound ? "ok" : "not ok");
  return sound ? 0 : 1;
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
    if (std::strcmp(values[i], "--mistake") == 0)
      dam::seeded_mistake = static_cast<dam::Mistake>(std::atoi(next));
  }
  return dam::test::run(arguments);
}
