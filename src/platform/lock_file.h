// The file `lock` of an array: which process writes, and whether what it published counts.
//
// Bytes under open-file-description locks, which belong to the open file rather than to the
// process, so that no other close in the process loses them and two handles exclude each other too:
//   byte 0  held for writing by the one writer; by writers that take turns, for each turn
//   byte 1  held for reading by each writer that has finished recovery: V counts while anyone holds
//   it
//   byte 2  held for writing by the one of those taking turns that prunes or clears
// The file is never renamed or removed. The kernel frees the locks of a process that dies.
#pragma once

#include "platform/file.h"

namespace dam {

class LockFile {
 public:
  LockFile() = default;

  // Opens, and for writing creates, the lock file at `path`.
  static Result<LockFile> open(const std::string& path, Access access);

  // Whether a writer has announced itself in the file at `path`; no file, no writer.
  static Result<bool> is_announced_at(const std::string& path);

  bool is_open() const { return file_.is_open(); }
  // UNSUPPORTED on a file system whose locks cannot be trusted.
  Status require_local() const { return require_local_file_system(file_); }
  // Takes byte 0, waiting up to timeout_ms (negative: for ever); BUSY when another writer has it,
  // or has announced itself and only waits for its turn.
  Status acquire(int64_t timeout_ms) { return wait_for(Wanted::kArray, timeout_ms); }
  // Takes byte 0 beside writers that do the same.
  Status acquire_turn(int64_t timeout_ms) { return wait_for(Wanted::kTurn, timeout_ms); }
  void release_turn();
  // Takes byte 2, as acquire does.
  Status acquire_prune(int64_t timeout_ms) { return wait_for(Wanted::kPrune, timeout_ms); }
  void release_prune();
  // Takes byte 1: from now on what this writer publishes counts.
  Status announce();
  // Whether another writer holds byte 1. Asked of the kernel; changes nothing.
  Result<bool> is_announced() const;
  // Gives all bytes up at once.
  void release();
  // After a fork, in the child: closes without unlocking, for the lock is the parent's too.
  void abandon();

 private:
  enum class Wanted { kArray, kTurn, kPrune };
  explicit LockFile(File file) : file_(std::move(file)) {}
  Result<bool> try_to_take(Wanted wanted);
  Status wait_for(Wanted wanted, int64_t timeout_ms);

  File file_;
};

}  // namespace dam
