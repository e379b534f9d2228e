// Open-file-description locks of one in-memory file, with the rules of fcntl(2).
#pragma once

#include <fcntl.h>

#include <cstddef>
#include <vector>

namespace dam::test {

class MemoryLocks {
 public:
  // Both return 0 or an errno value; `owner` stands for the open file description.
  int set(const void* owner, const struct flock& wanted);
  int query(const void* owner, struct flock* wanted) const;
  void drop(const void* owner);
  void drop_all() { held_.clear(); }
  size_t count() const { return held_.size(); }

 private:
  struct Lock {
    const void* owner;
    short type;
    off_t start;
    off_t end;
  };
  const Lock* conflict(const void* owner, const Lock& wanted) const;

  std::vector<Lock> held_;
};

}  // namespace dam::test
