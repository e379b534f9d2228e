// The file `positions.<generation>`: a position tree as it stood at a checkpoint, used from the
// map.
//
// Derived: what does not check is discarded and the tree built again from the chain of DELETE
// frames. Written whole under a temporary name, synced, renamed; never changed afterwards. Opening
// reads the header and the directory of leaves; the leaves themselves are checked when the tree is
// asked for.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "index/position_tree.h"
#include "platform/mapping.h"

namespace dam {

// What a file of positions was made from. The caller compares it with its array.
struct PositionStamp {
  std::array<uint8_t, 16> uuid{};
  uint64_t generation = 0;
  uint64_t covered_length = 0;  // length of the body the file reflects
  uint32_t salt = 0;            // session salt in force there
  uint64_t newest_delete = 0;   // offset of the newest DELETE frame reflected; 0 none
  uint64_t dead_count = 0;

  bool operator==(const PositionStamp&) const = default;
};

// Durability: on success the file is synced and renamed to `path`; on failure a former one remains.
// stamp.dead_count is taken from the tree.
Status write_position_base(const std::string& path, const PositionStamp& stamp,
                           const PositionTree& tree);

// One opened file. Copies share the mapping, and so do the trees made from it.
class PositionBase {
 public:
  // NOT_FOUND when there is none, CORRUPT when it must be discarded.
  static Result<PositionBase> open(const std::string& path);

  const PositionStamp& stamp() const { return stamp_; }
  // Checks every leaf and joins them to a tree that reads them from the map.
  Result<PositionTree> tree() const;

 private:
  std::shared_ptr<const Mapping> mapping_;
  std::string path_;
  PositionStamp stamp_;
  uint64_t leaf_count_ = 0;
};

}  // namespace dam
