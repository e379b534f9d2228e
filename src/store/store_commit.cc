// Committing: plan, write, tell the derived structures, show the new view.
#include <algorithm>
#include <new>

#include "base/log_sink.h"
#include "store/fork_guard.h"
#include "store/slice_range.h"
#include "store/store_core.h"

namespace dam {

Status Store::Core::require_writable() const {
  if (closed_) return Status::error(Code::kClosed, "%s is closed", path_.c_str());
  if (!can_write_) return Status::error(Code::kReadOnly, "%s was opened read-only", path_.c_str());
  if (is_sealed_) return Status::error(Code::kReadOnly, "%s is sealed", path_.c_str());
  if (fork_epoch_ != ForkGuard::epoch())
    return Status::error(Code::kForked, "%s was opened for writing before the fork", path_.c_str());
  return {};
}

Result<CommitResult> Store::Core::commit(std::span<const WriteOperation> operations,
                                         Durability durability) {
  DAM_TRY(require_writable());
  Result<CommitResult> done = CommitResult();
  {
    std::unique_lock lock(write_mutex_);
    const size_t remember = operations.size() > 1 ? operations.size() : 0;
    if (options_.shared_writer) return commit_in_turn(lock, operations, durability, remember);
    done = commit_locked(lock, operations, durability, remember);
  }
  if (done.ok()) DAM_TRY(make_durable(durability));
  return done;
}

// Why the position goes along: a commit may wait, and only behind that is it known what stands
// there.
Result<CommitResult> Store::Core::commit_at(WriteOperation operation, int64_t position,
                                            Durability durability) {
  operation.position = position;
  return commit({&operation, 1}, durability);
}

// Why nothing is remembered (one operation): no two positions of a slice are the same.
Result<uint64_t> Store::Core::delete_slice(const Slice& slice, Durability durability) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kDeleteSlice;
  operation.slice = slice;
  DAM_ASSIGN(const CommitResult done, commit({&operation, 1}, durability));
  return done.deleted;
}

Result<CommitResult> Store::Core::commit_locked(std::unique_lock<std::mutex>& lock,
                                                std::span<const WriteOperation> operations,
                                                Durability durability, size_t remember) {
  CommitResult nothing;
  nothing.revision = latest().seq;
  if (operations.empty()) return nothing;
  while (true) {
    if (!options_.shared_writer) {
      await_checkpoint_room(lock);
      await_copy_room(lock);
    }
    DAM_TRY(require_writable());  // may have been closed while this waited
    if (writer_->is_poisoned()) return writer_->sync_body();
    if (view_->point().body_length != latest().body_length) show(latest());
    const std::shared_ptr<const ArrayView> now = view_;
    DAM_ASSIGN(FrameBatch batch, writer_->begin_batch(latest(), std::move(spare_)));
    CommitPlan plan(*now, batch, admission_, remember);
    for (const WriteOperation& operation : operations) DAM_TRY(plan.add(operation));
    if (plan.is_empty()) return nothing;
    batch.seal();
    if (writer_->must_await_checkpoint(batch.change())) {
      DAM_TRY(await_checkpoint(lock));
      continue;  // others may have committed meanwhile
    }
    if (!plan.killed().empty()) {
      const PositionTree* at_hand = nullptr;
      DAM_TRY(now->positions(at_hand));
    }
    DAM_TRY(write(batch, durability));
    note(plan, batch);
    keep_spare(batch.take_buffer());
    if (checkpoint_is_due()) request_upkeep();
    CommitResult result = plan.result();
    result.revision = batch.point().seq;
    return result;
  }
}

// The buffer of a batch serves the next one, unless it is large.
void Store::Core::keep_spare(FrameBuffer&& buffer) {
  constexpr uint64_t kMost = 8 << 20;
  if (buffer.capacity() > kMost) return;
  spare_ = std::move(buffer);
  spare_.clear();
}

