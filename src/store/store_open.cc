// Opening: for writing under the lock, with recovery; for reading, without writing a byte.
#include <algorithm>

#include "base/log_sink.h"
#include "base/seeded_mistake.h"
#include "log/log_recovery.h"
#include "platform/clock.h"
#include "store/array_seal.h"
#include "store/fork_guard.h"
#include "store/store_core.h"

namespace dam {
namespace {

unsigned long long print(uint64_t value) { return value; }

Status no_checkpoint(const ArrayFiles& files) {
  return Status::error(Code::kCorrupt, "both checkpoints of %s are damaged (offsets %llu and %llu)",
                       files.header().path().c_str(), print(kCheckpointAt[0]),
                       print(kCheckpointAt[1]));
}

bool same_commit(const CommitPoint& a, const CommitPoint& b) {
  return a.body_length == b.body_length && a.salt == b.salt && a.slots == b.slots;
}

// Clean: what was published is what was checkpointed, and no frame of the session follows.
bool is_clean(const ArrayMaps& maps, const CommitPoint& checkpoint, uint64_t body_size) {
  const auto published = maps.newest_publication();
  return published && same_commit(published->point, checkpoint) &&
         !log_continues(maps, checkpoint, body_size);
}

uint64_t published_seq(const ArrayMaps& maps) {
  const auto published = maps.newest_publication();
  return published ? published->point.seq : 0;
}

// Of an array that is made.
Status draw_identity(Superblock& superblock, uint32_t& salt) {
  superblock.generation = 1;
  DAM_TRY(random_bytes(superblock.uuid));
  DAM_TRY(random_bytes(superblock.hash_key));
  return random_bytes({reinterpret_cast<uint8_t*>(&salt), sizeof salt});
}

Status no_array(const std::string& path) {
  return Status::error(Code::kNotFound, "there is no array at %s", path.c_str());
}

}  // namespace

Store::Core::Core(const std::string& path, const StoreOptions& options)
    : path_(options.temporary ? path + "/(temporary array)" : path),
      options_(options),
      fork_epoch_(ForkGuard::epoch()) {
  pins_.check_payloads = options.check_payloads;
}

Status Store::Core::open() {
  if (options_.temporary)
    DAM_TRY(open_temporary());
  else
    DAM_TRY(options_.read_only ? open_readable() : open_writable());
  ForkGuard::add(this);
  if (can_write_) DAM_TRY(found_facts());
  if (can_write_ && options_.shared_writer) lock_.release_turn();
  return {};
}

Status Store::Core::adopt_files(Access access) {
  DAM_ASSIGN(std::shared_ptr<const ArrayFiles> files, ArrayFiles::open(path_, access));
  const bool is_other = maps_ != nullptr && files->identity() != maps_->files().identity();
  if (is_other) retire(maps_->shared_files());
  return map_files(std::move(files), access);
}

Status Store::Core::map_files(std::shared_ptr<const ArrayFiles> files, Access access) {
  DAM_ASSIGN(maps_, ArrayMaps::map(std::move(files), map_options()));
  // Files of derived structures are written by whoever has the turn, and only then.
  generation_ = make_generation(path_, *maps_, options_.shared_writer ? Access::kRead : access);
  pins_.generation = generation_;
  pins_.maps = maps_;
  return {};
}

Status Store::Core::check_sizes(const CommitPoint& point) const {
  const ArrayFiles& files = maps_->files();
  DAM_ASSIGN(const uint64_t header_size, files.header().size());
  DAM_ASSIGN(const uint64_t body_size, files.body().size());
  const bool sound = point.live <= point.slots && point.slots < (uint64_t{1} << 40) &&
                     point.body_length >= kBodyStart && point.body_length % kFrameAlignment == 0 &&
                     point.generation == files.superblock().generation;
  if (!sound)
    return Status::error(Code::kCorrupt, "a commit point of %s contradicts itself (commit %llu)",
                         files.header().path().c_str(), print(point.seq));
  if (header_size < entry_offset(point.slots))
    return Status::error(Code::kCorrupt, "%s has %llu bytes, its %llu slots need %llu",
                         files.header().path().c_str(), print(header_size), print(point.slots),
                         print(entry_offset(point.slots)));
  if (body_size < point.body_length)
    return Status::error(Code::kCorrupt, "%s has %llu bytes, commit %llu needs %llu",
                         files.body().path().c_str(), print(body_size), print(point.seq),
                         print(point.body_length));
  return {};
}

void Store::Core::show(const CommitPoint& point, const IdIndex::View* index) {
  pins_.tail = tail_.is_empty() ? nullptr : tail_.buffer();
  if (shown_pins_ == nullptr || *shown_pins_ != pins_)
    shown_pins_ = std::make_shared<const ArrayView::Pins>(pins_);
  auto view = std::make_shared<const ArrayView>(shown_pins_, point, index);
  const std::lock_guard lock(view_mutex_);
  view_.swap(view);  // the former one goes once the mutex is free
}

std::shared_ptr<const ArrayView> Store::Core::view() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

Status Store::Core::open_writable() {
  DAM_TRY(refuse_sealed(path_));
  const Status header = exists(header_path(path_));
  if (!header.ok() && header.code() != Code::kNotFound) return header;
  if (!header.ok() && !options_.create && !exists(body_path(path_)).ok()) return no_array(path_);
  if (!header.ok() && options_.create) DAM_TRY(make_directories(path_));
  DAM_ASSIGN(lock_, LockFile::open(lock_path(path_), Access::kReadWrite));
  if (!options_.allow_network) DAM_TRY(lock_.require_local());
  DAM_TRY(options_.shared_writer ? lock_.acquire_turn(options_.lock_wait_ms())
                                 : lock_.acquire(options_.lock_wait_ms()));
  DAM_TRY(refuse_sealed(path_));  // whoever had the lock may have sealed it
  if (seeded(Mistake::kOpenDropsNewBody)) DAM_TRY(remove_file(new_body_path(path_)));
  Status adopted = adopt_files(Access::kReadWrite);
  if (adopted.code() == Code::kNotFound && options_.create) {
    DAM_TRY(create());
    adopted = adopt_files(Access::kReadWrite);
  }
  DAM_TRY(adopted);
  return adopt_for_writing();
}

Status Store::Core::create() {
  Superblock superblock;
  uint32_t salt = 0;
  DAM_TRY(draw_identity(superblock, salt));
  return create_array_files(path_, superblock, salt);
}

// No lock: nobody else can open what has no name.
Status Store::Core::open_temporary() {
  Superblock superblock;
  uint32_t salt = 0;
  DAM_TRY(draw_identity(superblock, salt));
  DAM_ASSIGN(auto files, create_temporary_files(path_, superblock, salt));
  DAM_TRY(map_files(std::move(files), Access::kReadWrite));
  return adopt_for_writing();
}

// Before the first commit: whoever created the array, this process or one that died in the middle
// of it, may not have made its names durable.
Status Store::Core::sync_names() const {
  DAM_TRY(sync_directory(path_));
  return sync_directory(parent_of(path_));
}

Status Store::Core::adopt_for_writing() {
  bool others_write = false;
  if (options_.shared_writer) {
    DAM_ASSIGN(others_write, lock_.is_announced());
  }
  DAM_TRY(others_write ? join() : adopt_alone());
  if (!options_.temporary) DAM_TRY(lock_.announce());
  can_write_ = true;
  return {};
}

Status Store::Core::adopt_alone() {
  if (!options_.temporary) remove_leftovers();
  const auto newest = maps_->newest_checkpoint();
  if (!newest) return no_checkpoint(maps_->files());
  CommitPoint checkpoint = newest->point;
  DAM_TRY(check_sizes(checkpoint));
  if (checkpoint.body_length == kBodyStart && !options_.temporary) DAM_TRY(sync_names());
  DAM_ASSIGN(const uint64_t body_size, maps_->files().body().size());
  // Of writers that take turns each must see in the checkpoint whether words may be leftovers.
  const bool is_told = !options_.shared_writer || checkpoint.suspect == 0;
  if (is_told && is_clean(*maps_, checkpoint, body_size)) {
    checkpoint.seq = std::max(checkpoint.seq, published_seq(*maps_));
    writer_ = std::make_unique<LogWriter>(maps_, checkpoint, newest->index, false);
  } else {
    DAM_TRY(recover_log(*newest, body_size, 0));
  }
  DAM_TRY(clear_open_commit());
  if (options_.shared_writer) writer_->take_turns();
  const CommitPoint& point = writer_->point();
  durable_seq_ = point.seq;
  DAM_TRY(adopt_facts(point));
  show(point);
  return {};
}

Status Store::Core::adopt_facts(const CommitPoint& point) {
  LogView log;
  log.maps = maps_.get();
  log.limit = point.body_length;
  DAM_ASSIGN(admission_.facts, read_facts(log, point));
  admission_.any_embedding = options_.any_embedding;
  return {};
}

// `least_length`: of the body, which others see and must not lose; 0: nobody does.
Status Store::Core::recover_log(const ArrayMaps::PlacedPoint& newest, uint64_t body_size,
                                uint64_t least_length) {
  const CommitPoint& checkpoint = newest.point;
  const bool accept_loss = options_.accept_loss && least_length == 0;
  DAM_ASSIGN(const ScanResult scan, scan_log(*maps_, checkpoint, {body_size, accept_loss}));
  if (scan.point.body_length < least_length)
    return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is damaged",
                         print(scan.point.body_length));
  if (accept_loss) DAM_TRY(erase_tail(*maps_, scan.point));
  uint32_t salt = 0;
  DAM_TRY(random_bytes({reinterpret_cast<uint8_t*>(&salt), sizeof salt}));
  DAM_ASSIGN(const CommitPoint point, recover(*maps_, checkpoint, scan, salt));
  log_line(LogLevel::kInformation,
           "%s was recovered: %llu documents, %llu bytes behind the checkpoint", path_.c_str(),
           print(point.live), print(scan.point.body_length - checkpoint.body_length));
  writer_ = std::make_unique<LogWriter>(maps_, point, 1 - newest.index, true);
  return {};
}

