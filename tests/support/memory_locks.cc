#include "support/memory_locks.h"

#include <cerrno>
#include <cstdio>
#include <limits>
#include <utility>

namespace dam::test {
namespace {

constexpr off_t kEndless = std::numeric_limits<off_t>::max();

// 0, or the errno value for a request that fcntl refuses whatever is locked.
int check(const struct flock& wanted) {
  if (wanted.l_pid != 0 || wanted.l_whence != SEEK_SET || wanted.l_start < 0) return EINVAL;
  if (wanted.l_type != F_RDLCK && wanted.l_type != F_WRLCK && wanted.l_type != F_UNLCK)
    return EINVAL;
  return wanted.l_len < 0 ? EINVAL : 0;
}

off_t end_of(const struct flock& wanted) {
  return wanted.l_len == 0 ? kEndless : wanted.l_start + wanted.l_len;
}

}  // namespace

const MemoryLocks::Lock* MemoryLocks::conflict(const void* owner, const Lock& wanted) const {
  for (const Lock& lock : held_) {
    const bool overlaps = lock.start < wanted.end && wanted.start < lock.end;
    const bool excludes = lock.type == F_WRLCK || wanted.type == F_WRLCK;
    if (lock.owner != owner && overlaps && excludes) return &lock;
  }
  return nullptr;
}

int MemoryLocks::set(const void* owner, const struct flock& wanted) {
  if (const int error = check(wanted)) return error;
  const Lock lock = {owner, wanted.l_type, wanted.l_start, end_of(wanted)};
  if (wanted.l_type != F_UNLCK && conflict(owner, lock) != nullptr) return EAGAIN;
  std::vector<Lock> rest;
  for (const Lock& held : held_) {
    if (held.owner != owner || held.end <= lock.start || lock.end <= held.start) {
      rest.push_back(held);
      continue;
    }
    if (held.start < lock.start) rest.push_back({owner, held.type, held.start, lock.start});
    if (lock.end < held.end) rest.push_back({owner, held.type, lock.end, held.end});
  }
  if (wanted.l_type != F_UNLCK) rest.push_back(lock);
  held_ = std::move(rest);
  return 0;
}

int MemoryLocks::query(const void* owner, struct flock* wanted) const {
  if (const int error = check(*wanted)) return error;
  if (wanted->l_type == F_UNLCK) return EINVAL;
  const Lock* found = conflict(owner, {owner, wanted->l_type, wanted->l_start, end_of(*wanted)});
  if (found == nullptr) {
    wanted->l_type = F_UNLCK;
    return 0;
  }
  wanted->l_type = found->type;
  wanted->l_start = found->start;
  wanted->l_len = found->end == kEndless ? 0 : found->end - found->start;
  wanted->l_pid = -1;
  return 0;
}

void MemoryLocks::drop(const void* owner) {
  std::erase_if(held_, [owner](const Lock& lock) { return lock.owner == owner; });
}

}  // namespace dam::test
