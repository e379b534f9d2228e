// One history, run on the real store over an in-memory file system, with a look at every call.
//
// Letters: A append, E extend by three, R replace the first document, D delete the last, S sync, C
// begin a checkpoint, O close and open again, F a batch that fails, P a read-only open, G a prune,
// H one that reverses the order, K a clear; for single histories also X a sync that fails, B a
// damaged frame (the last letter). Crashes are explored before every change that the last operation
// makes, and at its end; readers are stepped at every call.
#pragma once

#include <memory>
#include <string>

#include "model/crash_explorer.h"
#include "support/call_interposer.h"

namespace dam::test {

// A checkpoint that has begun goes on as on a thread of its own: `before_sync` operations come
// before its syncs, `before_header` between its two, `before_write` behind them, the rest after it.
// G syncs its first pass with `before_header` operations inside, which come along in its last pass,
// or with `before_write` in one of their own.
struct HistoryPlan {
  std::string letters;
  int base = 1;  // 0 an empty array, 1 one with a past
  int before_sync = 0;
  int before_header = 0;
  int before_write = 0;
  int abort = 0;             // how F fails: see AbortPlan
  bool split = false;        // long writes arrive in two parts
  bool durable = false;      // A is durable by itself
  bool explore_all = false;  // not only the last operation: for single histories

  std::string name() const;
  static bool parse(const std::string& name, HistoryPlan& out);
};

constexpr int kAbortPlans = 6;

class HistoryRun : public CallInterposer {
 public:
  HistoryRun(const HistoryPlan& plan, CrashExplorer& explorer);

  void run(const MemoryFileSystem& base, const ArrayModel& base_model);

  CallVerdict before(const CallFacts& facts) override;
  void after(const CallFacts& facts, intptr_t result, int error) override;

 private:
  struct Snapshot {
    std::shared_ptr<const View> view;
    Content content;
  };

  bool all_begun() const { return next_ == plan_.letters.size(); }
  void step();            // the next letter
  void steps(int count);  // as many as the plan wants inside a checkpoint
  bool may_run_inside(char letter) const;
  void perform(char letter);
  void commit(const std::vector<WriteOperation>& operations, const Content& after);
  void append(int count);
  void replace_first();
  void delete_last();
  void fail_batch();
  void fail_sync();
  void damage_newest();
  void prune();
  void prune_reversed();
  void clear();
  void note_switch(const Content& content);
  void run_inside_prune();
  void begin_checkpoint();
  void finish_checkpoint();
  void reopen();
  void open_reader();
  void look_at_boundary();
  void step_readers();
  void check_live_open();
  void expect(const Status& status, const char* what);
  std::string place() const;
  CallVerdict fail_write(const CallFacts& facts);
  CallVerdict split_write(const CallFacts& facts);

  const HistoryPlan plan_;
  CrashExplorer& explorer_;
  std::unique_ptr<MemoryFileSystem> files_;
  std::shared_ptr<Store> store_;
  std::vector<std::shared_ptr<Store>> readers_;
  std::vector<Snapshot> snapshots_;
  ArrayModel model_;
  size_t next_ = 0;
  bool is_looking_ = false;
  bool checkpoint_begun_ = false;
  bool in_checkpoint_sync_ = false;
  bool in_steps_ = false;  // what is called now belongs to an operation inside the checkpoint
  int checkpoint_syncs_ = 0;
  bool in_first_pass_ = false;  // of a prune, whose sync has not begun
  size_t checkpoint_commit_ = 0;
  bool has_words_ = false;  // this session wrote a version word: the mark for them is durable
  bool may_sweep_ = false;  // the mark is still set, and the next commit sweeps, with syncs
  bool is_failing_ = false;
  int writes_failing_ = 0;  // of the batch that fails, so far
  int faults_ = 0;
  uint64_t split_end_ = UINT64_MAX;
  uint64_t boundary_ = 0;
};

}  // namespace dam::test
