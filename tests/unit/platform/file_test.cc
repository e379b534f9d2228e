// File against a real file system: transfer, ends, refusals and their texts.
//
// What needs a fault (short transfers, EINTR, a full disk) puts a table of calls of its own in
// force.
#include "platform/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "platform/calls.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Access;
using dam::Code;
using dam::File;
using dam::Result;
using dam::Status;
using temporary_directory::at;

// One fault at a time: how many calls still fail, and with what.
int failures_left = 0;
int failure_error = 0;

ssize_t read_one_byte(int fd, void* to, size_t size, off_t offset) {
  if (failures_left-- > 0) return errno = failure_error, -1;
  return ::pread(fd, to, size > 0 ? 1 : 0, offset);
}

ssize_t write_one_byte(int fd, const void* from, size_t size, off_t offset) {
  if (failures_left-- > 0) return errno = failure_error, -1;
  return ::pwrite(fd, from, size > 0 ? 1 : 0, offset);
}

int fail_to_sync(int) { return errno = EIO, -1; }

dam::Calls faulty_calls(int failures, int error) {
  failures_left = failures;
  failure_error = error;
  dam::Calls table = dam::operating_system_calls();
  table.pread = read_one_byte;
  table.pwrite = write_one_byte;
  table.fdatasync = fail_to_sync;
  return table;
}

std::string content_of(const File& file) {
  std::string text(file.size().value(), '\0');
  const Status status = file.read(0, {reinterpret_cast<uint8_t*>(text.data()), text.size()});
  return status.ok() ? text : status.message();
}

void what_was_written_is_read_back(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_true(file.ok());
  assert_true(file.value().write(0, dam::as_bytes("robin sings")).ok());
  assert_true(file.value().write(6, dam::as_bytes("looks")).ok());
  assert_true(file.value().sync().ok());
  assert_string_equal(content_of(file.value()).c_str(), "robin looks");
}

void a_write_past_the_end_leaves_zeros_between(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_true(file.value().write(3, dam::as_bytes("x")).ok());
  assert_true(content_of(file.value()) == std::string("\0\0\0x", 4));
}

void a_read_past_the_end_names_file_offset_and_size(void** state) {
  const std::string path = at(state, "body");
  const Result<File> file = File::create(path);
  assert_true(file.value().write(0, dam::as_bytes("abc")).ok());
  uint8_t bytes[8];
  const Status status = file.value().read(1, bytes);
  assert_true(status.code() == Code::kCorrupt);
  const std::string expected = path + " ends at offset 3, 8 bytes were expected at 1";
  assert_string_equal(status.message(), expected.c_str());
}

void an_absent_file_is_not_found_with_its_path(void** state) {
  const std::string path = at(state, "absent");
  const Result<File> file = File::open(path, Access::kRead);
  assert_true(file.status().code() == Code::kNotFound);
  const std::string expected = "cannot open " + path + " (No such file or directory)";
  assert_string_equal(file.status().message(), expected.c_str());
}

void creating_over_a_file_says_that_it_is_there(void** state) {
  const std::string path = at(state, "body");
  assert_true(File::create(path).ok());
  const Result<File> again = File::create(path);
  assert_true(again.status().code() == Code::kAlreadyExists);
  assert_non_null(strstr(again.status().message(), path.c_str()));
}

void a_new_file_is_for_its_owner_only(void** state) {
  assert_true(File::create(at(state, "body")).ok());
  struct stat facts;
  assert_int_equal(stat(at(state, "body").c_str(), &facts), 0);
  assert_int_equal(facts.st_mode & 0077, 0);
}

void a_symbolic_link_in_place_of_a_file_is_refused(void** state) {
  assert_true(File::create(at(state, "target")).ok());
  assert_int_equal(symlink("target", at(state, "link").c_str()), 0);
  const Result<File> file = File::open(at(state, "link"), Access::kRead);
  assert_true(file.status().code() == Code::kCorrupt);
  assert_non_null(strstr(file.status().message(), "is a symbolic link"));
}

void writing_through_a_file_opened_for_reading_fails(void** state) {
  assert_true(File::create(at(state, "body")).ok());
  const Result<File> file = File::open(at(state, "body"), Access::kRead);
  const Status status = file.value().write(0, dam::as_bytes("x"));
  assert_false(status.ok());
  assert_non_null(strstr(status.message(), "cannot write"));
}

void truncating_and_allocating_set_the_size(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_true(file.value().allocate(0, 10000).ok());
  assert_int_equal(file.value().size().value(), 10000);
  assert_true(file.value().truncate(5).ok());
  assert_true(content_of(file.value()) == std::string(5, '\0'));
}

void short_and_interrupted_transfers_are_carried_on(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  {
    const dam::Calls table = faulty_calls(3, EINTR);
    const dam::CallsInForce in_force(table);
    assert_true(file.value().write(0, dam::as_bytes("byte by byte")).ok());
    failures_left = 2;
    assert_string_equal(content_of(file.value()).c_str(), "byte by byte");
  }
  assert_string_equal(content_of(file.value()).c_str(), "byte by byte");
}

