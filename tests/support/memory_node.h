// Files, directories and symbolic links of an in-memory file system, and changes of their names.
//
// A directory has two lists of entries: what processes see, and what is on the disk. Between the
// two stand the file system's NameChanges, in order; an fsync of a directory applies those that
// touch it to the durable list.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/memory_content.h"
#include "support/memory_locks.h"

namespace dam::test {

struct MemoryNode;
using NodePointer = std::shared_ptr<MemoryNode>;

class MemoryEntries {
 public:
  NodePointer find(std::string_view name) const {
    for (const auto& entry : list_)
      if (entry.first == name) return entry.second;
    return nullptr;
  }
  void put(const std::string& name, NodePointer node) {
    for (auto& entry : list_)
      if (entry.first == name) {
        entry.second = std::move(node);
        return;
      }
    list_.emplace_back(name, std::move(node));
  }
  void remove(std::string_view name) {
    std::erase_if(list_, [name](const auto& entry) { return entry.first == name; });
  }
  bool is_empty() const { return list_.empty(); }
  void clear() { list_.clear(); }
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }

 private:
  std::vector<std::pair<std::string, NodePointer>> list_;
};

struct MemoryNode {
  enum class Kind { kFile, kDirectory, kSymbolicLink };

  Kind kind = Kind::kFile;
  mode_t permissions = 0;
  uint64_t number = 0;
  uint32_t names = 0;                    // as processes see it; 0 once unlinked
  std::optional<MemoryContent> content;  // of files only
  MemoryEntries entries;                 // of directories only, like the next
  MemoryEntries durable_entries;
  MemoryLocks locks;
};

// One change of a directory: a name made (only `to`), removed (only `from`) or moved (both,
// atomic).
struct NameChange {
  NodePointer node;
  NodePointer from_directory;
  std::string from;
  NodePointer to_directory;
  std::string to;
  uint64_t order = 0;
};

}  // namespace dam::test
