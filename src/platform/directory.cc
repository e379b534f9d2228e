// Directories and names: what is done to a path rather than to an open file.
#include <linux/magic.h>

#include <cerrno>

#include "platform/calls.h"
#include "platform/file.h"

#ifndef CIFS_SUPER_MAGIC
#define CIFS_SUPER_MAGIC 0xFF534D42
#endif
#ifndef SMB2_SUPER_MAGIC
#define SMB2_SUPER_MAGIC 0xFE534D42
#endif
#ifndef FUSE_SUPER_MAGIC
#define FUSE_SUPER_MAGIC 0x65735546
#endif

namespace dam {

Status exists(const std::string& path) {
  struct stat facts;
  if (calls().lstat(path.c_str(), &facts) == 0) return {};
  if (errno == ENOENT || errno == ENOTDIR) return Status::absent();
  return system_error("stat", path);
}

Status rename_file(const std::string& from, const std::string& to) {
  return calls().rename(from.c_str(), to.c_str()) == 0 ? Status() : system_error("rename", from);
}

Status remove_file(const std::string& path) {
  if (calls().unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return system_error("remove", path);
}

std::string parent_of(const std::string& path) {
  size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return path.empty() ? "." : "/";
  end = path.find_last_of('/', end);
  if (end == std::string::npos) return ".";
  end = path.find_last_not_of('/', end);
  return end == std::string::npos ? "/" : path.substr(0, end + 1);
}

Status sync_directory(const std::string& path) {
  const int fd = calls().open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0) return system_error("open directory", path);
  const int result = calls().fsync(fd);
  Status status = result == 0 ? Status() : system_error("sync directory", path);
  calls().close(fd);
  return status;
}

Status make_directories(const std::string& path) {
  if (calls().mkdir(path.c_str(), 0700) == 0) return sync_directory(parent_of(path));
  if (errno == ENOENT && parent_of(path) != path) {
    DAM_TRY(make_directories(parent_of(path)));
    if (calls().mkdir(path.c_str(), 0700) == 0) return sync_directory(parent_of(path));
  }
  if (errno != EEXIST) return system_error("create directory", path);
  const int fd = calls().open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0 && errno == ENOTDIR)
    return Status::error(Code::kInvalidArgument, "%s is a file, not a directory", path.c_str());
  if (fd < 0) return system_error("open directory", path);
  calls().close(fd);
  return {};
}

Result<uint64_t> available_space(const File& file) {
  struct statfs facts;
  if (calls().fstatfs(file.fd(), &facts) != 0)
    return system_error("stat file system of", file.path());
  return static_cast<uint64_t>(facts.f_bavail) * static_cast<uint64_t>(facts.f_bsize);
}

Status require_local_file_system(const File& file) {
  struct statfs facts;
  if (calls().fstatfs(file.fd(), &facts) != 0)
    return system_error("stat file system of", file.path());
  const char* name = nullptr;
  switch (static_cast<uint32_t>(facts.f_type)) {
    case NFS_SUPER_MAGIC:
      name = "NFS";
      break;
    case SMB_SUPER_MAGIC:
    case CIFS_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC:
      name = "SMB";
      break;
    case V9FS_MAGIC:
      name = "9p";
      break;
    case FUSE_SUPER_MAGIC:
      name = "FUSE";
      break;
    default:
      return {};
  }
  return Status::error(Code::kUnsupported, "%s lies on %s, where locks and maps cannot be trusted",
                       file.path().c_str(), name);
}

}  // namespace dam
