// The id index of one array: a persisted table, and above it one or two overlays in memory.
//
//   insert, redirect --> active --freeze--> frozen --fold--> table (ids.<generation>.<home bits>)
//
// Threads: insert, redirect, freeze, reset_overlay, reopen_if_newer and discard belong to the one
// writer of the handle; fold and rebuild to one upkeep thread at a time (never beside discard or
// reopen_if_newer); view, refresh, stamp and find to anyone, without locks while searching. A
// reader in another process opens the table read-only and keeps an overlay of its own by insert.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/status.h"
#include "index/id_entry.h"
#include "index/id_overlay.h"
#include "index/id_table.h"
#include "platform/file.h"

namespace dam {

class IdTableBuilder;

class IdIndex {
  // What finds search; never changed once published. The parts themselves only ever gain entries.
  struct State {
    std::shared_ptr<IdTable> table;     // may be null
    std::shared_ptr<IdOverlay> frozen;  // may be null
    std::shared_ptr<IdOverlay> active;
    uint64_t version = 0;
  };

 public:
  struct Identity {
    std::string directory;  // of the array; empty: there is no table and never will be
    std::array<uint8_t, 16> uuid{};
    uint64_t generation = 0;
    Access access = Access::kReadWrite;
    bool reads_safely = false;  // the table by system calls, not from a map
  };

  // Pins what the index held when taken: it stays valid for ever and keeps finding that (an entry
  // redirected since may show its new slot). Entries inserted later may or may not be seen.
  class View {
   public:
    View() = default;
    // Calls visit(slot) for each candidate, newest part first, until it returns true. A slot may
    // come more than once. Not on an empty View.
    template <typename Visit>
    IdSearch find(uint64_t hash, Visit&& visit) const;
    // Asks for the cache lines a find will read.
    void prefetch(uint64_t hash) const;

   private:
    friend class IdIndex;
    std::shared_ptr<const State> state_;
  };

  // Removes what an index of this generation may have left in a directory, as far as it can.
  static void remove_files(const std::string& directory, uint64_t generation);

  // Never fails for want of a sound table: without one the index is empty and stamp() covers
  // nothing.
  static Result<std::unique_ptr<IdIndex>> open(const Identity& identity);

  // What the table covers: the caller inserts everything beyond. Whether it fits the array (salt,
  // no more than is committed) is for the caller to judge; if not: discard().
  IdStamp stamp() const;
  View view() const;
  // Makes `view` current; one atomic load when it is.
  void refresh(View& view) const;

  // The slot is below IdEntry::kSlotLimit. Present in the active overlay already: nothing changes.
  Status insert(uint64_t hash, uint64_t slot) { return active_->insert(hash, slot); }
  // The entry for `from` is to name `to`: at once in the active overlay, else when folded.
  Status redirect(uint64_t hash, uint64_t from, uint64_t to) {
    return active_->redirect(hash, from, to);
  }
  uint64_t active_count() const { return active_->size(); }
  std::string table_path() const;  // empty: there is none
  uint64_t table_bytes() const;    // on disk
  uint64_t overlay_bytes() const;  // in private memory

  // Hands what is active to the next fold, which will make `stamp` the table's. False, and nothing
  // changes, while an earlier frozen overlay still waits.
  Result<bool> freeze(const IdStamp& stamp);
  bool is_frozen() const;
  // Puts the frozen entries into the table: pages, sync, stamp, sync. Nothing frozen: does nothing.
  // On failure the frozen overlay stays and every answer stays right. After a failed write or sync
  // of the table its file is removed and needs_rebuild() is true. hashes_of may be asked for slots
  // the array does not have (left by a lost tail).
  Status fold(const HashesOf& hashes_of);
  // Builds the table anew from slots [0, slot_count). `stamp` must cover all that is frozen, and
  // all ids in force below it must be among what hashes_of gives.
  Status rebuild(uint64_t slot_count, const HashesOf& hashes_of, const IdStamp& stamp);
  // Damage was met, or the table was given up: finds may answer kDamaged until rebuild or discard.
  bool needs_rebuild() const;
  // Forgets table and overlays and, when writable, removes the file; stamp() covers nothing after.
  Status discard();

  // For readers of another process's table: true when stamp() moved, or the table went, since the
  // last look. Costs two reads and an lstat.
  Result<bool> reopen_if_newer();
  // Starts an empty active overlay, after reopen_if_newer: the caller inserts what lies beyond
  // stamp().
  Status reset_overlay();

 private:
  explicit IdIndex(const Identity& identity) : identity_(identity) {}

  std::string path_of(const std::string& suffix) const;
  // The sound table with the most home bits, or null. A writable index removes all others.
  std::shared_ptr<IdTable> open_table() const;
  std::shared_ptr<const State> state() const;
  // Swaps in a copy of the state that `change` edited; it holds the mutex meanwhile.
  void publish(const std::function<void(State&)>& change);
  IdStamp of_this_array(IdStamp stamp) const;

  struct Shape {
    IdStamp stamp;
    unsigned home_bits = 0;
    uint64_t padding = 0;
  };
  using Fill = std::function<Status(IdTableBuilder&)>;
  // Writes a new table beside the others, renames it into place once synced, and opens it.
  Result<std::shared_ptr<IdTable>> build(const Shape& shape, const Fill& fill) const;
  // A larger copy of the table in force (an empty one when there is none), in force when it
  // returns.
  Status grow(const Shape& shape, const HashesOf& hashes_of);
  Result<bool> put_all(IdTable& table, const std::vector<IdEntry>& entries);
  void remove_former(const IdTable* former, const IdTable& now) const;

  const Identity identity_;
  std::shared_ptr<IdOverlay> active_;  // the writer's own, that of the state
  mutable std::mutex mutex_;           // guards state_, stamp_ and frozen_stamp_
  std::shared_ptr<const State> state_;
  IdStamp stamp_;
  IdStamp frozen_stamp_;
  std::atomic<uint64_t> version_{0};
  std::atomic<bool> given_up_{false};
};

template <typename Visit>
IdSearch IdIndex::View::find(uint64_t hash, Visit&& visit) const {
  if (state_->active->find(hash, visit)) return IdSearch::kStopped;
  if (state_->frozen != nullptr && state_->frozen->find(hash, visit)) return IdSearch::kStopped;
  return state_->table == nullptr ? IdSearch::kExhausted : state_->table->find(hash, visit);
}

}  // namespace dam
