// Collecting what is pending, and building the file system that one combination of it leaves.
#include "support/crash_images.h"

#include <algorithm>
#include <limits>

namespace dam::test {
namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

// The directories of an image before its nodes are made: entries name nodes of the source.
class Names {
 public:
  explicit Names(const NodePointer& root) : root_(root.get()) {}

  void apply(const NameChange& change) {
    if (change.from_directory) entries_of(change.from_directory.get()).remove(change.from);
    if (change.to_directory) entries_of(change.to_directory.get()).put(change.to, change.node);
  }

  MemoryEntries& entries_of(const MemoryNode* directory) {
    for (auto& [node, entries] : directories_)
      if (node == directory) return entries;
    return directories_.emplace_back(directory, directory->durable_entries).second;
  }

  // Every node that a path leads to, the root first, each once.
  std::vector<const MemoryNode*> reachable() {
    std::vector<const MemoryNode*> found = {root_};
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i]->kind != MemoryNode::Kind::kDirectory) continue;
      for (const auto& [name, node] : entries_of(found[i]))
        if (std::find(found.begin(), found.end(), node.get()) == found.end())
          found.push_back(node.get());
    }
    return found;
  }

 private:
  const MemoryNode* root_;
  std::vector<std::pair<const MemoryNode*, MemoryEntries>> directories_;
};

NodePointer bare_copy(const MemoryNode& node) {
  NodePointer fresh = std::make_shared<MemoryNode>();
  fresh->kind = node.kind;
  fresh->permissions = node.permissions;
  fresh->number = node.number;
  if (node.content) fresh->content.emplace();
  return fresh;
}

}  // namespace

CrashImages::CrashImages(const MemoryFileSystem& source, const CrashOptions& options)
    : source_(source), options_(options), random_state_(options.seed) {
  collect_names();
  collect_files();
  choices_.assign(units_.size(), 0);
  count_combinations();
}

void CrashImages::collect_names() {
  const auto& changes = source_.name_changes_;
  for (size_t i = 0; i < changes.size(); ++i) {
    if (i == 0 || !options_.names_in_order) units_.push_back({Kind::kNames, nullptr, i, {}});
    units_.back().orders.push_back(changes[i].order);
  }
}

void CrashImages::collect_files() {
  for (const NodePointer& node : source_.nodes())
    if (node->content) collect_file(node);
}

void CrashImages::collect_file(const NodePointer& node) {
  const MemoryContent& content = *node->content;
  if (content.patches().empty() && content.pending_sizes().empty()) return;
  PendingFile file = {node, kNone, {}, {}};
  if (!content.pending_sizes().empty()) {
    file.size_unit = units_.size();
    units_.push_back({Kind::kSize, node, 0, {}});
    for (const auto& size : content.pending_sizes()) units_.back().orders.push_back(size.order);
  }
  std::vector<std::pair<uint64_t, size_t>> sectors;  // number, unit; sorted by number
  for (const MemoryContent::Patch& patch : content.patches()) {
    const std::pair<uint64_t, size_t> wanted = {patch.sector(), 0};
    auto at = std::lower_bound(sectors.begin(), sectors.end(), wanted);
    if (at == sectors.end() || at->first != patch.sector()) {
      at = sectors.insert(at, {patch.sector(), units_.size()});
      units_.push_back({Kind::kSector, node, patch.sector(), {}});
    }
    Unit& unit = units_[at->second];
    file.patch_unit.push_back(at->second);
    file.patch_rank.push_back(unit.most());
    unit.orders.push_back(patch.order);
  }
  files_.push_back(std::move(file));
}

uint64_t CrashImages::pending_units() const {
  uint64_t count = 0;
  for (const Unit& unit : units_) count += unit.most();
  return count;
}

void CrashImages::count_combinations() {
  uint64_t count = 1;
  for (const Unit& unit : units_) {
    count *= unit.most() + uint64_t{1};
    is_exhaustive_ = is_exhaustive_ && count <= options_.limit;
    count = std::min(count, options_.limit + 1);
  }
}

const CrashImages::PendingFile* CrashImages::pending_file(const MemoryNode* node) const {
  for (const PendingFile& file : files_)
    if (file.node.get() == node) return &file;
  return nullptr;
}

uint64_t CrashImages::size_chosen(const PendingFile& file) const {
  const MemoryContent& content = *file.node->content;
  if (file.size_unit == kNone) return content.size();
  const uint32_t choice = choices_[file.size_unit];
  return choice == 0 ? content.durable_size() : content.pending_sizes()[choice - 1].size;
}

// Whether something was chosen that the image does not show: another combination gives the same.
bool CrashImages::is_twin(const std::vector<const MemoryNode*>& reachable) const {
  for (size_t i = 0; i < units_.size(); ++i) {
    const Unit& unit = units_[i];
    if (choices_[i] == 0 || unit.kind == Kind::kNames) continue;
    if (std::find(reachable.begin(), reachable.end(), unit.node.get()) == reachable.end())
      return true;
    if (unit.kind == Kind::kSector &&
        unit.place * MemoryContent::kSector >= size_chosen(*pending_file(unit.node.get())))
      return true;
  }
  return false;
}

std::unique_ptr<MemoryFileSystem> CrashImages::build(bool skip_twins) {
  Names names(source_.root_);
  for (size_t i = 0; i < source_.name_changes_.size(); ++i) {
    const bool is_there = options_.names_in_order ? i < choices_[0] : choices_[i] != 0;
    if (is_there) names.apply(source_.name_changes_[i]);
  }
  const std::vector<const MemoryNode*> nodes = names.reachable();
  if (skip_twins && is_twin(nodes)) return nullptr;

  MemoryOptions options = source_.options_;
  uint64_t seed = source_.random_state_;
  for (const uint32_t choice : choices_) seed = next_random(&seed) + choice;
  options.seed = seed;
  auto image = std::make_unique<MemoryFileSystem>(options);
  image->next_number_ = source_.next_number_;
  image->order_ = source_.order_;
  image->now_ns_ = source_.now_ns_;
  std::vector<NodePointer> copies;
  for (const MemoryNode* node : nodes) {
    const NodePointer& copy = copies.emplace_back(bare_copy(*node));
    if (!node->content) continue;
    const PendingFile* file = pending_file(node);
    std::vector<bool> kept;
    for (size_t i = 0; file != nullptr && i < file->patch_unit.size(); ++i)
      kept.push_back(file->patch_rank[i] < choices_[file->patch_unit[i]]);
    copy->content->survive(*node->content, file ? size_chosen(*file) : node->content->size(), kept);
  }
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i]->kind != MemoryNode::Kind::kDirectory) continue;
    for (const auto& [name, child] : names.entries_of(nodes[i])) {
      const auto at = std::find(nodes.begin(), nodes.end(), child.get()) - nodes.begin();
      const NodePointer& copy = copies[static_cast<size_t>(at)];
      ++copy->names;
      copies[i]->entries.put(name, copy);
      copies[i]->durable_entries.put(name, copy);
    }
  }
  image->root_ = copies[0];
  image->root_->names = 1;
  return image;
}

}  // namespace dam::test
