#include "log/log_writer.h"

#include <algorithm>
#include <new>

#include "base/seeded_mistake.h"
#include "log/log_recovery.h"
#include "platform/clock.h"

namespace dam {
namespace {

Result<uint32_t> fresh_salt(uint32_t former) {
  uint32_t salt = former;
  while (salt == former) {
    uint8_t bytes[sizeof salt];
    DAM_TRY(random_bytes(bytes));
    salt = load<uint32_t>(bytes);
  }
  return salt;
}

uint64_t word_at(const uint8_t* entry, size_t i) {
  return load<uint64_t>(entry + kVersionWordsAt + 8 * i);
}

}  // namespace

LogWriter::LogWriter(std::shared_ptr<const ArrayMaps> maps, const CommitPoint& point, size_t which,
                     bool in_session)
    : files_(maps->shared_files()),
      maps_(std::move(maps)),
      point_(point),
      checkpoint_(point),
      checkpoint_index_(which),
      in_session_(in_session),
      suspect_marked_(in_session),
      has_leftovers_(point.suspect != 0),
      written_length_(point.body_length),
      durable_length_(point.body_length) {
  // The newest publication is what readers live on: the first commit overwrites the other one.
  if (const auto newest = maps_->newest_publication()) publication_index_ = newest->index;
}

LogView LogWriter::log_view() const {
  LogView view;
  view.maps = maps_.get();
  view.limit = point_.body_length;
  return view;
}

Result<FrameBatch> LogWriter::begin_batch(const CommitPoint& base, FrameBuffer&& buffer) const {
  if (in_session_ || base.body_length != point_.body_length)
    return FrameBatch(base, seed(), durable_length(), std::move(buffer));
  CommitPoint start = base;
  DAM_ASSIGN(const uint32_t salt, fresh_salt(point_.salt));
  start.seq = first_session_seq(base.seq, salt);
  FrameBatch batch(start, seed(), durable_length(), std::move(buffer));
  batch.begin_session(seeded(Mistake::kNoFreshSalt) ? point_.salt : salt);
  return batch;
}

// The index of a word that no reader and no recovery can need.
bool LogWriter::free_word(uint64_t slot, size_t& out_index) const {
  const uint8_t* entry = maps_->header() + entry_offset(slot);
  const uint64_t limits[] = {
      point_.body_length,
      seeded(Mistake::kWordBelowCheckpointOverwritten) ? 0 : checkpoint_.body_length,
      seeded(Mistake::kWordOfBegunCheckpointOverwritten) ? 0 : begun_.body_length};
  bool needed[kVersionWords] = {};
  for (const uint64_t limit : limits) {
    uint64_t newest = 0;
    size_t index = kVersionWords;
    for (size_t i = 0; i < kVersionWords; ++i) {
      const uint64_t offset = decode_version_word(word_at(entry, i), slot, seed());
      FrameHead head;
      if (offset <= newest || offset >= limit) continue;
      // A leftover word names nothing that anyone needs.
      if (!read_frame(log_view(), offset, point_.body_length, head).ok() ||
          !is_later_version_of(head, slot))
        continue;
      newest = offset;
      index = i;
    }
    if (index < kVersionWords) needed[index] = true;
  }
  for (size_t i = 0; i < kVersionWords; ++i) {
    if (needed[i]) continue;
    out_index = i;
    return true;
  }
  return false;
}

bool LogWriter::must_await_checkpoint(const LogChange& change) const {
  size_t ignored = 0;
  return begun_.body_length != 0 && !is_poisoned() &&
         std::any_of(change.versions.begin(), change.versions.end(), [&](const auto& version) {
           return version.first < point_.slots && !free_word(version.first, ignored);
         });
}

// Leftovers are told from the mark of the running session by where it lies: only a recovery puts it
// below its own checkpoint. Whoever opens an array alone, to take turns, sees to that.
void LogWriter::adopt(const ArrayMaps::PlacedPoint& published,
                      const ArrayMaps::PlacedPoint& checkpoint) {
  if (!seeded(Mistake::kTurnKeepsCheckpoint)) {
    checkpoint_ = checkpoint.point;
    checkpoint_index_ = checkpoint.index;
    has_leftovers_ = checkpoint_.suspect != 0 && checkpoint_.suspect < checkpoint_.body_length;
    if (checkpoint_.body_length > durable_length()) durable_length_ = checkpoint_.body_length;
  }
  if (published.point.body_length == point_.body_length || seeded(Mistake::kTurnKeepsPoint)) return;
  point_ = published.point;
  publication_index_ = published.index;
  in_session_ = true;
  written_length_.store(point_.body_length, std::memory_order_release);
}

Status LogWriter::mark_open(uint64_t seq) const {
  if (!takes_turns_) return {};
  uint8_t word[8];
  store(word, seq);
  return header().write(kOpenCommitAt, word);
}

Status LogWriter::commit(const LogChange& change) {
  if (is_poisoned()) return poisoned_before();
  DAM_TRY(mark_open(change.point.seq));
  Status status = commit_whole(change);
  // A mark that cannot be taken away makes the next in turn recover, which harms nothing.
  if (!is_poisoned() && !seeded(Mistake::kOpenCommitLeftSet)) static_cast<void>(mark_open(0));
  return status;
}

Status LogWriter::commit_whole(const LogChange& change) {
  bool touched = false;
  std::vector<WordChange> changed;
  // Before the first byte: a batch half written must not fail for want of memory.
  changed.reserve(change.versions.size());
  Status status = write_all(change, touched, changed);
  if (status.ok() || !touched) return status;
  try {
    return kill_batch(status, changed);
  } catch (const std::bad_alloc&) {
    return poison(status);
  }
}

// Why not killed: its frames are whole commits that their callers were told of. What of them is on
// disk already is what the next try writes there again, and what a recovery may keep.
Status LogWriter::commit_promised(const LogChange& change) {
  bool touched = false;
  std::vector<WordChange> changed;
  return write_all(change, touched, changed);
}

Status LogWriter::write_all(const LogChange& change, bool& touched,
                            std::vector<WordChange>& changed) {
  if (is_poisoned()) return poisoned_before();
  if (!change.versions.empty()) DAM_TRY(mark_suspect());
  DAM_TRY(write_frames(change, touched));
  DAM_TRY(write_entries(change));
  if (seeded(Mistake::kPublishBeforeWords)) DAM_TRY(publish(change.point));
  DAM_TRY(write_words(change, changed));
  DAM_TRY(publish(change.point));
  point_ = change.point;
  in_session_ = true;
  written_length_.store(point_.body_length, std::memory_order_release);
  return {};
}

// Space ahead of the log's end, for arrays whose commits are synced one by one: a sync then finds
// no new size of the file to write down. It reads as zeros, which are no frame. The file keeps it:
// cut off, it could be missed by a reader that is just looking for frames there.
void LogWriter::allocate_ahead(uint64_t end) {
  constexpr uint64_t kLeast = 64 << 10;
  constexpr uint64_t kMost = 4 << 20;
  const uint64_t ahead = std::clamp(end / 8, kLeast, kMost);
  const bool done = body().allocate(point_.body_length, end + ahead - point_.body_length).ok();
  // Refused once, by the disk or the file system: the log grows by its writes as before.
  allocated_length_ = done ? end + ahead : UINT64_MAX;
}

Status LogWriter::write_frames(const LogChange& change, bool& touched) {
  uint64_t done = 0;
  const uint64_t end = point_.body_length + change.frames.size();
  if (end > allocated_length_ && syncs_commits_.load(std::memory_order_relaxed))
    allocate_ahead(end);
  Status status = body().write(point_.body_length, change.frames, &done);
  touched = done != 0;
  return status;
}

Status LogWriter::write_entries(const LogChange& change) {
  if (change.entries.empty()) return {};
  return header().write(entry_offset(point_.slots), change.entries);
}

Status LogWriter::write_words(const LogChange& change, std::vector<WordChange>& changed) {
  for (const auto& [slot, offset] : change.versions) {
    size_t index = 0;
    uint64_t former = 0;
    if (slot < point_.slots) {
      if (!free_word(slot, index))
        return Status::error(Code::kInternal, "no version word of slot %llu is free",
                             static_cast<unsigned long long>(slot));
      former = word_at(maps_->header() + entry_offset(slot), index);
    }
    const uint64_t place = entry_offset(slot) + kVersionWordsAt + 8 * index;
    uint8_t word[8];
    store(word, encode_version_word(offset, slot, seed()));
    changed.push_back({place, former});
    DAM_TRY(header().write(place, word));
  }
  return {};
}

// Durability: none by itself; every process sees the commit from here on.
Status LogWriter::publish(const CommitPoint& point) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  const size_t index = 1 - publication_index_;
  DAM_TRY(write_commit_point(header(), point, kPublicationAt[index], seed()));
  publication_index_ = index;
  return {};
}

