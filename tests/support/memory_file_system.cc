// Life and inspection of an in-memory file system: crashes, copies, leaks, listings.
#include "support/memory_file_system.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>

#include "base/crc32c.h"
#include "support/memory_copy.h"

namespace dam::test {
namespace {

uint64_t new_device() {
  // A device of its own for each file system: libdam knows an array by device and inode.
  static std::atomic<uint64_t> last = 1000;
  return ++last;
}

}  // namespace

MemoryFileSystem::MemoryFileSystem(const MemoryOptions& options)
    : options_(options), device_(new_device()), random_state_(options.seed) {
  root_ = make_node(MemoryNode::Kind::kDirectory, 0755);
  root_->names = 1;
}

MemoryFileSystem::~MemoryFileSystem() {
  for (const Window& window : windows_)
    if (window.is_real) ::munmap(window.address, window.size);
  // Directories moved into each other would keep each other alive, seen ones and durable ones
  // mixed.
  for (const NodePointer& node : nodes()) {
    node->entries.clear();
    node->durable_entries.clear();
  }
}

std::unique_ptr<MemoryFileSystem> MemoryFileSystem::clone() const {
  MemoryOptions options = options_;
  uint64_t seed = random_state_;
  options.seed = next_random(&seed);
  auto copy = std::make_unique<MemoryFileSystem>(options);
  NodeCopier copier;
  copy->root_ = copier.copy(root_);
  for (const NameChange& change : name_changes_)
    copy->name_changes_.push_back({copier.copy(change.node), copier.copy(change.from_directory),
                                   change.from, copier.copy(change.to_directory), change.to,
                                   change.order});
  copy->next_number_ = next_number_;
  copy->order_ = order_;
  copy->now_ns_ = now_ns_;
  copy->sync_failure_ = sync_failure_;
  return copy;
}

void MemoryFileSystem::crash_at_change(uint64_t number, uint64_t torn_bytes) {
  fatal_change_ = number;
  torn_bytes_ = torn_bytes;
}

bool MemoryFileSystem::may_run(bool is_change) {
  if (!is_dead_) {
    is_dead_ = calls_made_++ >= fatal_call_;
    if (is_change && !is_dead_) is_dead_ = changes_made_++ >= fatal_change_;
  }
  if (is_dead_) errno = EIO;
  return !is_dead_;
}

void MemoryFileSystem::kill() {
  for (const auto& description : descriptors_)
    if (description) description->node->locks.drop_all();
  for (const Window& window : windows_)
    if (window.file) window.file->node->locks.drop_all();
  descriptors_.clear();
  is_dead_ = false;
  fatal_call_ = std::numeric_limits<uint64_t>::max();
  fatal_change_ = std::numeric_limits<uint64_t>::max();
}

void MemoryFileSystem::evict_clean_pages() {
  for (const auto& [path, node] : walk())
    if (node->content) node->content->evict_forsaken();
}

void MemoryFileSystem::add_symbolic_link(const std::string& path) {
  Place place;
  if (locate(path, &place) != 0 || place.name.empty()) return;
  const NodePointer node = make_node(MemoryNode::Kind::kSymbolicLink, 0777);
  change_names({node, nullptr, "", place.directory, place.name});
}

size_t MemoryFileSystem::open_descriptors() const {
  return static_cast<size_t>(std::count_if(descriptors_.begin(), descriptors_.end(),
                                           [](const auto& entry) { return entry != nullptr; }));
}

size_t MemoryFileSystem::locks_held() const {
  size_t count = 0;
  for (const auto& [path, node] : walk()) count += node->locks.count();
  return count;
}

std::vector<uint8_t> MemoryFileSystem::bytes_of(const std::string& path) const {
  int error = 0;
  const NodePointer node = node_at(path, &error);
  if (!node || !node->content) return {};
  return {node->content->data(), node->content->data() + node->content->size()};
}

std::vector<std::pair<std::string, NodePointer>> MemoryFileSystem::walk() const {
  std::vector<std::pair<std::string, NodePointer>> found = {{"", root_}};
  for (size_t i = 0; i < found.size(); ++i) {
    const std::string path = found[i].first;
    const NodePointer directory = found[i].second;
    for (const auto& [name, node] : directory->entries) found.emplace_back(path + "/" + name, node);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Every node that is seen, or that a power cut could bring back, the root first.
std::vector<NodePointer> MemoryFileSystem::nodes() const {
  std::vector<NodePointer> found = {root_};
  const auto add = [&found](const NodePointer& node) {
    if (node && std::find(found.begin(), found.end(), node) == found.end()) found.push_back(node);
  };
  for (const NameChange& change : name_changes_) {
    add(change.node);
    add(change.from_directory);
    add(change.to_directory);
  }
  for (size_t i = 0; i < found.size(); ++i) {
    const NodePointer node = found[i];
    for (const auto& [name, child] : node->entries) add(child);
    for (const auto& [name, child] : node->durable_entries) add(child);
  }
  return found;
}

std::string MemoryFileSystem::listing() const {
  std::string text;
  for (const auto& [path, node] : walk()) {
    char line[64] = " directory\n";
    if (node->kind == MemoryNode::Kind::kSymbolicLink) {
      std::snprintf(line, sizeof line, " symbolic link\n");
    } else if (node->content) {
      const MemoryContent& content = *node->content;
      std::snprintf(line, sizeof line, " %llu bytes, crc %08x\n",
                    static_cast<unsigned long long>(content.size()),
                    crc32c(0, content.data(), content.size()));
    }
    text += path.empty() ? "/" : path;
    text += line;
  }
  return text;
}

}  // namespace dam::test
