// Store: one open array. Durability, locking, recovery and snapshots meet here.
//
//              open()                       first commit                close()
//   (no store) ------> reading or writable ------------> session begun -------> closed
//                                      \-- sync fails --> poisoned (reads go on) --/
//                                      \-- fork -------> FORKED in the child
//                     writable --prune, clear--> writable, on files of the next generation
//
// Threads: every function may be called by any thread at any time; commits take turns. Views are
// immutable and outlive the store. Each store_<verb>.cc file holds one operation.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/status.h"
#include "store/prune_options.h"
#include "store/store_options.h"
#include "store/view.h"
#include "store/write_operation.h"

namespace dam {

// Numbers of Store::stat, equal to DAM_STAT_*.
enum class Stat : int32_t {
  kDocuments = 1,
  kSlots = 2,
  kLiveBytes = 3,
  kDeadBytes = 4,
  kGeneration = 5,
  kRevision = 6,
  kBodyBytes = 7,
  kHeaderBytes = 8,
  kIndexBytes = 9,
  kIndexMemory = 10,
  kDurableRevision = 11,
  kEmbeddingDim = 12,
  kPinnedBytes = 13,
  kGarbagePercent = 14,
  kKeyLength = 15,
  kSealed = 16,
};

class Store {
 public:
  static Result<std::shared_ptr<Store>> open(const std::string& path, const StoreOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::string& path() const;
  bool is_temporary() const;  // then path() is only what messages call it
  // The latest commit this store sees.
  std::shared_ptr<const View> view() const;

  // Commits the operations as one batch: all or none. An empty batch is a no-op.
  Result<CommitResult> commit(std::span<const WriteOperation> operations, Durability durability);
  // The same for one operation (kSetAt or kDeleteAt) on a position of the latest commit.
  Result<CommitResult> commit_at(WriteOperation operation, int64_t position, Durability durability);
  // Deletes a slice of the latest commit; how many documents.
  Result<uint64_t> delete_slice(const Slice& slice, Durability durability);

  // Rewrites the live documents into a new generation. A commit of its own, durable.
  Status prune(const PruneOptions& options);
  // Removes all documents by a switch to an empty generation; the revision of that commit, durable.
  Result<uint64_t> clear();

  // Ends all writing for ever: the list of the files, which is now the array's seal. One that is
  // sealed answers its list.
  Result<std::string> seal(const std::function<bool(uint64_t done, uint64_t total)>& progress);

  Result<bool> reload();
  Status flush();
  Status sync();
  // Ends the store: flushes, checkpoints, gives up the lock. Later calls do nothing.
  Status close();
  Result<int64_t> stat(Stat which) const;
  Durability durability() const;

  // A checkpoint in steps, for tests that stand between them; the upkeep thread does the same.
  Status checkpoint_begin();
  Status checkpoint_finish();

  class Core;

 private:
  explicit Store(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace dam
