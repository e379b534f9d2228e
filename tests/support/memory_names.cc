// Paths of an in-memory file system: looking up, opening, creating, renaming, removing.
#include <algorithm>
#include <cerrno>

#include "support/memory_file_system.h"

namespace dam::test {
namespace {

constexpr mode_t kUmask = 022;

using Kind = MemoryNode::Kind;

int fail(int error) {
  errno = error;
  return -1;
}

bool ends_in_slash(std::string_view path) { return path.size() > 1 && path.back() == '/'; }

}  // namespace

// Relative paths begin at the root too: the process "stands" there.
int MemoryFileSystem::locate(std::string_view path, Place* out) const {
  if (path.empty()) return ENOENT;
  std::vector<NodePointer> above = {root_};
  std::string last;
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || (part == "." && last.empty())) continue;
    if (!last.empty()) {
      NodePointer next = above.back()->entries.find(last);
      if (!next) return ENOENT;
      if (next->kind == Kind::kSymbolicLink) return ELOOP;
      if (next->kind != Kind::kDirectory) return ENOTDIR;
      above.push_back(std::move(next));
      last.clear();
    }
    if (part == "..") {
      if (above.size() > 1) above.pop_back();
    } else if (part != ".") {
      if (part.size() > 255) return ENAMETOOLONG;
      last = part;
    }
  }
  out->directory = above.back();
  out->name = std::move(last);
  return 0;
}

NodePointer MemoryFileSystem::node_at(std::string_view path, int* error) const {
  Place place;
  *error = locate(path, &place);
  if (*error != 0) return nullptr;
  if (place.name.empty()) return place.directory;
  NodePointer node = place.directory->entries.find(place.name);
  if (!node) *error = ENOENT;
  if (node && node->kind != Kind::kDirectory && ends_in_slash(path)) {
    *error = ENOTDIR;
    return nullptr;
  }
  return node;
}

NodePointer MemoryFileSystem::make_node(Kind kind, mode_t permissions) {
  NodePointer node = std::make_shared<MemoryNode>();
  node->kind = kind;
  node->permissions = permissions;
  node->number = next_number_++;
  if (kind == Kind::kFile) node->content.emplace();
  return node;
}

int MemoryFileSystem::add_descriptor(std::shared_ptr<Description> description, int lowest) {
  size_t fd = static_cast<size_t>(std::max(lowest, options_.lowest_descriptor));
  while (fd < descriptors_.size() && descriptors_[fd]) ++fd;
  if (fd >= static_cast<size_t>(options_.most_descriptors)) return fail(EMFILE);
  if (!description) return 0;
  if (fd >= descriptors_.size()) descriptors_.resize(fd + 1);
  descriptors_[fd] = std::move(description);
  return static_cast<int>(fd);
}