void a_full_disk_is_no_space(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  const dam::Calls table = faulty_calls(1, ENOSPC);
  const dam::CallsInForce in_force(table);
  const Status status = file.value().write(0, dam::as_bytes("x"));
  assert_true(status.code() == Code::kNoSpace);
  const std::string expected = "cannot write " + at(state, "body") + " (No space left on device)";
  assert_string_equal(status.message(), expected.c_str());
}

void a_failed_sync_is_told_at_once(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  const dam::Calls table = faulty_calls(0, 0);
  const dam::CallsInForce in_force(table);
  const Status status = file.value().sync();
  assert_true(status.code() == Code::kIo);
  assert_non_null(strstr(status.message(), "cannot sync"));
}

void a_moved_file_keeps_its_descriptor(void** state) {
  Result<File> created = File::create(at(state, "body"));
  const int fd = created.value().fd();
  File moved = std::move(created.value());
  assert_false(created.value().is_open());
  assert_int_equal(moved.fd(), fd);
  moved = File();
  assert_int_equal(fcntl(fd, F_GETFD), -1);
}

void descriptors_are_closed_in_programs_started_later(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_int_equal(fcntl(file.value().fd(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

void standard_descriptors_are_never_used(void** state) {
  const int kept = dup(STDIN_FILENO);
  close(STDIN_FILENO);
  const Result<File> file = File::create(at(state, "body"));
  const int fd = file.value().fd();
  dup2(kept, STDIN_FILENO);
  close(kept);
  assert_true(fd >= 3);
}

void a_temporary_file_has_no_name_and_is_shared_by_descriptors(void** state) {
  const std::string directory = at(state, "");
  Result<File> file = File::create_temporary(directory);
  assert_true(file.ok());
  assert_true(file.value().is_temporary());
  assert_true(std::filesystem::is_empty(directory));
  assert_int_equal(file.value().permissions().value(), 0600);
  Result<File> shared = file.value().share();
  assert_true(shared.ok() && shared.value().is_temporary());
  assert_true(shared.value().write(0, dam::as_bytes("text")).ok());
  assert_string_equal(content_of(file.value()).c_str(), "text");
  file = File();
  assert_string_equal(content_of(shared.value()).c_str(), "text");
}

void a_temporary_file_is_not_synced(void** state) {
  const Result<File> file = File::create_temporary(at(state, ""));
  const dam::Calls table = faulty_calls(0, 0);
  const dam::CallsInForce injected(table);
  assert_true(file.value().sync().ok());
}

int open_no_nameless_file(const char* path, int flags, mode_t mode) {
  if ((flags & O_TMPFILE) == O_TMPFILE) return errno = EOPNOTSUPP, -1;
  return ::open(path, flags, mode);
}

void without_nameless_files_a_name_is_removed_at_once(void** state) {
  const std::string directory = at(state, "");
  dam::Calls table = dam::operating_system_calls();
  table.open = open_no_nameless_file;
  const dam::CallsInForce injected(table);
  const Result<File> file = File::create_temporary(directory);
  assert_true(file.ok() && file.value().is_temporary());
  assert_true(std::filesystem::is_empty(directory));
  assert_true(file.value().write(0, dam::as_bytes("text")).ok());
  assert_string_equal(content_of(file.value()).c_str(), "text");
}

void a_temporary_file_in_an_absent_directory_is_not_found(void** state) {
  const Result<File> file = File::create_temporary(at(state, "absent"));
  assert_int_equal(file.status().code(), Code::kNotFound);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(what_was_written_is_read_back),
      TEST_IN_DIRECTORY(a_write_past_the_end_leaves_zeros_between),
      TEST_IN_DIRECTORY(a_read_past_the_end_names_file_offset_and_size),
      TEST_IN_DIRECTORY(an_absent_file_is_not_found_with_its_path),
      TEST_IN_DIRECTORY(creating_over_a_file_says_that_it_is_there),
      TEST_IN_DIRECTORY(a_new_file_is_for_its_owner_only),
      TEST_IN_DIRECTORY(a_symbolic_link_in_place_of_a_file_is_refused),
      TEST_IN_DIRECTORY(writing_through_a_file_opened_for_reading_fails),
      TEST_IN_DIRECTORY(truncating_and_allocating_set_the_size),
      TEST_IN_DIRECTORY(short_and_interrupted_transfers_are_carried_on),
      TEST_IN_DIRECTORY(a_full_disk_is_no_space),
      TEST_IN_DIRECTORY(a_failed_sync_is_told_at_once),
      TEST_IN_DIRECTORY(a_moved_file_keeps_its_descriptor),
      TEST_IN_DIRECTORY(descriptors_are_closed_in_programs_started_later),
      TEST_IN_DIRECTORY(standard_descriptors_are_never_used),
      TEST_IN_DIRECTORY(a_temporary_file_has_no_name_and_is_shared_by_descriptors),
      TEST_IN_DIRECTORY(a_temporary_file_is_not_synced),
      TEST_IN_DIRECTORY(without_nameless_files_a_name_is_removed_at_once),
      TEST_IN_DIRECTORY(a_temporary_file_in_an_absent_directory_is_not_found),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