// What was asked for at creation becomes facts of the array; later it must agree.
Status Store::Core::found_facts() {
  ArrayFacts facts = admission_.facts;
  DAM_TRY(choose_facts(options_, view()->point(), path_, facts));
  if (facts == admission_.facts) return {};
  const std::lock_guard lock(write_mutex_);
  DAM_ASSIGN(FrameBatch batch, writer_->begin_batch(latest()));
  batch.set_facts(facts);
  batch.seal();
  DAM_TRY(write_through(batch.change()));
  admission_.facts = facts;
  show(writer_->point());
  return {};
}

Status Store::Core::open_readable() {
  constexpr int kTries = 100;
  constexpr int64_t kPauseMs = 1;
  for (int i = 0; i < kTries; ++i) {
    const Status adopted = adopt_files(Access::kRead);
    if (adopted.code() == Code::kNotFound) return no_array(path_);
    DAM_TRY(adopted);
    bool settled = false;
    DAM_TRY(adopt_for_reading(settled));
    if (settled) return {};
    sleep_ms(kPauseMs);
  }
  return Status::error(Code::kBusy, "%s changed all the while it was opened", path_.c_str());
}

// One attempt to find the commit in force. Not settled: a writer came or went meanwhile.
Status Store::Core::adopt_for_reading(bool& settled) {
  settled = false;
  DAM_ASSIGN(const bool announced, LockFile::is_announced_at(lock_path(path_)));
  CommitPoint point;
  adopted_publication_ = published_seq(*maps_);
  pins_.redone = nullptr;
  pins_.distrusted_seq = 0;
  if (announced) {
    const auto published = maps_->newest_publication();
    if (!published) return {};
    point = published->point;
    DAM_TRY(check_sizes(point));
    // Files that grew since they were mapped are mapped anew.
    if (!maps_->cover(entry_offset(point.slots), point.body_length)) return {};
    adopted_publication_ = point.seq;
    settled = true;
    show(point);
    return {};
  }
  const auto newest = maps_->newest_checkpoint();
  if (!newest) return no_checkpoint(maps_->files());
  const CommitPoint& checkpoint = newest->point;
  DAM_TRY(check_sizes(checkpoint));
  DAM_ASSIGN(const uint64_t header_size, maps_->files().header().size());
  DAM_ASSIGN(const uint64_t body_size, maps_->files().body().size());
  if (!maps_->cover(header_size, body_size)) return {};
  point = checkpoint;
  if (!is_clean(*maps_, checkpoint, body_size)) {
    Result<ScanResult> scan = scan_log(*maps_, checkpoint, {body_size, options_.accept_loss});
    DAM_ASSIGN(const bool now_announced, LockFile::is_announced_at(lock_path(path_)));
    if (now_announced || published_seq(*maps_) != adopted_publication_) return {};
    if (!scan.ok()) return std::move(scan).status();
    DAM_ASSIGN(RedoneEntries redone, redo_in_memory(*maps_, checkpoint, scan.value()));
    point = scan.value().point;
    pins_.redone = std::make_shared<const RedoneEntries>(std::move(redone));
    pins_.distrusted_seq = std::max<uint64_t>({adopted_publication_, point.seq, 1});
  }
  settled = true;
  show(point);
  return {};
}

}  // namespace dam
