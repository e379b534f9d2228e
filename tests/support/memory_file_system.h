// A file system in memory that takes the place of the operating system's under the table of calls.
//
// It answers every call of `Calls` with the results and errno values Linux gives libdam, keeps
// apart what processes see from what the disk has, and can stop the "process" before any call.
// Nothing in it depends on real time or chance: clock and randomness follow from the options.
// Limits: symbolic links are never followed, files end at 64 MiB (EFBIG), windows with MAP_SHARED
// are read-only and windows on one file share an address unless `real_windows` is set.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/calls.h"
#include "support/memory_node.h"

namespace dam::test {

struct MemoryOptions {
  uint64_t seed = 1;
  uint64_t largest_window = ArenaSlot::kSize;  // mmap of more is ENOMEM
  uint64_t free_bytes = uint64_t{1} << 40;     // as told by fstatfs
  bool real_windows = false;  // map with the system's mmap: slower, but pages may be laid over them
  int most_descriptors = 1024;
  int lowest_descriptor = 3;
  bool file_sync_saves_name = false;  // as ext4 does, though nobody promises it
};

enum class SyncFailure { kNone, kStaysDirty, kMarkedClean };

//   running --crash_at_call/crash_at_change reached--> dead (every call: EIO) --kill()--> running
//
// After a crash, let the handles of the dead process go first (their calls change nothing), then
// kill() to go on as after kill -9, or make CrashImages to go on as after a power cut. Mount puts a
// file system in force; calls are serialised, so threads of libdam may run.
class MemoryFileSystem {
 public:
  explicit MemoryFileSystem(const MemoryOptions& options = {});
  ~MemoryFileSystem();
  MemoryFileSystem(const MemoryFileSystem&) = delete;
  MemoryFileSystem& operator=(const MemoryFileSystem&) = delete;

  // The same files with the same pending changes, as after kill -9 of every process.
  std::unique_ptr<MemoryFileSystem> clone() const;

  // Call number `number` (the first is 0, counted from the mount of a fresh file system) and all
  // later ones fail with EIO and do nothing.
  void crash_at_call(uint64_t number) { fatal_call_ = number; }
  // The same, counting only calls that change what a crash could leave: between two of them every
  // cut is alike. If the fatal call is a pwrite, its first `torn_bytes` bytes still arrive.
  void crash_at_change(uint64_t number, uint64_t torn_bytes = 0);
  bool is_dead() const { return is_dead_; }
  // Drops every descriptor and lock, keeps files and pending changes, and runs on.
  void kill();
  uint64_t calls_made() const { return calls_made_; }
  uint64_t changes_made() const { return changes_made_; }

  // How fdatasync and fsync of files fail (EIO) from now on.
  void fail_syncs(SyncFailure how) { sync_failure_ = how; }
  // Memory pressure: pages that a failed sync marked clean are read again from the disk.
  void evict_clean_pages();
  void add_symbolic_link(const std::string& path);

  // For tests of leaks.
  size_t open_descriptors() const;
  size_t windows() const { return windows_.size(); }
  size_t locks_held() const;
  // The bytes of a file as processes see them; empty when there is none.
  std::vector<uint8_t> bytes_of(const std::string& path) const;
  // One line per path, sorted: kind, size and checksum.
  std::string listing() const;

  // Calls on whichever file system is mounted.
  static const Calls& table();

 private:
  friend class CrashImages;
  friend class Mount;
  friend struct MemoryCalls;

  // An open file description: locks belong to it and go with its last descriptor or window.
  struct Description {
    Description(NodePointer opened, int how) : node(std::move(opened)), flags(how) {}
    ~Description() { node->locks.drop(this); }
    Description(const Description&) = delete;
    Description& operator=(const Description&) = delete;

    NodePointer node;
    int flags;
  };
  struct Window {
    uint8_t* address;
    uint64_t size;
    std::shared_ptr<Description> file;
    bool is_real;
  };
  struct Place {
    NodePointer directory;
    std::string name;  // empty: the path names the directory itself
  };

  int open(const char* path, int flags, mode_t mode);
  int close(int fd);
  int duplicate_above(int fd, int lowest);
  ssize_t pread(int fd, void* to, size_t size, off_t offset);
  ssize_t pwrite(int fd, const void* from, size_t size, off_t offset);
  int fdatasync(int fd) { return sync(fd); }
  int fsync(int fd) { return sync(fd); }
  int fstat(int fd, struct stat* out);
  int lstat(const char* path, struct stat* out);
  int fstatfs(int fd, struct statfs* out);
  int ftruncate(int fd, off_t size);
  int fallocate(int fd, int mode, off_t offset, off_t size);
  int rename(const char* from, const char* to);
  int unlink(const char* path);
  int mkdir(const char* path, mode_t mode);
  void* mmap(void* address, size_t size, int protection, int flags, int fd, off_t offset);
  int munmap(void* address, size_t size);
  int madvise(void* address, size_t size, int advice);
  void* map_real(const Window& window, int protection, int flags, off_t offset);
  int lock(int fd, int command, struct flock* range);
  int clock_gettime(clockid_t clock, struct timespec* out);
  int nanosleep(const struct timespec* pause, struct timespec* left);
  ssize_t getrandom(void* to, size_t size, unsigned flags);

  bool may_run(bool is_change);
  int sync(int fd);
  Description* description(int fd) const;
  MemoryContent* writable(int fd) const;
  int add_descriptor(std::shared_ptr<Description> description, int lowest);
  int locate(std::string_view path, Place* out) const;
  NodePointer node_at(std::string_view path, int* error) const;
  NodePointer make_node(MemoryNode::Kind kind, mode_t permissions);
  int open_existing(const NodePointer& node, int flags);
  int check_rename(const NodePointer& moved, const Place& from, const Place& to) const;
  void change_names(NameChange change);
  void save_names_of(const NodePointer& directory);
  void save_name_of(const NodePointer& node);
  void fill(const MemoryNode& node, struct stat* out) const;
  std::vector<std::pair<std::string, NodePointer>> walk() const;
  std::vector<NodePointer> nodes() const;

  static void apply_durably(const NameChange& change);

  MemoryOptions options_;
  uint64_t device_;
  uint64_t next_number_ = 2;
  uint64_t order_ = 0;
  uint64_t now_ns_ = 0;
  uint64_t random_state_;
  NodePointer root_;
  std::vector<NameChange> name_changes_;
  std::vector<std::shared_ptr<Description>> descriptors_;
  std::vector<Window> windows_;

  uint64_t calls_made_ = 0;
  uint64_t changes_made_ = 0;
  uint64_t fatal_call_ = std::numeric_limits<uint64_t>::max();
  uint64_t fatal_change_ = std::numeric_limits<uint64_t>::max();
  uint64_t torn_bytes_ = 0;
  bool is_dead_ = false;
  SyncFailure sync_failure_ = SyncFailure::kNone;
  std::mutex mutex_;
};

// Puts a file system in force as libdam's operating system until it goes; mounts nest.
class Mount {
 public:
  explicit Mount(MemoryFileSystem& file_system);
  ~Mount();
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

 private:
  MemoryFileSystem* former_;
  CallsInForce in_force_;
};

// splitmix64: the one source of chance in this folder.
inline uint64_t next_random(uint64_t* state) {
  uint64_t z = (*state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

}  // namespace dam::test
