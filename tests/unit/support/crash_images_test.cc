// Which file systems a power cut may leave: all of them, none beyond them, and each the same again.
#include "support/crash_images.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>

#include "unit/support/mounted_memory.h"

namespace {

using dam::calls;
using dam::test::CrashImages;
using dam::test::CrashOptions;
using dam::test::MemoryFileSystem;
using dam::test::Mount;
using mounted_memory::files_of;
using mounted_memory::open_new;
using mounted_memory::open_synced;
using mounted_memory::text_of;
using mounted_memory::write_at;

std::multiset<std::string> contents_after_cuts(const MemoryFileSystem& files, const char* path,
                                               const CrashOptions& options = {}) {
  std::multiset<std::string> found;
  CrashImages images(files, options);
  while (const auto image = images.next()) found.insert(text_of(*image, path));
  return found;
}

std::multiset<std::string> listings_after_cuts(const MemoryFileSystem& files,
                                               const CrashOptions& options = {}) {
  std::multiset<std::string> found;
  CrashImages images(files, options);
  while (const auto image = images.next()) found.insert(image->listing());
  return found;
}

bool holds_exactly(const std::multiset<std::string>& found, std::multiset<std::string> wanted) {
  return found == wanted;
}

void sync_root() {
  const int root = calls().open("/", O_RDONLY | O_DIRECTORY, 0);
  assert_int_equal(calls().fsync(root), 0);
  calls().close(root);
}

void what_was_synced_is_in_the_only_image(void** state) {
  open_synced("/file", "durable");
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {"durable"}));
}

void a_pending_write_is_there_or_not(void** state) {
  const int fd = open_synced("/file", "old");
  write_at(fd, 0, "new");
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {"old", "new"}));
}

void writes_to_one_sector_arrive_in_order(void** state) {
  const int fd = open_synced("/file", "....");
  write_at(fd, 0, "a");
  write_at(fd, 1, "b");
  write_at(fd, 0, "c");
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"),
                            {"....", "a...", "ab..", "cb.."}));
}

void writes_to_two_sectors_arrive_in_any_order(void** state) {
  const int fd = open_synced("/file", std::string(1024, '.'));
  write_at(fd, 0, "a");
  write_at(fd, 512, "b");
  std::multiset<std::string> ends;
  for (const std::string& text : contents_after_cuts(files_of(state), "/file"))
    ends.insert({text[0], text[512]});
  assert_true(holds_exactly(ends, {"..", "a.", ".b", "ab"}));
}

void one_write_tears_between_sectors(void** state) {
  const int fd = open_synced("/file", std::string(1024, '.'));
  write_at(fd, 500, std::string(24, 'x'));
  std::multiset<std::string> middles;
  for (const std::string& text : contents_after_cuts(files_of(state), "/file"))
    middles.insert({text[511], text[512]});
  assert_true(holds_exactly(middles, {"..", "x.", ".x", "xx"}));
}

void a_file_may_have_grown_without_its_bytes(void** state) {
  const int fd = open_synced("/file", "ab");
  write_at(fd, 2, "cd");
  // Bytes in a sector that held older ones count as arrived only together with the size.
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"),
                            {"ab", "ab", std::string("ab\0\0", 4), "abcd"}));
}

void bytes_beyond_the_size_give_no_image_of_their_own(void** state) {
  const int fd = open_synced("/file", std::string(512, '.'));
  write_at(fd, 512, "x");
  assert_int_equal(contents_after_cuts(files_of(state), "/file").size(), 3);
}

void a_shrunk_file_may_still_be_long(void** state) {
  const int fd = open_synced("/file", "abcd");
  assert_int_equal(calls().ftruncate(fd, 2), 0);
  const auto found = contents_after_cuts(files_of(state), "/file");
  assert_int_equal(found.count("abcd"), 1);
  assert_int_equal(found.count(std::string("ab\0\0", 4)), 1);
  assert_int_equal(found.count("ab"), 2);
}

void a_name_is_durable_only_with_its_directory(void** state) {
  const int fd = open_new("/file");
  write_at(fd, 0, "data");
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {"", "data"}));
  sync_root();
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {"data"}));
}

void a_file_sync_saves_the_name_where_the_system_is_said_to(void**) {
  MemoryFileSystem files({.file_sync_saves_name = true});
  const Mount mount(files);
  const int fd = open_new("/file");
  write_at(fd, 0, "data");
  assert_int_equal(calls().fdatasync(fd), 0);
  assert_true(holds_exactly(contents_after_cuts(files, "/file"), {"data"}));
}

void a_rename_over_a_file_leaves_one_of_both_whole(void** state) {
  open_synced("/file", "old");
  open_synced("/file.new", "new");
  assert_int_equal(calls().rename("/file.new", "/file"), 0);
  const auto found = contents_after_cuts(files_of(state), "/file");
  assert_true(holds_exactly(found, {"old", "new"}));
  CrashImages images(files_of(state), {});
  const auto before = images.next();
  assert_string_equal(text_of(*before, "/file.new").c_str(), "new");
}

void changes_of_names_arrive_in_any_order_unless_told(void** state) {
  open_synced("/a", "a");
  open_synced("/b", "b");
  assert_int_equal(calls().rename("/a", "/x"), 0);
  assert_int_equal(calls().unlink("/b"), 0);
  assert_int_equal(listings_after_cuts(files_of(state)).size(), 4);
  assert_int_equal(listings_after_cuts(files_of(state), {.names_in_order = true}).size(), 3);
}

