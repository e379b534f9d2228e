// Turns: several writers of one array, in any processes, one commit each.
//
//   waiting --byte 0 locked--> following the others --adopted--> commit, sync, checkpoint, switch
//     ^------------------------------byte 0 free-------------------------------------'
//
// All such writers hold byte 1, so V counts for each of them as it does for readers. One that died
// in the middle of a commit, or ended poisoned, has left its mark beside V: whoever comes next
// recovers before it does anything else. Syncs and checkpoints are made inside a turn, so that no
// writer goes on upon what another's failed sync has lost. docs/durability.md, "Writers by turns".
#include "base/log_sink.h"
#include "base/seeded_mistake.h"
#include "store/fork_guard.h"
#include "store/store_core.h"

namespace dam {
namespace {

Status no_point(const ArrayFiles& files) {
  return Status::error(Code::kCorrupt, "the commit points of %s are damaged",
                       files.header().path().c_str());
}

}  // namespace

Result<Store::Core::Turn> Store::Core::Turn::begin(Core& core) {
  if (!core.options_.shared_writer) return Turn(nullptr);
  DAM_TRY(core.lock_.acquire_turn(core.options_.lock_wait_ms()));
  Turn turn(&core);
  DAM_TRY(core.follow_others());
  return turn;
}

Store::Core::Turn::~Turn() {
  if (core_ != nullptr && core_->lock_.is_open()) core_->lock_.release_turn();
}

// A poisoned writer follows nobody: what it answers does not depend on the others.
Status Store::Core::follow_others() {
  if (writer_->is_poisoned()) return {};
  DAM_ASSIGN(const FileIdentity identity, identify(header_path(path_)));
  if (identity != writer_->files().identity() && !seeded(Mistake::kTurnKeepsFiles))
    return follow_switch();
  return catch_up();
}

// Another writer pruned or cleared the array.
Status Store::Core::follow_switch() {
  const std::lock_guard no_fork(reload_mutex_);
  DAM_TRY(adopt_files(Access::kReadWrite));
  return join();
}

// The first look at files that other writers have open.
Status Store::Core::join() {
  const auto checkpoint = maps_->newest_checkpoint();
  if (!checkpoint) return no_point(maps_->files());
  DAM_TRY(check_sizes(checkpoint->point));
  writer_ = std::make_unique<LogWriter>(maps_, checkpoint->point, checkpoint->index, false);
  writer_->take_turns();
  sweep_next_ = 0;
  DAM_TRY(catch_up());
  const CommitPoint& point = writer_->point();
  DAM_TRY(adopt_facts(point));
  if (point.body_length == checkpoint->point.body_length) durable_seq_ = point.seq;
  show(point);
  return {};
}

Status Store::Core::catch_up() {
  const auto published = maps_->newest_publication();
  const auto checkpoint = maps_->newest_checkpoint();
  if (!published || !checkpoint) return no_point(maps_->files());
  DAM_TRY(check_sizes(published->point));
  DAM_TRY(ensure_windows(published->point.slots, published->point.body_length));
  if (maps_->open_commit() != 0 && !seeded(Mistake::kOpenCommitIgnored))
    return take_over(*checkpoint, published->point.body_length);
  const bool has_moved = published->point.body_length != writer_->point().body_length;
  if (has_moved) DAM_TRY(adopt_facts(published->point));
  if (checkpoint->point.suspect != writer_->last_checkpoint().suspect) sweep_next_ = 0;
  writer_->adopt(*published, *checkpoint);
  if (has_moved) show(writer_->point());
  return {};
}

// What a dead writer, or a poisoned one, left behind V is settled, as an open would do it. What was
// published stays, for others see it.
Status Store::Core::take_over(const ArrayMaps::PlacedPoint& checkpoint, uint64_t published_length) {
  DAM_ASSIGN(const uint64_t header_size, maps_->files().header().size());
  DAM_ASSIGN(const uint64_t body_size, maps_->files().body().size());
  if (!maps_->cover(header_size, body_size)) {
    DAM_ASSIGN(maps_, ArrayMaps::map(maps_->shared_files(), map_options()));
    pins_.maps = maps_;
  }
  DAM_TRY(recover_log(checkpoint, body_size, published_length));
  writer_->take_turns();
  sweep_next_ = 0;
  const CommitPoint& point = writer_->point();
  durable_seq_ = point.seq;
  DAM_TRY(clear_open_commit());
  DAM_TRY(adopt_facts(point));
  show(point);
  return {};
}

Status Store::Core::clear_open_commit() const {
  if (maps_->open_commit() == 0) return {};
  return maps_->files().header().write(kOpenCommitAt, std::array<uint8_t, 8>{});
}

Result<CommitResult> Store::Core::commit_in_turn(std::unique_lock<std::mutex>& lock,
                                                 std::span<const WriteOperation> operations,
                                                 Durability durability, size_t remember) {
  // Whoever waits does not do so in its turn: what it waits for may be another's.
  await_checkpoint_room(lock);
  await_copy_room(lock);
  DAM_TRY(require_writable());
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  DAM_ASSIGN(const CommitResult done, commit_locked(lock, operations, durability, remember));
  if (durability == Durability::kDurable) DAM_TRY(sync_in_turn());
  return done;
}

Status Store::Core::sync_in_turn() {
  DAM_TRY(writer_->sync_body());
  durable_seq_ = writer_->point().seq;
  return {};
}

Status Store::Core::sync_shared() {
  DAM_TRY(require_writable());
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  return sync_in_turn();
}

// Reads what is published without waiting for anybody; only other files need a turn.
Result<bool> Store::Core::reload_shared() {
  if (fork_epoch_ != ForkGuard::epoch()) return false;
  const std::lock_guard lock(write_mutex_);
  DAM_TRY(require_writable());
  const CommitPoint before = view()->point();
  DAM_ASSIGN(const FileIdentity identity, identify(header_path(path_)));
  if (identity != writer_->files().identity()) {
    DAM_ASSIGN(const Turn turn, Turn::begin(*this));
    return view()->point() != before;
  }
  const auto published = maps_->newest_publication();
  if (!published || published->point.body_length == before.body_length) return false;
  DAM_TRY(check_sizes(published->point));
  DAM_TRY(ensure_windows(published->point.slots, published->point.body_length));
  show(published->point);
  return true;
}

Status Store::Core::checkpoint_shared(bool only_if_due) {
  const std::lock_guard lock(write_mutex_);
  if (closed_) return {};
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  if (writer_->is_poisoned() || !writer_->in_session()) return {};
  if (only_if_due && !checkpoint_is_due()) return {};
  // The index is level with this writer's commits; here with those of others too.
  IdIndex::View ignored;
  DAM_TRY(generation_->ids->view_for(view()->log(), writer_->point(), ignored));
  return checkpoint_in_turn(false);
}

Status Store::Core::checkpoint_in_turn(bool clean) {
  writer_->begin_checkpoint();
  DAM_TRY(writer_->sync_checkpoint());
  DAM_TRY(writer_->finish_checkpoint(clean));
  durable_seq_ = writer_->point().seq;
  return fold_in_turn();
}

// The files of derived structures belong to whoever has the turn: an index for writing lives no
// longer than that, and the one that answers look-ups reads the table as any reader does.
Status Store::Core::fold_in_turn() {
  const CommitPoint& point = writer_->point();
  const LogView log = view()->log();
  if (generation_->ids->is_worth_folding(point)) {
    IdDirectory table(path_, *maps_, Access::kReadWrite);
    IdIndex::View ignored;
    DAM_TRY(table.view_for(log, point, ignored));
    DAM_TRY(table.freeze(point));
    DAM_TRY(table.fold(log, point.slots));
    DAM_TRY(generation_->ids->follow_table());
  }
  return point.newest_delete == 0 ? Status() : generation_->positions->persist(log, point);
}

// The last one out leaves the array clean; for others it is enough that nothing is lost.
Status Store::Core::close_shared() {
  DAM_ASSIGN(const Turn turn, Turn::begin(*this));
  if (writer_->is_poisoned()) return writer_->sync_body();
  if (options_.durability == Durability::kBuffered) return {};
  DAM_ASSIGN(const bool others_write, lock_.is_announced());
  if (others_write) return sync_in_turn();
  const bool is_clean = !writer_->in_session() && writer_->last_checkpoint().suspect == 0;
  const Status status = is_clean ? Status() : checkpoint_in_turn(true);
  lock_.release();  // with the turn: nobody is to see this writer announced and gone
  return status;
}

}  // namespace dam
