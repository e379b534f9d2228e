// Which slots of an array are dead, and with it position <-> slot: position = slot - dead before
// it.
//
// An immutable tree of bitmaps of 4,096 slots, changed by copying the path to one leaf, so that
// each snapshot keeps its own root. Inner nodes count the DEAD below them and an absent node means
// "all live": appending changes nothing, and while nothing is dead there is no tree at all.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

namespace dam {

// One leaf, in memory as in the file of positions: a set bit is a dead slot.
struct PositionLeaf {
  static constexpr unsigned kSlotBits = 12;
  static constexpr uint64_t kSlots = uint64_t{1} << kSlotBits;
  static constexpr unsigned kWords = kSlots / 64;

  std::array<uint64_t, kWords> words{};
  std::array<uint16_t, kWords> before{};  // dead slots in the words below this one

  uint32_t dead_count() const;
};
static_assert(sizeof(PositionLeaf) == 640);

// A value: cheap to copy, never changed, read by any number of threads at once.
class PositionTree {
 public:
  static constexpr uint64_t kCapacity = uint64_t{1} << 40;

  PositionTree() = default;  // nothing is dead

  uint64_t dead_count() const { return dead_; }
  bool is_dead(uint64_t slot) const { return dead_ != 0 && find_dead(slot); }
  // The number of live slots below `slot`.
  uint64_t position_of(uint64_t slot) const { return dead_ == 0 ? slot : slot - dead_below(slot); }
  // The live slot with `position` live slots below it. Slots nobody killed are live without end:
  // the caller bounds the answer by its own slot count.
  uint64_t slot_at(uint64_t position) const { return dead_ == 0 ? position : select(position); }
  // The least live (dead) slot at or above `slot`; kCapacity when no dead one follows. A scan takes
  // runs: from next_live(s) up to next_dead of that.
  uint64_t next_live(uint64_t slot) const { return dead_ == 0 ? slot : seek_live(slot); }
  uint64_t next_dead(uint64_t slot) const { return dead_ == 0 ? kCapacity : seek_dead(slot); }

  // This tree and `slot` dead too; killing a dead slot again changes nothing. slot < kCapacity.
  [[nodiscard]] PositionTree without(uint64_t slot) const;

  // Calls `visit(leaf number, leaf)` for each leaf with a dead slot, in ascending order.
  using LeafVisitor = std::function<void(uint64_t, const PositionLeaf&)>;
  void visit_leaves(const LeafVisitor& visit) const;

  class Editor;

 private:
  struct Inner;
  static constexpr unsigned kFanBits = 4;
  static constexpr unsigned kFan = 1U << kFanBits;

  // Slots below one child of an inner node at `level` (1: its children are leaves), as a power of
  // two.
  static constexpr unsigned child_bits(unsigned level) {
    return PositionLeaf::kSlotBits + kFanBits * (level - 1);
  }
  bool covers(uint64_t slot) const { return (slot >> child_bits(height_ + 1)) == 0; }
  const PositionLeaf* leaf_of(uint64_t slot) const;
  bool find_dead(uint64_t slot) const;
  uint64_t dead_below(uint64_t slot) const;
  uint64_t select(uint64_t position) const;
  uint64_t select_dead(uint64_t rank) const;
  uint64_t seek_live(uint64_t slot) const;
  uint64_t seek_dead(uint64_t slot) const;

  std::shared_ptr<const Inner> root_;
  unsigned height_ = 0;  // levels of inner nodes; 0 when nothing is dead
  uint64_t dead_ = 0;
};

// Kills many slots: copies each node of the tree it began from at most once and edits its own nodes
// in place. One thread; the trees it hands out are not touched by later kills.
class PositionTree::Editor {
 public:
  explicit Editor(PositionTree start);

  // False when the slot was dead already.
  bool kill(uint64_t slot);
  uint64_t dead_count() const { return tree_.dead_count(); }
  // Puts a whole leaf in place of an absent one; the leaf is shared, never written.
  void adopt(uint64_t leaf_number, std::shared_ptr<const PositionLeaf> leaf);
  PositionTree finish();

 private:
  void own_path(uint64_t slot);
  Inner* add_dead(uint64_t slot, uint64_t count);

  PositionTree tree_;
  uint64_t edit_;  // marks the nodes this editor made since the last finish()
};

}  // namespace dam
