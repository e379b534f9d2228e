#include "store/id_directory.h"

#include "store/log_history.h"

namespace dam {

Status IdDirectory::ensure_open() {
  if (index_ != nullptr) return {};
  DAM_ASSIGN(index_, IdIndex::open({directory_, superblock_.uuid, superblock_.generation, access_,
                                    reads_safely_}));
  return {};
}

Status IdDirectory::view_for(const LogView& view, const CommitPoint& point, IdIndex::View& out) {
  const std::lock_guard lock(mutex_);
  DAM_TRY(ensure_open());
  DAM_TRY(extend(view, point));
  out = index_->view();
  return {};
}

Status IdDirectory::build(const LogView& view, const CommitPoint& point) {
  constexpr uint64_t kWorthwhile = 4096;
  if (point.slots < kWorthwhile || !has_files()) return {};
  const std::lock_guard fold_lock(fold_mutex_);
  const std::lock_guard lock(mutex_);
  DAM_TRY(ensure_open());
  DAM_TRY(index_->rebuild(
      point.slots, hashes_of(view, point.slots),
      {superblock_.uuid, superblock_.generation, point.body_length, point.slots, point.salt}));
  covered_length_ = point.body_length;
  return {};
}

Status IdDirectory::start_over(const LogView& view, const CommitPoint& point, IdIndex::View& out) {
  const std::lock_guard fold_lock(fold_mutex_);
  const std::lock_guard lock(mutex_);
  DAM_TRY(index_->discard());
  covered_length_ = 0;
  DAM_TRY(extend(view, point));
  out = index_->view();
  return {};
}

// A table made from a timeline that was abandoned covers more than is there, or another session.
bool IdDirectory::stamp_fits(const LogView& view, const CommitPoint& point) const {
  const IdStamp stamp = index_->stamp();
  if (stamp.covered_length < kBodyStart || stamp.covered_length > view.limit) return false;
  if (stamp.covered_length == view.limit) return stamp.salt == point.salt;
  FrameHead head;
  if (!read_frame(view, stamp.covered_length, view.limit, head).ok()) return false;
  return (head.kind == FrameKind::kSession ? head.former_salt : head.salt) == stamp.salt;
}

// A reader's overlay would grow with the writer's commits; the writer's own table holds them by
// now.
Status IdDirectory::adopt_newer_table() {
  constexpr uint64_t kWorthwhile = 65536;
  if (access_ == Access::kReadWrite || index_->active_count() < kWorthwhile) return {};
  return adopt_table();
}

Status IdDirectory::follow_table() {
  const std::lock_guard lock(mutex_);
  return index_ == nullptr ? Status() : adopt_table();
}

Status IdDirectory::adopt_table() {
  DAM_ASSIGN(const bool newer, index_->reopen_if_newer());
  if (!newer) return {};
  DAM_TRY(index_->reset_overlay());
  covered_length_ = 0;
  return {};
}

Status IdDirectory::extend(const LogView& view, const CommitPoint& point) {
  if (covered_length_ < view.limit) DAM_TRY(adopt_newer_table());
  if (covered_length_ == 0 && index_->stamp().covered_length != 0) {
    if (stamp_fits(view, point))
      covered_length_ = index_->stamp().covered_length;
    else if (index_->stamp().covered_length <= view.limit || index_->active_count() == 0)
      DAM_TRY(index_->discard());
  }
  if (covered_length_ >= view.limit) return {};
  if (covered_length_ == 0)
    DAM_TRY(add_slots(view, point.slots));
  else
    DAM_TRY(add_frames(view, covered_length_));
  covered_length_ = view.limit;
  return {};
}

Status IdDirectory::add_frames(const LogView& view, uint64_t from) {
  return for_each_frame(view, from, [&](uint64_t, const FrameHead& head) -> Status {
    if (head.kind != FrameKind::kPut && head.kind != FrameKind::kReplace) return {};
    if (head.kind == FrameKind::kReplace) {
      // Only a version that changed the id adds an entry.
      FrameHead former;
      DAM_TRY(former_version(view, head, former));
      if (former.id == head.id) return {};
    }
    return index_->insert(hash_of(head.id, superblock_.hash_key), head.slot);
  });
}

Status IdDirectory::add_slots(const LogView& view, uint64_t slots) {
  const HashesOf hashes = hashes_of(view, slots);
  std::vector<uint64_t> found;
  for (uint64_t slot = 0; slot < slots; ++slot) {
    found.clear();
    DAM_TRY(hashes(slot, found));
    for (const uint64_t hash : found) DAM_TRY(index_->insert(hash, slot));
  }
  return {};
}

HashesOf IdDirectory::hashes_of(const LogView& view, uint64_t slots) const {
  return [this, view, slots](uint64_t slot, std::vector<uint64_t>& out) -> Status {
    if (slot >= slots) return {};  // of a tail that was lost
    std::array<uint8_t, kEntrySize> copy;
    const uint8_t* bytes = nullptr;
    DAM_TRY(view.read_entry(slot, copy, bytes));
    static constexpr uint8_t kNoWords[8 * kVersionWords] = {};
    if (std::memcmp(bytes + kVersionWordsAt, kNoWords, sizeof kNoWords) == 0) {
      HeaderEntry entry;
      if (!decode_header_entry(bytes, slot, view.seed(), entry))
        return Status::error(Code::kCorrupt, "the entry of slot %llu is damaged",
                             static_cast<unsigned long long>(slot));
      out.push_back(hash_of(entry.id, superblock_.hash_key));
      return {};
    }
    return for_each_version(view, slot, [&](uint64_t, const FrameHead& head) -> Status {
      if (head.kind == FrameKind::kDelete) return {};
      const uint64_t hash = hash_of(head.id, superblock_.hash_key);
      if (out.empty() || out.back() != hash) out.push_back(hash);
      return {};
    });
  };
}

bool IdDirectory::note(std::span<const Change> changes, const Commit& commit, IdIndex::View& out) {
  const std::lock_guard lock(mutex_);
  if (covered_length_ != commit.from_length) return false;  // the next look-up extends it
  for (const Change& change : changes) {
    const Status status = change.replaced == IdEntry::kNoSlot || !commit.published
                              ? index_->insert(change.hash, change.slot)
                              : index_->redirect(change.hash, change.replaced, change.slot);
    if (!status.ok()) return false;  // no memory: the same
  }
  covered_length_ = commit.to_length;
  index_->refresh(out);
  return true;
}

bool IdDirectory::is_worth_folding(const CommitPoint& point) const {
  constexpr uint64_t kEntries = 4096;
  constexpr uint64_t kLag = 4 << 20;
  const std::lock_guard lock(mutex_);
  if (!has_files() || index_ == nullptr || covered_length_ != point.body_length) return false;
  return index_->active_count() >= kEntries ||
         point.body_length - index_->stamp().covered_length >= kLag;
}

Status IdDirectory::freeze(const CommitPoint& point) {
  const std::lock_guard lock(mutex_);
  if (index_ == nullptr || covered_length_ != point.body_length) return {};
  DAM_ASSIGN([[maybe_unused]] const bool frozen,
             index_->freeze({superblock_.uuid, superblock_.generation, point.body_length,
                             point.slots, point.salt}));
  return {};
}

Status IdDirectory::fold(const LogView& view, uint64_t slots) {
  const std::lock_guard fold_lock(fold_mutex_);
  {
    const std::lock_guard lock(mutex_);
    if (index_ == nullptr) return {};
  }
  return index_->fold(hashes_of(view, slots));
}

std::string IdDirectory::table_path() {
  const std::lock_guard lock(mutex_);
  return ensure_open().ok() ? index_->table_path() : "";
}

Result<int64_t> IdDirectory::file_bytes() {
  const std::lock_guard lock(mutex_);
  DAM_TRY(ensure_open());
  return static_cast<int64_t>(index_->table_bytes());
}

Result<int64_t> IdDirectory::memory_bytes() {
  const std::lock_guard lock(mutex_);
  DAM_TRY(ensure_open());
  return static_cast<int64_t>(index_->overlay_bytes());
}

}  // namespace dam
