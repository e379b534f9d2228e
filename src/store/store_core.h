// Store::Core: the state behind a Store, and how its parts take turns.
//
// Locks, always taken in this order: checkpoint_mutex_ (the end of a checkpoint), write_mutex_
// (commits, checkpoints' beginnings and ends), then the mutexes of the derived structures, then
// view_mutex_ (the pointer to the current view, held for an instant). The fdatasyncs of commits and
// checkpoints run under none of these; those of a session's first change, of a failed batch and of
// closing do.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "log/log_writer.h"
#include "platform/lock_file.h"
#include "store/array_view.h"
#include "store/commit_plan.h"
#include "store/store.h"
#include "store/tail_writer.h"

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
  Result<bool> reload();
  Status flush();
  Status sync();
  Result<int64_t> stat(Stat which) const;
  Status checkpoint_begin();
  Status checkpoint_finish();

  const std::string path_;
  const StoreOptions options_;

 private:
  friend class ForkGuard;

  // store_open.cc
  Status open_writable();
  Status open_readable();
  Status create();
  Status adopt_files(Access access);
  Status adopt_for_reading(bool& settled);
  Status adopt_for_writing();
  Status sync_names() const;
  Status recover_log(const ArrayMaps::PlacedPoint& newest, uint64_t body_size);
  Status found_embedding_column();
  Status check_sizes(const CommitPoint& point) const;
  void show(const CommitPoint& point, const IdIndex::View* index = nullptr);

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
  void stop_upkeep();

  LockFile lock_;
  std::shared_ptr<const ArrayMaps> maps_;
  std::shared_ptr<Generation> generation_;

  std::mutex checkpoint_mutex_;
  mutable std::mutex write_mutex_;
  std::unique_ptr<LogWriter> writer_;  // null: read-only
  TailWriter tail_;
  FrameBuffer spare_;
  EmbeddingColumn column_;
  // On the heap: a fork's child must not destroy them while, as far as it can tell, threads wait.
  std::unique_ptr<std::condition_variable> checkpoint_done_ =
      std::make_unique<std::condition_variable>();
  std::unique_ptr<std::condition_variable> upkeep_wake_ =
      std::make_unique<std::condition_variable>();
  uint64_t sweep_next_ = 0;
  std::mutex sync_mutex_;
  std::atomic<uint64_t> durable_seq_{0};

  mutable std::mutex view_mutex_;
  std::shared_ptr<const ArrayView> view_;  // of a writer: replaced under write_mutex_ too
  ArrayView::Pins pins_;
  std::shared_ptr<const ArrayView::Pins> shown_pins_;  // those of the view
  uint64_t adopted_publication_ = 0;                   // V's sequence when a reader last looked
  std::mutex reload_mutex_;

  std::thread upkeep_;
  std::mutex upkeep_mutex_;
  bool upkeep_wanted_ = false;
  bool upkeep_ends_ = false;
  std::atomic<bool> closed_{false};
  uint32_t fork_epoch_ = 0;
};

}  // namespace dam
