// Files, directories and the errors of both: thin owners over the table of calls.
//
// A File knows its path for messages. Reads and writes are positional, loop over short transfers
// and EINTR, and name file, offset and size when they fail. Descriptors 0 to 2 are never used and
// all are closed on exec. A symbolic link in place of the file itself is refused.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

enum class Access { kRead, kReadWrite };

class File {
 public:
  File() = default;
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  // Absence of the file is NOT_FOUND with a text; every other refusal is READ_ONLY or IO.
  static Result<File> open(const std::string& path, Access access);
  // Makes a new file for owner only (0600, less the umask); EEXIST is ALREADY_EXISTS.
  static Result<File> create(const std::string& path);
  // The same in place of a file that may be there; the umask takes from `permissions`.
  static Result<File> create_anew(const std::string& path, uint32_t permissions = 0600);

  // A file without a name in `directory`, for this process alone: it goes with its last descriptor.
  static Result<File> create_temporary(const std::string& directory);
  // The same open file, under a descriptor of its own.
  Result<File> share() const;

  bool is_open() const { return fd_ >= 0; }
  bool is_temporary() const { return is_temporary_; }
  int fd() const { return fd_; }
  const std::string& path() const { return path_; }
  // Of a file that was renamed, or is about to be: what messages call it from here on.
  void take_name(std::string path) { path_ = std::move(path); }

  // Exactly bytes.size() bytes; fewer there is CORRUPT ("file ends at ...").
  Status read(uint64_t offset, MutableBytes to) const;
  // `out_done`, if given, tells how many bytes were written, also on failure.
  Status write(uint64_t offset, Bytes from, uint64_t* out_done = nullptr) const;
  Result<uint64_t> size() const;
  // Who may read and write it: the lower nine bits of its mode.
  Result<uint32_t> permissions() const;
  Status truncate(uint64_t size) const;
  // Extends the file with zeros that own their disk space; UNSUPPORTED where the system cannot.
  Status allocate(uint64_t offset, uint64_t size) const;
  // Durability: returns when the bytes written so far survive a power loss. A temporary file, which
  // survives nothing, is not synced.
  Status sync() const;

 private:
  static Result<File> create_and_unlink(const std::string& directory);
  File(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  int fd_ = -1;
  std::string path_;
  bool is_temporary_ = false;
};

// Identity of a file or directory: the same on every path that leads to it.
struct FileIdentity {
  uint64_t device = 0;
  uint64_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

Result<FileIdentity> identify(const std::string& path);
Result<FileIdentity> identify(const File& file);

// NOT_FOUND without a text when absent.
Status exists(const std::string& path);
Status rename_file(const std::string& from, const std::string& to);
Status remove_file(const std::string& path);  // absent is fine
// Makes the directory and its absent parents (0700, less the umask), each synced into its parent.
Status make_directories(const std::string& path);
Status sync_directory(const std::string& path);
std::string parent_of(const std::string& path);
// UNSUPPORTED, naming the file system, for NFS, SMB, 9p and FUSE: locks and maps cannot be trusted.
Status require_local_file_system(const File& file);

// Bytes that whoever is not root may still add to the file system the file lies on.
Result<uint64_t> available_space(const File& file);

// The Status for errno as it stands: `what` says what was tried, on which file.
Status system_error(const char* what, const std::string& path);

}  // namespace dam