// Brings the derived structures and the view level with a batch that was just published. The commit
// stands whatever happens here: what lacks memory now is made up for when it is next needed.
void Store::Core::note(const CommitPlan& plan, const FrameBatch& batch) {
  admission_ = plan.admission();
  try {
    IdIndex::View index = view_->index_at_hand();
    const bool level = generation_->ids->note(
        plan.id_changes(), {batch.base().body_length, batch.point().body_length, tail_.is_empty()},
        index);
    if (!plan.killed().empty())
      generation_->positions->note(batch.base().newest_delete, batch.point().newest_delete,
                                   plan.killed());
    show(batch.point(), level ? &index : nullptr);
  } catch (const std::bad_alloc&) {
    log_line(LogLevel::kWarning, "no memory for a view of commit %llu of %s",
             static_cast<unsigned long long>(batch.point().seq), path_.c_str());
  }
}

Status Store::Core::write(const FrameBatch& batch, Durability durability) {
  // Why not by turns: the next one's commit would have to stand where the gathered ones do.
  const bool may_gather = durability == Durability::kBuffered && !options_.shared_writer;
  if (may_gather && TailWriter::can_gather(batch)) {
    if (writer_->is_poisoned()) return writer_->sync_body();
    if (!tail_.has_room(batch)) DAM_TRY(flush_tail());
    DAM_TRY(ensure_windows(batch.point().slots, batch.point().body_length));
    tail_.add(batch);
    return {};
  }
  DAM_TRY(flush_tail());
  return write_through(batch.change());
}

Status Store::Core::write_through(const LogChange& change) {
  DAM_TRY(ensure_windows(change.point.slots, change.point.body_length));
  return writer_->commit(change);
}

Status Store::Core::flush_tail() {
  if (tail_.is_empty()) return {};
  DAM_TRY(writer_->commit_promised(tail_.change()));
  tail_.clear();
  return {};
}

// A file that outgrows its window is mapped anew; what holds the old maps keeps them.
Status Store::Core::ensure_windows(uint64_t slots, uint64_t body_length) {
  constexpr uint64_t kMostUnits = uint64_t{1} << 40;  // what entries and version words can name
  constexpr uint64_t kAhead = 4;
  if (slots >= IdEntry::kSlotLimit || body_length / kFrameAlignment >= kMostUnits)
    return Status::error(Code::kTooBig, "%s is full: %llu slots, %llu bytes", path_.c_str(),
                         static_cast<unsigned long long>(slots),
                         static_cast<unsigned long long>(body_length));
  const uint64_t header_length = entry_offset(slots);
  if (maps_->cover(header_length, body_length)) return {};
  MapOptions wider = map_options();
  wider.window_bytes = std::max(wider.window_bytes, kAhead * std::max(header_length, body_length));
  DAM_ASSIGN(maps_, ArrayMaps::map(maps_->shared_files(), wider));
  pins_.maps = maps_;
  writer_->use_maps(maps_);
  if (maps_->cover(header_length, body_length)) return {};
  return Status::error(Code::kNoMemory, "no address space for a map of %llu bytes of %s",
                       static_cast<unsigned long long>(body_length), path_.c_str());
}

Status Store::Core::make_durable(Durability durability) {
  return durability == Durability::kDurable ? sync() : Status();
}

Status Store::Core::flush() {
  DAM_TRY(require_writable());
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  if (tail_.is_empty()) return {};
  DAM_TRY(flush_tail());
  show(writer_->point());
  return {};
}

// Durability: callers that meet here share one fdatasync. Whoever holds the mutex syncs for all
// whose commits were written before it began.
Status Store::Core::sync() {
  if (closed_) return Status::error(Code::kClosed, "%s is closed", path_.c_str());
  if (!can_write_ || is_sealed_) return {};
  if (options_.shared_writer) return sync_shared();
  DAM_TRY(flush());
  if (options_.temporary) return {};
  uint64_t length = 0;
  uint64_t seq = 0;
  {
    const std::lock_guard lock(write_mutex_);
    length = writer_->point().body_length;
    seq = writer_->point().seq;
  }
  const std::lock_guard lock(sync_mutex_);
  if (writer_->durable_length() < length) DAM_TRY(writer_->sync_body());
  uint64_t known = durable_seq_.load();
  while (known < seq && !durable_seq_.compare_exchange_weak(known, seq)) {
  }
  return {};
}

}  // namespace dam
