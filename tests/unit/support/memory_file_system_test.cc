// What the in-memory file system promises beyond the system's own behaviour (see
// differential_test): death at a call, death of a process, failing syncs, windows, and a world
// without chance.
#include <linux/magic.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "platform/clock.h"
#include "platform/lock_file.h"
#include "platform/mapping.h"
#include "support/crash_images.h"
#include "unit/support/mounted_memory.h"

namespace {

using dam::Access;
using dam::calls;
using dam::File;
using dam::LockFile;
using dam::Mapping;
using dam::test::ArenaSlot;
using dam::test::CrashImages;
using dam::test::MemoryFileSystem;
using dam::test::Mount;
using dam::test::SyncFailure;
using mounted_memory::files_of;
using mounted_memory::open_new;
using mounted_memory::open_synced;
using mounted_memory::text_of;
using mounted_memory::write_at;

void a_window_shows_later_growth_without_moving(void**) {
  const auto file = File::create("/file");
  const auto window = Mapping::map(file.value(), 1 << 20, 4096);
  assert_true(window.ok());
  write_at(file.value().fd(), 500000, "grown");
  assert_memory_equal(window.value().data() + 500000, "grown", 5);
}

void a_window_too_large_is_halved_until_it_fits(void**) {
  const auto file = File::create("/file");
  const auto window = Mapping::map(file.value(), uint64_t{64} << 30, 4096);
  assert_true(window.ok());
  assert_int_equal(window.value().size(), ArenaSlot::kSize);
}

void a_private_window_may_be_written_without_changing_the_file(void** state) {
  const int fd = open_new("/file");
  write_at(fd, 0, "original");
  void* address = calls().mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  assert_ptr_not_equal(address, MAP_FAILED);
  assert_memory_equal(address, "original", 8);
  memcpy(address, "changed!", 8);
  assert_string_equal(text_of(files_of(state), "/file").c_str(), "original");
  assert_int_equal(calls().munmap(address, 4096), 0);
  assert_int_equal(files_of(state).windows(), 0);
}

void pages_may_be_laid_over_a_real_window_only(void**) {
  const int fd = open_new("/file");
  void* slot = calls().mmap(nullptr, 8192, PROT_READ, MAP_SHARED, fd, 0);
  constexpr int kOver = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
  assert_ptr_equal(calls().mmap(slot, 4096, PROT_READ, kOver, -1, 0), MAP_FAILED);
  assert_int_equal(errno, EINVAL);
  MemoryFileSystem other({.real_windows = true});
  const Mount mount(other);
  const int real = open_new("/file");
  void* window = calls().mmap(nullptr, 8192, PROT_READ, MAP_SHARED, real, 0);
  assert_ptr_equal(calls().mmap(window, 4096, PROT_READ, kOver, -1, 0), window);
  assert_int_equal(calls().munmap(window, 8192), 0);
}

void a_file_that_reuses_a_slot_begins_with_zeros(void**) {
  for (const off_t offset : {off_t{0}, off_t{100000}, off_t{8 << 20}}) {
    {
      MemoryFileSystem first;
      const Mount mount(first);
      write_at(open_new("/file"), offset, "left over");
    }
    MemoryFileSystem second;
    const Mount mount(second);
    const int fd = open_new("/file");
    assert_int_equal(calls().ftruncate(fd, offset + 9), 0);
    char bytes[9];
    assert_int_equal(calls().pread(fd, bytes, 9, offset), 9);
    assert_memory_equal(bytes, "\0\0\0\0\0\0\0\0\0", 9);
  }
}

void a_file_ends_at_its_slot(void**) {
  const int fd = open_new("/file");
  const auto end = static_cast<off_t>(ArenaSlot::kSize);
  assert_int_equal(calls().pwrite(fd, "abc", 3, end - 1), 1);
  assert_int_equal(calls().pwrite(fd, "abc", 3, end), -1);
  assert_int_equal(errno, EFBIG);
  assert_int_equal(calls().ftruncate(fd, end + 1), -1);
  assert_int_equal(calls().fallocate(fd, 0, end, 1), -1);
  assert_int_equal(errno, EFBIG);
}

void the_file_system_claims_to_be_ext4(void**) {
  struct statfs facts;
  assert_int_equal(calls().fstatfs(open_new("/file"), &facts), 0);
  assert_int_equal(facts.f_type, EXT4_SUPER_MAGIC);
  assert_true(facts.f_bavail > 0);
}

void descriptors_run_out_and_come_back(void**) {
  MemoryFileSystem small({.most_descriptors = 5});
  const Mount mount(small);
  const int first = open_new("/a");
  assert_int_equal(first, 3);
  assert_int_equal(open_new("/b"), 4);
  assert_int_equal(open_new("/c"), -1);
  assert_int_equal(errno, EMFILE);
  assert_int_equal(calls().close(first), 0);
  assert_int_equal(open_new("/c"), 3);
}

void every_call_after_the_fatal_one_fails_and_changes_nothing(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_new("/file");
  write_at(fd, 0, "before");
  files.crash_at_call(files.calls_made() + 1);
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_false(files.is_dead());
  assert_int_equal(calls().pwrite(fd, "after!", 6, 0), -1);
  assert_int_equal(errno, EIO);
  assert_true(files.is_dead());
  assert_int_equal(calls().rename("/file", "/other"), -1);
  assert_int_equal(open_new("/new"), -1);
  assert_string_equal(text_of(files, "/file").c_str(), "before");
}

void a_crash_at_a_change_counts_no_queries(void** state) {
  MemoryFileSystem& files = files_of(state);
  files.crash_at_change(2);
  const int fd = open_new("/file");
  struct stat facts;
  for (int i = 0; i < 10; ++i) assert_int_equal(calls().fstat(fd, &facts), 0);
  write_at(fd, 0, "one");
  assert_int_equal(calls().pwrite(fd, "two", 3, 0), -1);
  assert_string_equal(text_of(files, "/file").c_str(), "one");
}

void a_fatal_write_may_arrive_in_part(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_new("/file");
  files.crash_at_change(files.changes_made(), 3);
  assert_int_equal(calls().pwrite(fd, "abcdef", 6, 0), -1);
  assert_int_equal(errno, EIO);
  assert_int_equal(calls().pwrite(fd, "ghi", 3, 0), -1);
  assert_string_equal(text_of(files, "/file").c_str(), "abc");
}

void a_killed_process_loses_descriptors_and_locks_but_no_bytes(void** state) {
  MemoryFileSystem& files = files_of(state);
  auto lock = LockFile::open("/lock", Access::kReadWrite);
  assert_true(lock.value().acquire(0).ok());
  write_at(open_new("/file"), 0, "seen");
  auto second = LockFile::open("/lock", Access::kReadWrite);
  assert_int_equal(static_cast<int>(second.value().acquire(0).code()),
                   static_cast<int>(dam::Code::kBusy));
  lock.value().abandon();
  second.value().abandon();
  files.kill();
  assert_int_equal(files.open_descriptors() + files.locks_held(), 0);
  auto third = LockFile::open("/lock", Access::kReadWrite);
  assert_true(third.value().acquire(0).ok());
  assert_string_equal(text_of(files, "/file").c_str(), "seen");
}

void a_clone_lives_on_its_own_with_the_same_pending_changes(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_synced("/file", "durable");
  write_at(fd, 0, "pending");
  const auto copy = files.clone();
  write_at(fd, 0, "further");
  assert_string_equal(text_of(*copy, "/file").c_str(), "pending");
  assert_string_equal(text_of(files, "/file").c_str(), "further");
  assert_int_equal(CrashImages(*copy, {}).pending_units(), 1);
  assert_int_equal(CrashImages(files, {}).pending_units(), 2);
}

void two_file_systems_differ_in_their_device(void** state) {
  struct stat here;
  struct stat there;
  assert_int_equal(calls().lstat("/", &here), 0);
  const auto copy = files_of(state).clone();
  const Mount mount(*copy);
  assert_int_equal(calls().lstat("/", &there), 0);
  assert_int_equal(here.st_ino, there.st_ino);
  assert_int_not_equal(here.st_dev, there.st_dev);
}

void bytes_marked_clean_by_a_failed_sync_may_vanish(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_synced("/file", "durable");
  write_at(fd, 0, "promise");
  files.fail_syncs(SyncFailure::kMarkedClean);
  assert_int_equal(calls().fdatasync(fd), -1);
  assert_int_equal(errno, EIO);
  files.fail_syncs(SyncFailure::kNone);
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_string_equal(text_of(files, "/file").c_str(), "promise");
  assert_int_equal(CrashImages(files, {}).pending_units(), 1);
  files.evict_clean_pages();
  assert_string_equal(text_of(files, "/file").c_str(), "durable");
}

void a_page_written_again_takes_its_forsaken_bytes_along(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_synced("/file", std::string(8192, 'o'));
  write_at(fd, 0, "first page");
  write_at(fd, 4096, "second page");
  files.fail_syncs(SyncFailure::kMarkedClean);
  assert_int_equal(calls().fdatasync(fd), -1);
  files.fail_syncs(SyncFailure::kNone);
  write_at(fd, 2000, "again");
  files.evict_clean_pages();
  assert_memory_equal(files.bytes_of("/file").data(), "first page", 10);
  assert_memory_equal(files.bytes_of("/file").data() + 4096, "oooooo", 6);
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_int_equal(CrashImages(files, {}).pending_units(), 0);
}

void a_sync_that_leaves_pages_dirty_can_be_repeated(void** state) {
  MemoryFileSystem& files = files_of(state);
  const int fd = open_synced("/file", "durable");
  write_at(fd, 0, "promise");
  files.fail_syncs(SyncFailure::kStaysDirty);
  assert_int_equal(calls().fdatasync(fd), -1);
  files.fail_syncs(SyncFailure::kNone);
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_int_equal(CrashImages(files, {}).pending_units(), 0);
}

void time_passes_only_with_calls_and_sleep(void**) {
  const int64_t start_ms = dam::monotonic_ms();
  dam::sleep_ms(1500);
  assert_in_range(dam::monotonic_ms() - start_ms, 1500, 1501);
  assert_true(dam::unix_ms() > int64_t{1500000000} * 1000);
}

void randomness_follows_from_the_seed(void**) {
  uint8_t bytes[3][20];
  for (uint64_t i = 0; i < 3; ++i) {
    MemoryFileSystem files({.seed = i / 2});
    const Mount mount(files);
    assert_true(dam::random_bytes(bytes[i]).ok());
  }
  assert_memory_equal(bytes[0], bytes[1], 20);
  assert_memory_not_equal(bytes[0], bytes[2], 20);
}

void mounts_nest(void** state) {
  open_new("/outer");
  {
    MemoryFileSystem inner;
    const Mount mount(inner);
    struct stat facts;
    assert_int_equal(calls().lstat("/outer", &facts), -1);
    assert_int_equal(errno, ENOENT);
  }
  assert_int_equal(files_of(state).open_descriptors(), 1);
  assert_int_equal(calls().close(3), 0);
  assert_int_equal(files_of(state).open_descriptors(), 0);
}

void a_listing_names_every_path_with_its_checksum(void** state) {
  assert_int_equal(calls().mkdir("/d", 0700), 0);
  write_at(open_new("/d/file"), 0, "123456789");
  files_of(state).add_symbolic_link("/link");
  assert_string_equal(files_of(state).listing().c_str(),
                      "/ directory\n/d directory\n/d/file 9 bytes, crc e3069283\n"
                      "/link symbolic link\n");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_window_shows_later_growth_without_moving),
      TEST_ON_MEMORY(a_window_too_large_is_halved_until_it_fits),
      TEST_ON_MEMORY(a_private_window_may_be_written_without_changing_the_file),
      TEST_ON_MEMORY(pages_may_be_laid_over_a_real_window_only),
      TEST_ON_MEMORY(a_file_that_reuses_a_slot_begins_with_zeros),
      TEST_ON_MEMORY(a_file_ends_at_its_slot),
      TEST_ON_MEMORY(the_file_system_claims_to_be_ext4),
      TEST_ON_MEMORY(descriptors_run_out_and_come_back),
      TEST_ON_MEMORY(every_call_after_the_fatal_one_fails_and_changes_nothing),
      TEST_ON_MEMORY(a_crash_at_a_change_counts_no_queries),
      TEST_ON_MEMORY(a_fatal_write_may_arrive_in_part),
      TEST_ON_MEMORY(a_killed_process_loses_descriptors_and_locks_but_no_bytes),
      TEST_ON_MEMORY(a_clone_lives_on_its_own_with_the_same_pending_changes),
      TEST_ON_MEMORY(two_file_systems_differ_in_their_device),
      TEST_ON_MEMORY(bytes_marked_clean_by_a_failed_sync_may_vanish),
      TEST_ON_MEMORY(a_page_written_again_takes_its_forsaken_bytes_along),
      TEST_ON_MEMORY(a_sync_that_leaves_pages_dirty_can_be_repeated),
      TEST_ON_MEMORY(time_passes_only_with_calls_and_sleep),
      TEST_ON_MEMORY(randomness_follows_from_the_seed),
      TEST_ON_MEMORY(mounts_nest),
      TEST_ON_MEMORY(a_listing_names_every_path_with_its_checksum),
  };
  return cmocka_run_group_tests_name("memory_file_system", tests, nullptr, nullptr);
}
