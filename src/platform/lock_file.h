// The file `lock` of an array: which process writes, and whether what it published counts.
//
// Two bytes under open-file-description locks, which belong to the open file rather than to the
// process, so that no other close in the process loses them and two handles exclude each other too:
//   byte 0  held for writing by the one writer
//   byte 1  held for reading by each writer that has finished recovery: V counts while anyone holds
//   it
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
  // Takes byte 0, waiting up to timeout_ms (negative: for ever); BUSY when another writer has it.
  Status acquire(int64_t timeout_ms);
  // Takes byte 1: from now on what this writer publishes counts.
  Status announce();
  // Whether a writer holds byte 1. Asked of the kernel; changes nothing.
  Result<bool> is_announced() const;
  // Gives both bytes up at once.
  void release();
  // After a fork, in the child: closes without unlocking, for the lock is the parent's too.
  void abandon();

 private:
  explicit LockFile(File file) : file_(std::move(file)) {}

  File file_;
};

}  // namespace dam