void files_in_a_directory_that_never_arrived_are_gone(void** state) {
  assert_int_equal(calls().mkdir("/d", 0700), 0);
  const int fd = open_new("/d/file");
  write_at(fd, 0, "data");
  const auto found = listings_after_cuts(files_of(state));
  assert_int_equal(found.count("/ directory\n"), 2);  // the name in the lost directory, or not
  assert_int_equal(found.count("/ directory\n/d directory\n"), 1);
}

void an_unlinked_file_comes_back_until_the_directory_is_synced(void** state) {
  open_synced("/file", "data");
  assert_int_equal(calls().unlink("/file"), 0);
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {"", "data"}));
  sync_root();
  assert_true(holds_exactly(contents_after_cuts(files_of(state), "/file"), {""}));
}

void an_image_has_nothing_pending_and_can_be_used(void** state) {
  const int fd = open_synced("/file", "old");
  write_at(fd, 0, "new");
  CrashImages images(files_of(state), {});
  const auto image = images.next();
  assert_int_equal(CrashImages(*image, {}).pending_units(), 0);
  const Mount mount(*image);
  const int again = calls().open("/file", O_RDWR, 0);
  write_at(again, 1, "X");
  assert_true(holds_exactly(contents_after_cuts(*image, "/file"), {"old", "oXd"}));
}

// Forty sectors of one file: far too many combinations to give them all.
void write_forty_sectors() {
  const int fd = open_synced("/file", std::string(40 * 512, '.'));
  for (int i = 0; i < 40; ++i) write_at(fd, i * 512, "x");
}

size_t arrived(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), 'x'));
}

void a_sample_holds_the_extremes_and_each_unit_alone(void** state) {
  write_forty_sectors();
  CrashImages images(files_of(state), {.limit = 400});
  assert_false(images.is_exhaustive());
  assert_int_equal(images.pending_units(), 40);
  std::set<std::string> alone_missing;
  std::set<std::string> alone_present;
  size_t counts[41] = {};
  size_t total = 0;
  for (; const auto image = images.next(); ++total) {
    const std::string text = text_of(*image, "/file");
    ++counts[arrived(text)];
    if (arrived(text) == 39) alone_missing.insert(text);
    if (arrived(text) == 1) alone_present.insert(text);
  }
  assert_int_equal(total, 400);
  assert_true(counts[0] > 0 && counts[40] > 0 && counts[20] > 0);
  assert_int_equal(alone_missing.size(), 40);
  assert_int_equal(alone_present.size(), 40);
}

void the_same_seed_gives_the_same_sample(void** state) {
  write_forty_sectors();
  const auto first = contents_after_cuts(files_of(state), "/file", {.seed = 7, .limit = 200});
  const auto again = contents_after_cuts(files_of(state), "/file", {.seed = 7, .limit = 200});
  const auto other = contents_after_cuts(files_of(state), "/file", {.seed = 8, .limit = 200});
  assert_true(first == again);
  assert_false(first == other);
}

void an_image_can_be_made_again_from_its_choices(void** state) {
  write_forty_sectors();
  CrashImages images(files_of(state), {.limit = 300});
  for (int i = 0; i < 250; ++i) assert_true(images.next() != nullptr);
  const auto wanted = images.next();
  const auto choices = images.choices();
  const auto again = CrashImages(files_of(state), {}).image_of(choices);
  assert_string_equal(again->listing().c_str(), wanted->listing().c_str());
}

void a_description_names_files_sectors_and_names(void** state) {
  const int fd = open_synced("/file", std::string(1024, '.'));
  write_at(fd, 512, "x");
  assert_int_equal(calls().rename("/file", "/moved"), 0);
  CrashImages images(files_of(state), {});
  assert_true(images.next() != nullptr);
  assert_true(images.next() != nullptr);
  assert_string_equal(images.description().c_str(),
                      "name file>moved change 0: 1 of 1\n/moved sector 1: 0 of 1\n");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(what_was_synced_is_in_the_only_image),
      TEST_ON_MEMORY(a_pending_write_is_there_or_not),
      TEST_ON_MEMORY(writes_to_one_sector_arrive_in_order),
      TEST_ON_MEMORY(writes_to_two_sectors_arrive_in_any_order),
      TEST_ON_MEMORY(one_write_tears_between_sectors),
      TEST_ON_MEMORY(a_file_may_have_grown_without_its_bytes),
      TEST_ON_MEMORY(bytes_beyond_the_size_give_no_image_of_their_own),
      TEST_ON_MEMORY(a_shrunk_file_may_still_be_long),
      TEST_ON_MEMORY(a_name_is_durable_only_with_its_directory),
      TEST_ON_MEMORY(a_file_sync_saves_the_name_where_the_system_is_said_to),
      TEST_ON_MEMORY(a_rename_over_a_file_leaves_one_of_both_whole),
      TEST_ON_MEMORY(changes_of_names_arrive_in_any_order_unless_told),
      TEST_ON_MEMORY(files_in_a_directory_that_never_arrived_are_gone),
      TEST_ON_MEMORY(an_unlinked_file_comes_back_until_the_directory_is_synced),
      TEST_ON_MEMORY(an_image_has_nothing_pending_and_can_be_used),
      TEST_ON_MEMORY(a_sample_holds_the_extremes_and_each_unit_alone),
      TEST_ON_MEMORY(the_same_seed_gives_the_same_sample),
      TEST_ON_MEMORY(an_image_can_be_made_again_from_its_choices),
      TEST_ON_MEMORY(a_description_names_files_sectors_and_names),
  };
  return cmocka_run_group_tests_name("crash_images", tests, nullptr, nullptr);
}