int MemoryFileSystem::open_existing(const NodePointer& node, int flags) {
  if ((flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) return fail(EEXIST);
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  if (node->kind != Kind::kDirectory && (flags & O_DIRECTORY) != 0) return fail(ENOTDIR);
  if (node->kind == Kind::kSymbolicLink) return fail(ELOOP);
  if (node->kind == Kind::kDirectory && (writes || (flags & (O_CREAT | O_TRUNC)) != 0))
    return fail(EISDIR);
  if ((flags & O_TRUNC) != 0 && writes) node->content->resize(0, ++order_);
  return add_descriptor(std::make_shared<Description>(node, flags), 0);
}

int MemoryFileSystem::open(const char* path, int flags, mode_t mode) {
  if (add_descriptor(nullptr, 0) != 0) return -1;  // the system looks for a free one first
  int error = 0;
  const bool creates = (flags & O_CREAT) != 0;
  if (creates && (flags & O_DIRECTORY) != 0) return fail(EINVAL);
  Place place;
  error = locate(path, &place);
  if (error != 0) return fail(error);
  if (creates && ends_in_slash(path)) return fail(EISDIR);
  if (const NodePointer node = node_at(path, &error)) return open_existing(node, flags);
  if (error != ENOENT || !creates) return fail(error);
  const NodePointer node = make_node(Kind::kFile, mode & ~kUmask & 07777);
  change_names({node, nullptr, "", place.directory, place.name});
  return add_descriptor(std::make_shared<Description>(node, flags), 0);
}

int MemoryFileSystem::unlink(const char* path) {
  int error = 0;
  const NodePointer node = node_at(path, &error);
  if (!node) return fail(error);
  if (node->kind == Kind::kDirectory) return fail(EISDIR);
  Place place;
  locate(path, &place);
  change_names({node, place.directory, place.name, nullptr, ""});
  return 0;
}

int MemoryFileSystem::mkdir(const char* path, mode_t mode) {
  Place place;
  const int error = locate(path, &place);
  if (error != 0) return fail(error);
  if (place.name.empty() || place.directory->entries.find(place.name)) return fail(EEXIST);
  const NodePointer node = make_node(Kind::kDirectory, mode & ~kUmask & 01777);
  change_names({node, nullptr, "", place.directory, place.name});
  return 0;
}

// Which refusal rename(2) answers for moving `moved` to `to`, or 0.
int MemoryFileSystem::check_rename(const NodePointer& moved, const Place& from,
                                   const Place& to) const {
  const NodePointer there = to.directory->entries.find(to.name);
  const bool is_directory = moved->kind == Kind::kDirectory;
  std::vector<NodePointer> inside = {moved};
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == to.directory) return EINVAL;
    const NodePointer node = inside[i];
    for (const auto& [name, child] : node->entries) inside.push_back(child);
  }
  if (!there) return 0;
  if (is_directory && there->kind != Kind::kDirectory) return ENOTDIR;
  if (there == from.directory) return ENOTEMPTY;
  if (!is_directory && there->kind == Kind::kDirectory) return EISDIR;
  return there->entries.is_empty() ? 0 : ENOTEMPTY;
}

int MemoryFileSystem::rename(const char* from_path, const char* to_path) {
  Place from;
  Place to;
  if (const int error = locate(from_path, &from)) return fail(error);
  if (const int error = locate(to_path, &to)) return fail(error);
  if (from.name.empty() || to.name.empty()) return fail(EBUSY);
  const NodePointer moved = from.directory->entries.find(from.name);
  if (!moved) return fail(ENOENT);
  if (moved->kind != Kind::kDirectory && (ends_in_slash(from_path) || ends_in_slash(to_path)))
    return fail(ENOTDIR);
  if (moved == to.directory->entries.find(to.name)) return 0;
  if (const int error = check_rename(moved, from, to)) return fail(error);
  change_names({moved, from.directory, from.name, to.directory, to.name});
  return 0;
}

void MemoryFileSystem::change_names(NameChange change) {
  change.order = ++order_;
  if (change.from_directory) {
    change.from_directory->entries.remove(change.from);
    --change.node->names;
  }
  if (change.to_directory) {
    if (const NodePointer there = change.to_directory->entries.find(change.to)) --there->names;
    change.to_directory->entries.put(change.to, change.node);
    ++change.node->names;
  }
  name_changes_.push_back(std::move(change));
}

void MemoryFileSystem::apply_durably(const NameChange& change) {
  if (change.from_directory) change.from_directory->durable_entries.remove(change.from);
  if (change.to_directory) change.to_directory->durable_entries.put(change.to, change.node);
}

void MemoryFileSystem::save_names_of(const NodePointer& directory) {
  std::erase_if(name_changes_, [&](const NameChange& change) {
    if (change.from_directory != directory && change.to_directory != directory) return false;
    apply_durably(change);
    return true;
  });
}

void MemoryFileSystem::save_name_of(const NodePointer& node) {
  std::erase_if(name_changes_, [&](const NameChange& change) {
    if (change.node != node) return false;
    apply_durably(change);
    return true;
  });
}

}  // namespace dam::test
