// Fixture and short forms for tests that drive an in-memory file system through its table of calls.
#pragma once

#include <string>

#include "support/memory_file_system.h"
#include "unit/cmocka_cpp.h"

namespace mounted_memory {

struct Mounted {
  explicit Mounted(const dam::test::MemoryOptions& options = {}) : files(options), mount(files) {}

  dam::test::MemoryFileSystem files;
  dam::test::Mount mount;
};

inline int create(void** state) {
  *state = new Mounted;
  return 0;
}

inline int remove(void** state) {
  delete static_cast<Mounted*>(*state);
  return 0;
}

inline dam::test::MemoryFileSystem& files_of(void** state) {
  return static_cast<Mounted*>(*state)->files;
}

inline int open_new(const char* path) { return dam::calls().open(path, O_RDWR | O_CREAT, 0600); }

inline void write_at(int fd, off_t offset, const std::string& bytes) {
  const ssize_t count = dam::calls().pwrite(fd, bytes.data(), bytes.size(), offset);
  assert_int_equal(count, bytes.size());
}

inline std::string text_of(const dam::test::MemoryFileSystem& files, const char* path) {
  const auto bytes = files.bytes_of(path);
  return {bytes.begin(), bytes.end()};
}

// A file whose name and first bytes are durable.
inline int open_synced(const char* path, const std::string& bytes) {
  const int fd = open_new(path);
  write_at(fd, 0, bytes);
  assert_int_equal(dam::calls().fdatasync(fd), 0);
  const int root = dam::calls().open("/", O_RDONLY | O_DIRECTORY, 0);
  assert_int_equal(dam::calls().fsync(root), 0);
  dam::calls().close(root);
  return fd;
}

}  // namespace mounted_memory

#define TEST_ON_MEMORY(test) \
  cmocka_unit_test_setup_teardown(test, mounted_memory::create, mounted_memory::remove)
