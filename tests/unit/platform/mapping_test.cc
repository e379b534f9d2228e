// Mapping: a window larger than its file, that shows what is written after it was made.
//
// A limited address space is a table of calls whose mmap refuses large windows.
#include "platform/mapping.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "platform/calls.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Code;
using dam::File;
using dam::Mapping;
using dam::Result;
using temporary_directory::at;

constexpr uint64_t kPage = 4096;
size_t largest_window = 0;

void* map_up_to_largest(void* address, size_t size, int protection, int flags, int fd,
                        off_t offset) {
  if (size > largest_window) return errno = ENOMEM, MAP_FAILED;
  return ::mmap(address, size, protection, flags, fd, offset);
}

dam::Calls limited_calls(size_t largest) {
  largest_window = largest;
  dam::Calls table = dam::operating_system_calls();
  table.mmap = map_up_to_largest;
  return table;
}

void a_window_shows_what_is_written_after_it_was_made(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  const Result<Mapping> window = Mapping::map(file.value(), 16 * kPage, kPage);
  assert_true(window.ok());
  assert_true(file.value().write(0, dam::as_bytes("first")).ok());
  assert_memory_equal(window.value().data(), "first", 5);
  assert_true(file.value().write(10 * kPage, dam::as_bytes("grown")).ok());
  assert_memory_equal(window.value().data() + 10 * kPage, "grown", 5);
}

void a_window_is_whole_pages_and_never_empty(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_int_equal(Mapping::map(file.value(), 0, 0).value().size(), kPage);
  assert_int_equal(Mapping::map(file.value(), kPage + 1, 1).value().size(), 2 * kPage);
  assert_int_equal(Mapping::map(file.value(), kPage, 3 * kPage).value().size(), 3 * kPage);
}

void a_window_too_large_is_halved_until_it_fits(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  const dam::Calls table = limited_calls(20 * kPage);
  const dam::CallsInForce in_force(table);
  const Result<Mapping> window = Mapping::map(file.value(), 64 * kPage, 2 * kPage);
  assert_int_equal(window.value().size(), 16 * kPage);
}

void a_window_below_the_least_size_is_an_error(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  const dam::Calls table = limited_calls(4 * kPage);
  const dam::CallsInForce in_force(table);
  const Result<Mapping> window = Mapping::map(file.value(), 64 * kPage, 8 * kPage);
  assert_true(window.status().code() == Code::kNoMemory);
  const std::string expected = "cannot map " + at(state, "body") + " (Cannot allocate memory)";
  assert_string_equal(window.status().message(), expected.c_str());
}

void a_moved_window_stays_where_it_is(void** state) {
  const Result<File> file = File::create(at(state, "body"));
  assert_true(file.value().write(0, dam::as_bytes("here")).ok());
  Result<Mapping> first = Mapping::map(file.value(), kPage, kPage);
  const uint8_t* data = first.value().data();
  Mapping second = std::move(first.value());
  assert_null(first.value().data());
  assert_ptr_equal(second.data(), data);
  second.expect_random_reads();
  assert_memory_equal(second.data(), "here", 4);
}

void a_window_outlives_its_file(void** state) {
  Result<File> file = File::create(at(state, "body"));
  assert_true(file.value().write(0, dam::as_bytes("kept")).ok());
  const Result<Mapping> window = Mapping::map(file.value(), kPage, kPage);
  file.value() = File();
  assert_true(dam::remove_file(at(state, "body")).ok());
  assert_memory_equal(window.value().data(), "kept", 4);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(a_window_shows_what_is_written_after_it_was_made),
      TEST_IN_DIRECTORY(a_window_is_whole_pages_and_never_empty),
      TEST_IN_DIRECTORY(a_window_too_large_is_halved_until_it_fits),
      TEST_IN_DIRECTORY(a_window_below_the_least_size_is_an_error),
      TEST_IN_DIRECTORY(a_moved_window_stays_where_it_is),
      TEST_IN_DIRECTORY(a_window_outlives_its_file),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
