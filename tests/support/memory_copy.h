// Copies a graph of nodes: what is the same node before is the same node in the copy.
#pragma once

#include <utility>
#include <vector>

#include "support/memory_node.h"

namespace dam::test {

class NodeCopier {
 public:
  NodePointer copy(const NodePointer& node) {
    if (!node) return nullptr;
    for (const auto& [from, to] : copies_)
      if (from == node.get()) return to;
    const NodePointer fresh = std::make_shared<MemoryNode>();
    copies_.emplace_back(node.get(), fresh);
    fresh->kind = node->kind;
    fresh->permissions = node->permissions;
    fresh->number = node->number;
    fresh->names = node->names;
    if (node->content) fresh->content.emplace().copy_from(*node->content);
    for (const auto& [name, child] : node->entries) fresh->entries.put(name, copy(child));
    for (const auto& [name, child] : node->durable_entries)
      fresh->durable_entries.put(name, copy(child));
    return fresh;
  }

 private:
  std::vector<std::pair<const MemoryNode*, NodePointer>> copies_;
};

}  // namespace dam::test
