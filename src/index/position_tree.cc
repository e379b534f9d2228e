// Rank, select and path copying. An inner node keeps, for each child, the dead slots in the
// children before it, so rank adds one number a level and select searches one sorted row a level.
#include "index/position_tree.h"

#include <atomic>
#include <bit>
#include <cassert>
#include <utility>

namespace dam {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;

// How many of the ascending bytes of `sums`, each at most 64, are at most `rank`.
unsigned bytes_at_most(uint64_t sums, uint64_t rank) {
  const uint64_t at_most = ((rank * kOnes) | (kOnes * 0x80)) - sums;
  return static_cast<unsigned>(std::popcount(at_most & (kOnes * 0x80)));
}

// The index of the set bit of `word` that has `rank` set bits below it; there is one. No branch
// depends on the bits.
unsigned select_bit(uint64_t word, uint64_t rank) {
  uint64_t sums = word - ((word >> 1) & (kOnes * 0x55));
  sums = (sums & (kOnes * 0x33)) + ((sums >> 2) & (kOnes * 0x33));
  sums = ((sums + (sums >> 4)) & (kOnes * 0x0F)) * kOnes;  // byte i: set bits in bytes 0..i
  const unsigned byte = bytes_at_most(sums, rank);
  rank -= ((sums << 8) >> (8 * byte)) & 0xFF;
  const uint64_t spread = (((word >> (8 * byte)) & 0xFF) * kOnes) & 0x8040201008040201;
  const uint64_t bits = ((spread + kOnes * 0x7F) >> 7) & kOnes;  // byte i: bit i
  return 8 * byte + bytes_at_most(bits * kOnes, rank);
}

// The greatest i below `count`, a power of two, with at(i) <= bound; at(0) <= bound and at ascends.
template <typename At>
unsigned last_at_most(unsigned count, uint64_t bound, At&& at) {
  unsigned i = 0;
  for (unsigned step = count / 2; step > 0; step /= 2)
    i += step * static_cast<unsigned>(at(i + step) <= bound);
  return i;
}

uint64_t next_edit() {
  static std::atomic<uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

constexpr uint64_t kSlotInLeaf = PositionLeaf::kSlots - 1;

}  // namespace

struct PositionTree::Inner {
  std::array<uint64_t, kFan> before{};  // dead slots in the children below this one
  std::array<std::shared_ptr<const void>, kFan>
      child;                // Inner, or PositionLeaf at level 1; or null
  uint64_t edit = 0;        // of the editor that made this node
  uint32_t own_leaves = 0;  // leaves that editor made, a bit a child

