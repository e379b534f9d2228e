// LogWriter: the one place that writes committed bytes.
//
// Order of a commit: frames, entries of new slots, version words, publication. A batch that fails
// after its first byte was written is killed before the failure is returned: its words are put back
// and a SESSION frame with a fresh salt stands where it began, synced.
#pragma once

#include <atomic>
#include <mutex>
#include <span>

#include "log/frame_batch.h"
#include "log/log_view.h"

namespace dam {

// States:
//   clean open --> no session --commit--> in session --commit--> in session
//   recover() --------------------------> in session
//   any state --sync fails, a failed batch cannot be killed, give_up--> poisoned (writes no more)
// Invariant: a version word is overwritten only when it names neither the newest published version
// of its slot, nor the newest below the last checkpoint, nor the newest below one that has begun.
// Threads: one at a time, but for sync_body, which only shares durable_length.
class LogWriter {
 public:
  // `point` is in force, `checkpoint` the newest C, at index `which`. A recovered log is in
  // session.
  LogWriter(std::shared_ptr<const ArrayMaps> maps, const CommitPoint& point, size_t which,
            bool in_session);

  const ArrayFiles& files() const { return *files_; }
  const CommitPoint& point() const { return point_; }
  uint64_t durable_length() const { return durable_length_.load(std::memory_order_acquire); }
  bool is_poisoned() const { return poisoned_.load(std::memory_order_acquire); }
  bool in_session() const { return in_session_; }
  // Writes no more, since it is uncertain which generation the next open will find.
  Status give_up(const Status& cause) { return poison(cause); }
  void use_maps(std::shared_ptr<const ArrayMaps> maps) { maps_ = std::move(maps); }

  // One of several writers of the array from here on: marks each commit while it is open, and stays
  // marked when it is poisoned, so that the next in turn recovers.
  void take_turns() { takes_turns_ = true; }
  // What the others did since this one's last turn.
  void adopt(const ArrayMaps::PlacedPoint& published, const ArrayMaps::PlacedPoint& checkpoint);

  // A batch that follows `base`, the point in force or one that buffered commits lead to. In a new
  // session it begins with a SESSION frame.
  Result<FrameBatch> begin_batch(const CommitPoint& base, FrameBuffer&& buffer = {}) const;
  // Whether a version word that the change needs is held by a checkpoint that has begun.
  bool must_await_checkpoint(const LogChange& change) const;
  // Writes and publishes. NO_SPACE and others leave the log as it was; POISONED does not.
  Status commit(const LogChange& change);
  // The same for commits already answered: after a failure the same change is tried again.
  Status commit_promised(const LogChange& change);

  // Makes the first `length` bytes of the body durable; any thread, a failure poisons.
  Status sync_body();

  // The checkpoint of what is published now, in steps: begin (between commits), sync (any thread,
  // no lock), finish (between commits). `clean`: nothing may follow; leftovers apart, no word is
  // suspect.
  void begin_checkpoint();
  Status sync_checkpoint();
  Status finish_checkpoint(bool clean);
  bool checkpoint_has_begun() const { return begun_.body_length != 0; }
  const CommitPoint& last_checkpoint() const { return checkpoint_; }

  // Zeroes leftover words of slots [first, first + count); how many were.
  Result<uint64_t> sweep_words(uint64_t first, uint64_t count);
  bool has_leftovers() const { return has_leftovers_; }
  // All slots were swept: releases the mark, in a checkpoint of its own.
  Status finish_sweep();

 private:
  struct WordChange {
    uint64_t place;
    uint64_t former;
  };

  const CheckSeed& seed() const { return files_->seed(); }
  const File& body() const { return files_->body(); }
  const File& header() const { return files_->header(); }
  LogView log_view() const;
  bool free_word(uint64_t slot, size_t& out_index) const;
  Status mark_suspect();
  Status commit_whole(const LogChange& change);
  Status write_all(const LogChange& change, bool& touched, std::vector<WordChange>& changed);
  Status write_frames(const LogChange& change, bool& touched);
  void allocate_ahead(uint64_t end);
  Status write_entries(const LogChange& change);
  Status write_words(const LogChange& change, std::vector<WordChange>& changed);
  Status publish(const CommitPoint& point);
  Status sync_file(const File& file);
  Status kill_batch(const Status& cause, const std::vector<WordChange>& changed);
  Status poison(const Status& cause);
  Status poisoned_before() const;
  Status mark_open(uint64_t seq) const;

  const std::shared_ptr<const ArrayFiles> files_;
  std::shared_ptr<const ArrayMaps> maps_;
  CommitPoint point_;
  CommitPoint checkpoint_;
  CommitPoint begun_;  // body_length 0: none
  size_t checkpoint_index_;
  size_t publication_index_ = 0;
  bool takes_turns_ = false;
  bool in_session_;
  bool suspect_marked_;
  bool has_leftovers_;
  std::mutex sync_mutex_;
  std::atomic<uint64_t> written_length_;
  std::atomic<uint64_t> durable_length_;
  std::atomic<bool> poisoned_{false};
  std::atomic<bool> syncs_commits_{false};  // whether single commits were synced
  uint64_t allocated_length_ = 0;           // of the body, asked for ahead; UINT64_MAX: refused
};

}  // namespace dam
