// PositionCache: which slots are dead at a commit, as trees that follow the chain of DELETE frames.
//
// The dead of a commit are exactly what its newest DELETE frame leads to, so that offset names a
// tree. The latest one asked for is kept; a later one is made from it, an earlier one from the base
// on disk. Threads: any.
#pragma once

#include <mutex>
#include <span>
#include <string>

#include "index/position_tree.h"
#include "log/log_view.h"

namespace dam {

class PositionCache {
 public:
  // Without a directory nothing is written, nor looked for.
  PositionCache(const std::string& directory, const Superblock& superblock)
      : directory_(directory), superblock_(superblock) {}

  // Removes what a cache of this generation may have left in a directory, as far as it can.
  static void remove_files(const std::string& directory, uint64_t generation);

  Status tree_for(const LogView& view, const CommitPoint& point, PositionTree& out);
  // The tree of this commit when it is at hand; false otherwise. Never reads the log.
  bool at_hand(const CommitPoint& point, PositionTree& out) const;
  // A commit killed slots: the tree at hand for `before` becomes that of `after`.
  void note(uint64_t before, uint64_t after, std::span<const uint64_t> killed);

  // Writes the base file for a commit that is durable, when enough is dead beyond the one on disk.
  Status persist(const LogView& view, const CommitPoint& point);
  std::mutex& mutex() { return mutex_; }

  std::string base_path() const;

 private:
  void load_base(const LogView& view, const CommitPoint& point, PositionTree& tree,
                 uint64_t& newest_delete) const;

  std::string directory_;
  Superblock superblock_;
  mutable std::mutex mutex_;
  PositionTree tree_;
  uint64_t newest_delete_ = 0;
  uint64_t persisted_dead_ = 0;
};

}  // namespace dam
