// IdDirectory: the id index of one generation, kept level with the log.
//
// The index knows hashes and slots; this knows how far in the log it reaches, extends it over
// frames that it lacks, and starts it over when it is damaged. The writer keeps it level by note();
// readers, and a writer's first look-up, by view_for(). Threads: any; work on the index is
// serialized here, searches are not.
#pragma once

#include <memory>
#include <mutex>
#include <span>

#include "index/id_index.h"
#include "log/log_view.h"

namespace dam {

class IdDirectory {
 public:
  // The index itself is opened by the first look-up, so that opening an array costs nothing for it.
  // Without a directory it stays in memory.
  IdDirectory(const std::string& directory, const ArrayMaps& maps, Access access)
      : directory_(directory),
        superblock_(maps.files().superblock()),
        access_(access),
        reads_safely_(maps.reads_safely()) {}

  // A view of the index that has every id of the log below view.limit.
  Status view_for(const LogView& view, const CommitPoint& point, IdIndex::View& out);
  // Writes the table of an array that no one looks into yet, where that saves the first look-up
  // from reading every entry.
  Status build(const LogView& view, const CommitPoint& point);
  // Damage was met: starts over from the log, and gives a view as view_for does.
  Status start_over(const LogView& view, const CommitPoint& point, IdIndex::View& out);

  // What a commit adds to an index that is level with the log before it. `replaced` is the slot of
  // the id's former life, or IdEntry::kNoSlot.
  struct Change {
    uint64_t hash = 0;
    uint64_t slot = 0;
    uint64_t replaced = IdEntry::kNoSlot;
  };
  struct Commit {
    uint64_t from_length = 0;
    uint64_t to_length = 0;
    bool published = true;  // in the files, where older views can follow a redirected entry
  };
  // True, and a view of the index as of the commit, when the index was level and is so again.
  bool note(std::span<const Change> changes, const Commit& commit, IdIndex::View& out);

  // Upkeep: freeze what is covered up to `point`, and fold it once it is durable. Whether it is
  // worth the syncs: what a later open would have to read again otherwise.
  bool is_worth_folding(const CommitPoint& point) const;
  Status freeze(const CommitPoint& point);
  Status fold(const LogView& view, uint64_t slots);
  // Takes over the table as it is on disk now, if another wrote it since, and forgets what is in
  // memory beside it: the next look-up makes up for what the table lacks.
  Status follow_table();
  // Of the table in force; empty: there is none.
  std::string table_path();
  Result<int64_t> file_bytes();
  Result<int64_t> memory_bytes();
  // For fork: held while the process is copied, so that the child finds them free.
  void lock_for_fork() {
    fold_mutex_.lock();
    mutex_.lock();
  }
  void unlock_after_fork() {
    mutex_.unlock();
    fold_mutex_.unlock();
  }

 private:
  Status ensure_open();
  Status extend(const LogView& view, const CommitPoint& point);
  Status add_frames(const LogView& view, uint64_t from);
  Status add_slots(const LogView& view, uint64_t slots);
  bool stamp_fits(const LogView& view, const CommitPoint& point) const;
  HashesOf hashes_of(const LogView& view, uint64_t slots) const;
  Status adopt_newer_table();
  Status adopt_table();

  bool has_files() const { return !directory_.empty(); }

  const std::string directory_;  // empty: of a temporary array
  const Superblock superblock_;
  const Access access_;
  const bool reads_safely_;
  std::unique_ptr<IdIndex> index_;  // guarded by mutex_ until it is there; null: no look-up yet
  mutable std::mutex mutex_;
  std::mutex fold_mutex_;
  uint64_t covered_length_ = 0;  // guarded by mutex_; 0: nothing yet
};

}  // namespace dam
