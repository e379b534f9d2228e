// Upkeep: checkpoints, folding of derived structures, sweeping of leftover words, and closing.
//
// One helper thread per writable store, started when its first checkpoint is due and joined by
// close; without it the same work is done inside commits. Never inside a read.
#include <exception>
#include <new>

#include "base/log_sink.h"
#include "platform/signal_mask.h"
#include "store/fork_guard.h"
#include "store/store_core.h"

namespace dam {
namespace {

constexpr uint64_t kCheckpointBytes = uint64_t{64} << 20;
constexpr uint64_t kCheckpointSlots = 1 << 20;
constexpr uint64_t kMostBehind = 16;  // checkpoints' worth of body that commits may run ahead
constexpr uint64_t kSweepStep = 65536;

}  // namespace

bool Store::Core::checkpoint_is_due() const {
  const CommitPoint& last = writer_->last_checkpoint();
  const CommitPoint& now = writer_->point();
  return now.body_length - last.body_length >= kCheckpointBytes ||
         now.slots - last.slots >= kCheckpointSlots || writer_->has_leftovers();
}

void Store::Core::request_upkeep() {
  if (!options_.upkeep_thread) return;
  const std::lock_guard lock(upkeep_mutex_);
  try {
    const SignalsBlocked blocked;
    if (!upkeep_.joinable()) upkeep_ = std::thread([this] { upkeep_loop(); });
  } catch (const std::exception& failure) {
    log_line(LogLevel::kError, "no thread for the upkeep of %s: %s", path_.c_str(), failure.what());
    return;
  }
  upkeep_wanted_ = true;
  upkeep_wake_->notify_one();
}

void Store::Core::upkeep_loop() {
  std::unique_lock lock(upkeep_mutex_);
  while (true) {
    upkeep_wake_->wait(lock, [this] { return upkeep_wanted_ || upkeep_ends_; });
    if (upkeep_ends_) return;
    upkeep_wanted_ = false;
    lock.unlock();
    run_upkeep();
    lock.lock();
  }
}

// A failure here is told to the log; the next commits ask again.
void Store::Core::run_upkeep() {
  Status status;
  try {
    if (options_.shared_writer) {
      status = checkpoint_shared(true);
    } else {
      status = checkpoint_begin();
      if (status.ok()) status = checkpoint_finish();
    }
    if (status.ok()) status = sweep_all();
  } catch (const std::bad_alloc&) {
    status = Status::error(Code::kNoMemory, "out of memory");
  }
  if (!status.ok())
    log_line(LogLevel::kError, "upkeep of %s failed: %s", path_.c_str(), status.message());
}

Status Store::Core::checkpoint_begin() {
  if (options_.shared_writer) return {};  // all of it comes in one turn, at its finish
  const std::lock_guard lock(write_mutex_);
  // Before a session's first commit there is nothing that the last checkpoint lacks.
  if (!can_write_ || closed_ || is_sealed_ || writer_->is_poisoned() || !writer_->in_session() ||
      writer_->checkpoint_has_begun())
    return {};
  DAM_TRY(flush_tail());
  show(writer_->point());
  writer_->begin_checkpoint();
  if (!generation_->ids->is_worth_folding(writer_->point())) return {};
  return generation_->ids->freeze(writer_->point());
}

Status Store::Core::checkpoint_finish() {
  if (!can_write_) return {};
  if (options_.shared_writer) return checkpoint_shared(false);
  const std::lock_guard turn(checkpoint_mutex_);
  {
    const std::lock_guard lock(write_mutex_);
    if (!writer_->checkpoint_has_begun()) return {};
  }
  Status status = writer_->sync_checkpoint();
  {
    const std::lock_guard lock(write_mutex_);
    if (status.ok()) status = writer_->finish_checkpoint(false);
    checkpoint_done_->notify_all();
  }
  DAM_TRY(status);
  return fold_derived();
}

// A checkpoint made these commits durable: what is derived from them may follow.
Status Store::Core::fold_derived() {
  const std::shared_ptr<const ArrayView> now = view();
  DAM_TRY(generation_->ids->fold(now->log(), now->point().slots));
  CommitPoint durable;
  {
    const std::lock_guard lock(write_mutex_);
    durable = writer_->last_checkpoint();
  }
  LogView log = now->log();
  if (durable.newest_delete == 0 || log.limit < durable.body_length) return {};
  log.limit = durable.body_length;
  return generation_->positions->persist(log, durable);
}

// Between commits, a few thousand slots at a time; the mark goes once all are done.
Status Store::Core::sweep_all() {
  while (true) {
    const std::lock_guard lock(write_mutex_);
    if (closed_ || is_sealed_ || !writer_->has_leftovers() || writer_->is_poisoned()) return {};
    DAM_ASSIGN(const Turn turn, Turn::begin(*this));
    if (!writer_->has_leftovers()) return {};  // another's turn was quicker
    DAM_TRY(writer_->sweep_words(sweep_next_, kSweepStep).status());
    sweep_next_ += kSweepStep;
    if (sweep_next_ < writer_->point().slots) continue;
    DAM_TRY(writer_->finish_sweep());
    return {};
  }
}

// A commit that needs what only the end of the running checkpoint gives.
Status Store::Core::await_checkpoint(std::unique_lock<std::mutex>& lock) {
  if (!options_.upkeep_thread) {
    lock.unlock();
    const Status status = checkpoint_finish();
    lock.lock();
    return status;
  }
  request_upkeep();
  checkpoint_done_->wait(
      lock, [this] { return !writer_->checkpoint_has_begun() || writer_->is_poisoned(); });
  return {};
}

// Keeps what a crash would make an open scan within bounds.
void Store::Core::await_checkpoint_room(std::unique_lock<std::mutex>& lock) {
  const auto behind = [this] {
    return writer_->point().body_length - writer_->last_checkpoint().body_length;
  };
  // By turns nobody waits for a checkpoint that runs: whoever meets the bound makes one.
  const bool is_mine = options_.shared_writer && behind() >= kMostBehind * kCheckpointBytes;
  if (!options_.upkeep_thread || is_mine) {
    if (!checkpoint_is_due() || writer_->is_poisoned()) return;
    lock.unlock();
    run_upkeep();
    lock.lock();
    return;
  }
  checkpoint_done_->wait(lock, [&] {
    return behind() < kMostBehind * kCheckpointBytes || writer_->is_poisoned() ||
           !writer_->checkpoint_has_begun();
  });
}

void Store::Core::stop_upkeep() {
  if (fork_epoch_ != ForkGuard::epoch()) {
    // The threads are the parent's: here they can neither be joined nor leave what they wait on.
    new std::thread(std::move(upkeep_));
    (void)checkpoint_done_.release();
    (void)upkeep_wake_.release();
    return;
  }
  if (!upkeep_.joinable()) return;
  {
    const std::lock_guard lock(upkeep_mutex_);
    upkeep_ends_ = true;
    upkeep_wake_->notify_one();
  }
  upkeep_.join();
}

Status Store::Core::final_checkpoint() {
  if (is_sealed_) return {};
  DAM_TRY(flush_tail());
  show(writer_->point());
  const bool stays = options_.durability != Durability::kBuffered && !options_.temporary;
  if (!writer_->in_session() || !stays) return {};
  writer_->begin_checkpoint();
  if (generation_->ids->is_worth_folding(writer_->point()))
    DAM_TRY(generation_->ids->freeze(writer_->point()));
  DAM_TRY(writer_->sync_checkpoint());
  DAM_TRY(writer_->finish_checkpoint(true));
  return {};
}

Status Store::Core::close_writer() {
  {
    const std::lock_guard lock(write_mutex_);
    if (options_.shared_writer) return close_shared();
    if (writer_->is_poisoned()) return writer_->sync_body();
    DAM_TRY(final_checkpoint());
  }
  return is_sealed_ ? Status() : fold_derived();
}

Status Store::Core::close() {
  if (closed_.exchange(true)) return Status::error(Code::kClosed, "%s is closed", path_.c_str());
  ForkGuard::remove(this);
  stop_upkeep();
  Status status;
  if (can_write_ && fork_epoch_ == ForkGuard::epoch()) {
    const std::lock_guard no_prune(prune_mutex_);
    const std::lock_guard turn(checkpoint_mutex_);
    status = close_writer();
    lock_.release();
  }
  if (checkpoint_done_ != nullptr) checkpoint_done_->notify_all();
  return status;
}

Store::Core::~Core() { const Status ignored = close(); }

}  // namespace dam