  const Inner* inner(uint64_t i) const { return static_cast<const Inner*>(child[i].get()); }
  const PositionLeaf* leaf(uint64_t i) const {
    return static_cast<const PositionLeaf*>(child[i].get());
  }
  template <typename Visit>
  void visit(unsigned level, uint64_t first_leaf, const Visit& visit_leaf) const {
    for (uint64_t i = 0; i < kFan; ++i) {
      if (child[i] == nullptr) continue;
      const uint64_t number = first_leaf + (i << (kFanBits * (level - 1)));
      if (level > 1)
        inner(i)->visit(level - 1, number, visit_leaf);
      else
        visit_leaf(number, *leaf(i));
    }
  }
};

uint32_t PositionLeaf::dead_count() const {
  return before[kWords - 1] + static_cast<uint32_t>(std::popcount(words[kWords - 1]));
}

const PositionLeaf* PositionTree::leaf_of(uint64_t slot) const {
  if (!covers(slot)) return nullptr;
  const Inner* node = root_.get();
  for (unsigned level = height_; node != nullptr; --level) {
    const uint64_t i = (slot >> child_bits(level)) % kFan;
    if (level == 1) return node->leaf(i);
    node = node->inner(i);
  }
  return nullptr;
}

bool PositionTree::find_dead(uint64_t slot) const {
  const PositionLeaf* leaf = leaf_of(slot);
  const uint64_t bit = slot & kSlotInLeaf;
  return leaf != nullptr && ((leaf->words[bit / 64] >> (bit % 64)) & 1) != 0;
}

uint64_t PositionTree::dead_below(uint64_t slot) const {
  if (!covers(slot)) return dead_;
  uint64_t dead = 0;
  const Inner* node = root_.get();
  for (unsigned level = height_; node != nullptr; --level) {
    const uint64_t i = (slot >> child_bits(level)) % kFan;
    dead += node->before[i];
    if (level > 1) {
      node = node->inner(i);
      continue;
    }
    const PositionLeaf* leaf = node->leaf(i);
    if (leaf == nullptr) break;
    const uint64_t bit = slot & kSlotInLeaf;
    const uint64_t below = leaf->words[bit / 64] & ((uint64_t{1} << (bit % 64)) - 1);
    return dead + leaf->before[bit / 64] + static_cast<uint64_t>(std::popcount(below));
  }
  return dead;
}

uint64_t PositionTree::select(uint64_t position) const {
  if (position >= (uint64_t{1} << child_bits(height_ + 1)) - dead_) return position + dead_;
  uint64_t slot = 0;
  const Inner* node = root_.get();
  for (unsigned level = height_; node != nullptr; --level) {
    const unsigned bits = child_bits(level);
    const auto live_before = [&](uint64_t i) { return (i << bits) - node->before[i]; };
    const unsigned i = last_at_most(kFan, position, live_before);
    position -= live_before(i);
    slot += uint64_t{i} << bits;
    if (level > 1) {
      node = node->inner(i);
      continue;
    }
    const PositionLeaf* leaf = node->leaf(i);
    if (leaf == nullptr) break;
    const auto live_in_words = [&](uint64_t w) { return w * 64 - leaf->before[w]; };
    const unsigned w = last_at_most(PositionLeaf::kWords, position, live_in_words);
    return slot + w * 64 + select_bit(~leaf->words[w], position - live_in_words(w));
  }
  return slot + position;
}

uint64_t PositionTree::select_dead(uint64_t rank) const {
  uint64_t slot = 0;
  const Inner* node = root_.get();
  for (unsigned level = height_;; --level) {
    const unsigned i = last_at_most(kFan, rank, [&](uint64_t n) { return node->before[n]; });
    rank -= node->before[i];
    slot += uint64_t{i} << child_bits(level);
    if (level == 1) {
      const PositionLeaf& leaf = *node->leaf(i);
      const unsigned w =
          last_at_most(PositionLeaf::kWords, rank, [&](uint64_t n) { return leaf.before[n]; });
      return slot + w * 64 + select_bit(leaf.words[w], rank - leaf.before[w]);
    }
    node = node->inner(i);
  }
}

uint64_t PositionTree::seek_live(uint64_t slot) const {
  const PositionLeaf* leaf = leaf_of(slot);
  if (leaf == nullptr) return slot;
  const uint64_t bit = slot & kSlotInLeaf;
  const uint64_t live = ~leaf->words[bit / 64] >> (bit % 64);
  if (live != 0) return slot + static_cast<uint64_t>(std::countr_zero(live));
  return select(slot - dead_below(slot));
}

uint64_t PositionTree::seek_dead(uint64_t slot) const {
  const PositionLeaf* leaf = leaf_of(slot);
  if (leaf != nullptr) {
    const uint64_t bit = slot & kSlotInLeaf;
    const uint64_t dead = leaf->words[bit / 64] >> (bit % 64);
    if (dead != 0) return slot + static_cast<uint64_t>(std::countr_zero(dead));
  }
  const uint64_t rank = dead_below(slot);
  return rank == dead_ ? kCapacity : select_dead(rank);
}

PositionTree PositionTree::without(uint64_t slot) const {
  Editor editor(*this);
  editor.kill(slot);
  return editor.finish();
}

void PositionTree::visit_leaves(const LeafVisitor& visit) const {
  if (root_ != nullptr) root_->visit(height_, 0, visit);
}

PositionTree::Editor::Editor(PositionTree start) : tree_(std::move(start)), edit_(next_edit()) {}

// Makes every inner node on the way to `slot` one of this editor's own, without changing any count.
void PositionTree::Editor::own_path(uint64_t slot) {
  const auto own = [this](const Inner* old) {
    auto copy = old == nullptr ? std::make_shared<Inner>() : std::make_shared<Inner>(*old);
    copy->edit = edit_;
    copy->own_leaves = 0;
    return copy;
  };
  while (tree_.height_ == 0 || !tree_.covers(slot)) {
    auto root = own(nullptr);
    for (unsigned i = 1; i < kFan; ++i) root->before[i] = tree_.dead_;
    root->child[0] = std::move(tree_.root_);
    tree_.root_ = std::move(root);
    ++tree_.height_;
  }
  if (tree_.root_->edit != edit_) tree_.root_ = own(tree_.root_.get());
  // Safety: nodes of this edit were made non-const and no other thread has seen them.
  auto* node = const_cast<Inner*>(tree_.root_.get());
  for (unsigned level = tree_.height_; level > 1; --level) {
    const uint64_t i = (slot >> child_bits(level)) % kFan;
    if (node->child[i] == nullptr || node->inner(i)->edit != edit_)
      node->child[i] = own(node->inner(i));
    node = const_cast<Inner*>(node->inner(i));
  }
}

// Counts `count` dead slots more in the child that holds `slot`, on a path that is owned. Returns
// the parent of its leaf.
PositionTree::Inner* PositionTree::Editor::add_dead(uint64_t slot, uint64_t count) {
  tree_.dead_ += count;
  auto* node = const_cast<Inner*>(tree_.root_.get());
  for (unsigned level = tree_.height_;; --level) {
    const uint64_t i = (slot >> child_bits(level)) % kFan;
    for (uint64_t later = i + 1; later < kFan; ++later) node->before[later] += count;
    if (level == 1) return node;
    node = const_cast<Inner*>(node->inner(i));
  }
}

bool PositionTree::Editor::kill(uint64_t slot) {
  assert(slot < kCapacity);
  if (tree_.is_dead(slot)) return false;
  const PositionLeaf* old = tree_.leaf_of(slot);
  own_path(slot);
  const uint64_t i = (slot >> PositionLeaf::kSlotBits) % kFan;
  // Made before any count changes, so that a lack of memory leaves the tree as it was.
  auto fresh = old == nullptr ? std::make_shared<PositionLeaf>() : nullptr;
  Inner* parent = add_dead(slot, 0);
  if (old != nullptr && ((parent->own_leaves >> i) & 1) == 0)
    fresh = std::make_shared<PositionLeaf>(*old);
  if (fresh != nullptr) {
    parent->child[i] = std::move(fresh);
    parent->own_leaves |= 1U << i;
  }
  add_dead(slot, 1);
  auto* leaf = const_cast<PositionLeaf*>(parent->leaf(i));
  const uint64_t bit = slot & kSlotInLeaf;
  leaf->words[bit / 64] |= uint64_t{1} << (bit % 64);
  for (uint64_t w = bit / 64 + 1; w < PositionLeaf::kWords; ++w) ++leaf->before[w];
  return true;
}

void PositionTree::Editor::adopt(uint64_t leaf_number, std::shared_ptr<const PositionLeaf> leaf) {
  const uint64_t slot = leaf_number << PositionLeaf::kSlotBits;
  assert(slot < kCapacity && tree_.leaf_of(slot) == nullptr);
  own_path(slot);
  Inner* parent = add_dead(slot, leaf->dead_count());
  parent->child[leaf_number % kFan] = std::move(leaf);
}

PositionTree PositionTree::Editor::finish() {
  edit_ = next_edit();
  return tree_;
}

}  // namespace dam