// Without this a batch that was answered with NO_SPACE could come back after a crash.
Status LogWriter::kill_batch(const Status& cause, const std::vector<WordChange>& changed) {
  if (seeded(Mistake::kAbortedBatchNotKilled)) return cause;
  for (const WordChange& change : changed) {
    uint8_t word[8];
    store(word, change.former);
    if (!header().write(change.place, word).ok()) return poison(cause);
  }
  Result<uint32_t> salt = fresh_salt(point_.salt);
  if (!salt.ok()) return poison(cause);
  FrameBatch seal(point_, seed(), durable_length());
  seal.begin_session(salt.value());
  seal.seal();
  if (!body().write(point_.body_length, seal.frames()).ok() || !sync_file(body()).ok() ||
      !publish(seal.point()).ok())
    return poison(cause);
  point_ = seal.point();
  in_session_ = true;
  written_length_.store(point_.body_length, std::memory_order_release);
  durable_length_.store(point_.body_length, std::memory_order_release);
  return cause;
}

Status LogWriter::poison(const Status& cause) {
  poisoned_.store(true, std::memory_order_release);
  // What cannot be written now was at least marked when the commit began.
  if (!seeded(Mistake::kPoisonLeavesNoWord)) static_cast<void>(mark_open(point_.seq + 1));
  return Status::error(Code::kPoisoned, "what is on disk is uncertain until the next open: %s",
                       cause.message());
}

Status LogWriter::poisoned_before() const {
  return Status::error(Code::kPoisoned, "a sync of %s failed earlier: nothing more is written",
                       body().path().c_str());
}

// Durability: one at a time and none after a failure. The kernel tells a failure to one call only
// and counts the pages as clean from then on: a sync beside or after it would vouch for what is
// lost.
Status LogWriter::sync_file(const File& file) {
  const std::lock_guard lock(sync_mutex_);
  if (is_poisoned()) return poisoned_before();
  Status status = file.sync();
  return status.ok() ? status : poison(status);
}

Status LogWriter::sync_body() {
  if (is_poisoned()) return poisoned_before();
  const uint64_t length = written_length_.load(std::memory_order_acquire);
  if (length <= durable_length()) return {};
  if (!seeded(Mistake::kDurableSkipsSync)) DAM_TRY(sync_file(body()));
  syncs_commits_.store(true, std::memory_order_relaxed);
  uint64_t known = durable_length();
  while (known < length && !durable_length_.compare_exchange_weak(known, length)) {
  }
  return {};
}

}  // namespace dam
