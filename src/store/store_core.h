// Store::Core: the state behind a Store, and how its parts take turns.
//
// Locks, always taken in this order: prune_mutex_ (one prune at a time), checkpoint_mutex_ (the end
// of a checkpoint), sync_mutex_ (those who wait for one flush), write_mutex_ (commits, checkpoints'
// beginnings and ends), reload_mutex_, then the mutexes of the derived structures, then view_mutex_
// (the pointer to the current view, held for an instant). The fdatasyncs of commits, checkpoints
// and a prune's passes run under no lock that a commit takes; those of a session's first change, of
// a failed batch, of a switch of generations and of closing do. A switch holds all down to
// reload_mutex_: whoever holds one of them may use writer_, maps_ and generation_.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "log/log_writer.h"
#include "platform/lock_file.h"
#include "store/array_view.h"
#include "store/commit_plan.h"
#include "store/prune_copy.h"
#include "store/store.h"
#include "store/successor.h"
#include "store/tail_writer.h"
#include "store/verify_array.h"

namespace dam {

class Store::Core {
 public:
  Core(const std::string& path, const StoreOptions& options);
  ~Core();

  Status open();
  Status close();
  std::shared_ptr<const ArrayView> view() const;

  Result<CommitResult> commit(std::span<const WriteOperation> operations, Durability durability);
  Result<CommitResult> commit_at(WriteOperation operation, int64_t position, Durability durability);
  Result<uint64_t> delete_slice(const Slice& slice, Durability durability);
  Status prune(const PruneOptions& options);
  Result<uint64_t> clear();
  Result<bool> reload();
  Status flush();
  Status sync();
  Result<int64_t> stat(Stat which) const;
  Result<std::string> seal(const VerifyProgress& progress);
  Status checkpoint_begin();
  Status checkpoint_finish();

  const std::string path_;
  const StoreOptions options_;

 private:
  friend class ForkGuard;

