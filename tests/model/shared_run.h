// One history of two writers that take turns at one array, each a process of its own that may die.
//
// Capital letters are the first writer's, small ones the second's: A append, E extend by three, R
// replace the first document, D delete the last, S sync, C checkpoint, O close and open again, G a
// prune, K a clear, M a batch in the middle of which the process is killed, X a sync that fails;
// P, of nobody, a read-only open. Behind M and X the other writer goes on, so that it must recover.
// Crashes of both are explored as in history_run.h, and views of readers and of both writers
// stepped.
#pragma once

#include <memory>
#include <string>

#include "model/crash_explorer.h"
#include "support/call_interposer.h"

namespace dam::test {

struct SharedPlan {
  std::string letters;
  int base = 1;              // as in HistoryPlan
  int kill = 0;              // M dies before its change of this number; writes count as two
  bool durable = false;      // A is durable by itself
  bool explore_all = false;  // not only the last operation

  std::string name() const;  // "2:letters/..."
  static bool parse(const std::string& name, SharedPlan& out);
};

constexpr int kKillPlans = 10;

class SharedRun : public CallInterposer {
 public:
  SharedRun(const SharedPlan& plan, CrashExplorer& explorer) : plan_(plan), explorer_(explorer) {}

  void run(const MemoryFileSystem& base, const ArrayModel& base_model);

  CallVerdict before(const CallFacts& facts) override;
  void after(const CallFacts& facts, intptr_t result, int error) override;

 private:
  struct Snapshot {
    std::shared_ptr<const View> view;
    Content content;
  };

  Store& writer() { return *writers_[active_]; }
  bool all_begun() const { return next_ == plan_.letters.size(); }
  void step();
  bool open_writer(int number);
  void perform(char letter);
  void append(int count);
  void replace_first();
  void delete_last();
  void commit(const std::vector<WriteOperation>& operations, const Content& after);
  void sync();
  void prune();
  void clear();
  void note_switch(const Content& content);
  void reopen();
  void open_reader();
  void die_in_batch();
  void fail_sync();
  void let_the_other_settle();
  void look_at_writers();
  void look_at_boundary();
  void check_views();
  void expect_allowed(const View& view, const char* what);
  void expect(const Status& status, const char* what);
  std::string place() const;

  const SharedPlan plan_;
  CrashExplorer& explorer_;
  std::unique_ptr<MemoryFileSystem> files_;
  std::shared_ptr<Store> writers_[2];
  std::vector<std::shared_ptr<Store>> readers_;
  std::vector<Snapshot> snapshots_;
  ArrayModel model_;
  size_t next_ = 0;
  int active_ = 0;
  bool is_looking_ = false;
  bool is_dying_ = false;  // the active writer's process
  bool is_dead_ = false;
  bool any_died_ = false;
  int changes_left_ = 0;
  uint64_t split_end_ = UINT64_MAX;
  int syncs_ = 0;
  uint64_t boundary_ = 0;
};

}  // namespace dam::test
