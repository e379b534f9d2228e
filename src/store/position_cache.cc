#include "store/position_cache.h"

#include <vector>

#include "index/position_base.h"

namespace dam {
namespace {

// The slots that DELETE frames from `newest` down to, not including, `known` ended. False: the
// chain does not pass `known`.
Result<bool> collect_dead(const LogView& view, uint64_t newest, uint64_t known,
                          std::vector<uint64_t>& out) {
  uint64_t offset = newest;
  while (offset > known) {
    FrameHead head;
    DAM_TRY(read_frame(view, offset, view.limit, head));
    if (head.kind != FrameKind::kDelete || head.former_delete >= offset)
      return Status::error(Code::kCorrupt, "the frame at offset %llu of body.bin is no DELETE",
                           static_cast<unsigned long long>(offset));
    out.push_back(head.slot);
    offset = head.former_delete;
  }
  return offset == known;
}

PositionTree kill_all(const PositionTree& tree, std::span<const uint64_t> slots) {
  PositionTree::Editor editor(tree);
  for (const uint64_t slot : slots) editor.kill(slot);
  return editor.finish();
}

}  // namespace

std::string PositionCache::base_path() const {
  return directory_ + "/positions." + std::to_string(superblock_.generation);
}

void PositionCache::remove_files(const std::string& directory, uint64_t generation) {
  Superblock former;
  former.generation = generation;
  const std::string base = PositionCache(directory, former).base_path();
  for (const std::string& path : {base, base + ".new"})
    if (exists(path).ok()) static_cast<void>(remove_file(path));
}

bool PositionCache::at_hand(const CommitPoint& point, PositionTree& out) const {
  if (point.newest_delete == 0) return true;
  const std::lock_guard lock(mutex_);
  if (newest_delete_ != point.newest_delete) return false;
  out = tree_;
  return true;
}

Status PositionCache::tree_for(const LogView& view, const CommitPoint& point, PositionTree& out) {
  if (at_hand(point, out)) return {};
  PositionTree tree;
  uint64_t known = 0;
  {
    const std::lock_guard lock(mutex_);
    tree = tree_;
    known = newest_delete_;
  }
  std::vector<uint64_t> dead;
  DAM_ASSIGN(bool joined, collect_dead(view, point.newest_delete, known, dead));
  if (!joined || known == 0) {
    load_base(view, point, tree, known);
    dead.clear();
    DAM_ASSIGN(joined, collect_dead(view, point.newest_delete, known, dead));
    if (!joined) {  // the base is of another timeline
      dead.clear();
      tree = PositionTree();
      DAM_ASSIGN(joined, collect_dead(view, point.newest_delete, 0, dead));
    }
  }
  out = kill_all(tree, dead);
  if (out.dead_count() != point.slots - point.live)
    return Status::error(Code::kCorrupt, "%llu slots are dead, header.bin says %llu",
                         static_cast<unsigned long long>(out.dead_count()),
                         static_cast<unsigned long long>(point.slots - point.live));
  const std::lock_guard lock(mutex_);
  if (point.newest_delete > newest_delete_) {
    tree_ = out;
    newest_delete_ = point.newest_delete;
  }
  return {};
}

void PositionCache::load_base(const LogView& view, const CommitPoint& point, PositionTree& tree,
                              uint64_t& newest_delete) const {
  tree = PositionTree();
  newest_delete = 0;
  if (directory_.empty()) return;
  Result<PositionBase> base = PositionBase::open(base_path());
  if (!base.ok()) return;
  const PositionStamp& stamp = base.value().stamp();
  FrameHead head;
  if (stamp.uuid != superblock_.uuid || stamp.generation != superblock_.generation ||
      stamp.newest_delete > point.newest_delete || stamp.covered_length > view.limit ||
      !read_frame(view, stamp.newest_delete, view.limit, head).ok() || head.salt != stamp.salt)
    return;
  Result<PositionTree> loaded = base.value().tree();
  if (!loaded.ok()) return;
  tree = std::move(loaded.value());
  newest_delete = stamp.newest_delete;
}

void PositionCache::note(uint64_t before, uint64_t after, std::span<const uint64_t> killed) {
  const std::lock_guard lock(mutex_);
  if (newest_delete_ != before) return;  // not at hand: the next who asks builds it
  tree_ = kill_all(tree_, killed);
  newest_delete_ = after;
}

Status PositionCache::persist(const LogView& view, const CommitPoint& point) {
  constexpr uint64_t kWorthwhile = 65536;
  const uint64_t dead = point.slots - point.live;
  if (directory_.empty() || dead < persisted_dead_ + kWorthwhile) return {};
  PositionTree tree;
  DAM_TRY(tree_for(view, point, tree));
  FrameHead head;
  DAM_TRY(read_frame(view, point.newest_delete, view.limit, head));
  PositionStamp stamp;
  stamp.uuid = superblock_.uuid;
  stamp.generation = superblock_.generation;
  stamp.covered_length = point.body_length;
  stamp.salt = head.salt;
  stamp.newest_delete = point.newest_delete;
  DAM_TRY(write_position_base(base_path(), stamp, tree));
  persisted_dead_ = dead;
  return {};
}

}  // namespace dam