  // The turn of a writer that shares the array with others: from when it has the lock of all, and
  // has adopted what they did, until it goes. Of one that has the array for itself: nothing. Taken
  // and left under write_mutex_.
  class Turn {
   public:
    static Result<Turn> begin(Core& core);
    ~Turn();
    Turn(Turn&& other) noexcept : core_(std::exchange(other.core_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;

   private:
    explicit Turn(Core* core) : core_(core) {}
    Core* core_;
  };

  // store_open.cc
  Status open_writable();
  Status open_readable();
  Status create();
  Status open_temporary();
  Status adopt_files(Access access);
  Status map_files(std::shared_ptr<const ArrayFiles> files, Access access);
  Status adopt_for_reading(bool& settled);
  Status adopt_for_writing();
  Status adopt_alone();
  Status adopt_facts(const CommitPoint& point);
  Status sync_names() const;
  Status recover_log(const ArrayMaps::PlacedPoint& newest, uint64_t body_size,
                     uint64_t least_length);
  Status found_facts();
  Status check_sizes(const CommitPoint& point) const;
  void show(const CommitPoint& point, const IdIndex::View* index = nullptr);

  // store_turn.cc
  Status follow_others();
  Status follow_switch();
  Status join();
  Status catch_up();
  Status take_over(const ArrayMaps::PlacedPoint& checkpoint, uint64_t published_length);
  Status clear_open_commit() const;
  Result<CommitResult> commit_in_turn(std::unique_lock<std::mutex>& lock,
                                      std::span<const WriteOperation> operations,
                                      Durability durability, size_t remember);
  Status sync_in_turn();
  Status sync_shared();
  Result<bool> reload_shared();
  Status checkpoint_shared(bool only_if_due);
  Status checkpoint_in_turn(bool clean);
  Status fold_in_turn();
  Status close_shared();

  // store_prune.cc
  Status prune_into(Successor& next, PruneCopy& copy, uint64_t last_pass_bytes);
  Status copy_aside(Successor& next, PruneCopy& copy, uint64_t last_pass_bytes);
  Status settle(std::shared_ptr<const ArrayView>& out_view);
  Status switch_to(Successor& next, const Successor::Fill& fill);
  Status finish_switch(Successor& next);
  void adopt(Successor& next);
  void await_copy_room(std::unique_lock<std::mutex>& lock);
  void set_copy_limit(uint64_t limit);
  void retire(std::shared_ptr<const ArrayFiles> files);
  void remove_leftovers();
  uint64_t pinned_bytes() const;

  // store_seal.cc
  bool is_sealed() const;
  Status settle_for_ever();
  Result<std::string> list_and_seal(const VerifyProgress& progress);

  // store_commit.cc
  Status require_writable() const;
  Result<CommitResult> commit_locked(std::unique_lock<std::mutex>& lock,
                                     std::span<const WriteOperation> operations,
                                     Durability durability, size_t remember);
  Status write(const FrameBatch& batch, Durability durability);
  Status write_through(const LogChange& change);
  void note(const CommitPlan& plan, const FrameBatch& batch);
  void keep_spare(FrameBuffer&& buffer);
  Status flush_tail();
  Status ensure_windows(uint64_t slots, uint64_t body_length);
  Status make_durable(Durability durability);
  MapOptions map_options() const {
    return {options_.window_bytes, options_.safe_reads, options_.random_reads};
  }
  const CommitPoint& latest() const { return tail_.is_empty() ? writer_->point() : tail_.point(); }

  // store_upkeep.cc
  void upkeep_loop();
  void request_upkeep();
  bool checkpoint_is_due() const;
  void run_upkeep();
  Status fold_derived();
  Status sweep_all();
  Status await_checkpoint(std::unique_lock<std::mutex>& lock);
  void await_checkpoint_room(std::unique_lock<std::mutex>& lock);
  Status final_checkpoint();
  Status close_writer();
  void stop_upkeep();

  LockFile lock_;
  std::shared_ptr<const ArrayMaps> maps_;
  std::shared_ptr<Generation> generation_;

  std::mutex prune_mutex_;
  std::mutex checkpoint_mutex_;
  mutable std::mutex write_mutex_;
  bool can_write_ = false;             // from the open on
  std::unique_ptr<LogWriter> writer_;  // null: read-only
  TailWriter tail_;
  FrameBuffer spare_;
  Admission admission_;
  // On the heap: a fork's child must not destroy them while, as far as it can tell, threads wait.
  std::unique_ptr<std::condition_variable> checkpoint_done_ =
      std::make_unique<std::condition_variable>();
  std::unique_ptr<std::condition_variable> upkeep_wake_ =
      std::make_unique<std::condition_variable>();
  uint64_t sweep_next_ = 0;
  // How far commits may go while a prune copies; guarded by write_mutex_.
  uint64_t copy_limit_ = UINT64_MAX;
  std::mutex sync_mutex_;
  std::atomic<uint64_t> durable_seq_{0};

  mutable std::mutex view_mutex_;
  std::shared_ptr<const ArrayView> view_;  // of a writer: replaced under write_mutex_ too
  ArrayView::Pins pins_;
  std::shared_ptr<const ArrayView::Pins> shown_pins_;  // those of the view
  // Files of former generations; what still pins them keeps their disk space. By view_mutex_.
  std::vector<std::weak_ptr<const ArrayFiles>> retired_;
  uint64_t adopted_publication_ = 0;  // V's sequence when a reader last looked
  std::mutex reload_mutex_;

  std::thread upkeep_;
  std::mutex upkeep_mutex_;
  bool upkeep_wanted_ = false;
  bool upkeep_ends_ = false;
  std::atomic<bool> closed_{false};
  std::atomic<bool> is_sealed_{false};  // by this handle, or about to be
  uint32_t fork_epoch_ = 0;
};

}  // namespace dam
