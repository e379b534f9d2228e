// FreshArray: an array of its own that is filled with copies, and is there when it is whole.
//
// It is built as a prune builds a generation, under names that no open takes for an array; the last
// renames make it one. So a crash leaves an array that opens whole, or none. uuid and hash key are
// new: two arrays of one origin never take each other's files for their own.
#pragma once

#include <memory>
#include <string>

#include "log/generation_writer.h"
#include "platform/lock_file.h"

namespace dam {

struct FreshArrayOptions {
  // Of the array it is copied from. Why the copy counts one more: its log begins with copies, which
  // keep the revisions they had, as that of a pruned array does.
  uint64_t former_generation = 0;
  uint64_t bytes_needed = 0;  // NO_SPACE at once when the file system has less; 0: unknown
};

class FreshArray {
 public:
  // ALREADY_EXISTS when the directory holds an array, or half of one; BUSY while someone else makes
  // one there. The directory is made if it is absent.
  static Result<std::unique_ptr<FreshArray>> start(const std::string& directory,
                                                   const FreshArrayOptions& options);
  ~FreshArray();
  FreshArray(const FreshArray&) = delete;
  FreshArray& operator=(const FreshArray&) = delete;

  // The next document: verified, with an id that no other one bears. `revision` it keeps.
  Status put(Bytes document, uint64_t revision);
  void set_facts(const ArrayFacts& facts, uint64_t revision);
  // Makes all of it durable and gives it its names. `revision` becomes the array's own.
  Status finish(uint64_t revision);

 private:
  FreshArray(std::string directory, LockFile&& lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  Status build_ids() const;

  const std::string directory_;
  LockFile lock_;
  Superblock superblock_;
  std::unique_ptr<GenerationWriter> files_;
};

}  // namespace dam
