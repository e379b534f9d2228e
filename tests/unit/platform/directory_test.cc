// What is done to paths: directories made, names moved and removed, identities compared.
//
// Network file systems cannot be mounted here, so the answer of fstatfs is put in their place.
#include <linux/magic.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "platform/calls.h"
#include "platform/file.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Code;
using dam::File;
using dam::Result;
using dam::Status;
using temporary_directory::at;

unsigned reported_file_system = 0;

int report_file_system(int, struct statfs* out) {
  memset(out, 0, sizeof *out);
  out->f_type = static_cast<decltype(out->f_type)>(reported_file_system);
  return 0;
}

void absent_parents_are_made_too(void** state) {
  const std::string path = at(state, "a/b/c");
  assert_true(dam::make_directories(path).ok());
  struct stat facts;
  assert_int_equal(stat(path.c_str(), &facts), 0);
  assert_true(S_ISDIR(facts.st_mode));
  assert_int_equal(facts.st_mode & 0077, 0);
}

void making_a_directory_again_is_fine(void** state) {
  assert_true(dam::make_directories(at(state, "a")).ok());
  assert_true(dam::make_directories(at(state, "a")).ok());
}

void a_file_in_the_place_of_a_directory_is_an_error(void** state) {
  assert_true(File::create(at(state, "a")).ok());
  const Status status = dam::make_directories(at(state, "a"));
  assert_false(status.ok());
  assert_non_null(strstr(status.message(), at(state, "a").c_str()));
}

void existence_is_told_from_absence_without_a_text(void** state) {
  assert_true(File::create(at(state, "a")).ok());
  assert_true(dam::exists(at(state, "a")).ok());
  const Status absent = dam::exists(at(state, "b"));
  assert_true(absent.code() == Code::kNotFound);
  assert_string_equal(absent.message(), "");
}

void a_renamed_file_replaces_the_one_there(void** state) {
  const Result<File> file = File::create(at(state, "new"));
  assert_true(File::create(at(state, "old")).ok());
  assert_true(dam::rename_file(at(state, "new"), at(state, "old")).ok());
  assert_true(dam::exists(at(state, "new")).code() == Code::kNotFound);
  assert_true(dam::identify(at(state, "old")).value() == dam::identify(file.value()).value());
}

void renaming_what_is_absent_names_it(void** state) {
  const Status status = dam::rename_file(at(state, "absent"), at(state, "x"));
  assert_true(status.code() == Code::kNotFound);
  assert_non_null(strstr(status.message(), at(state, "absent").c_str()));
}

void removing_what_is_absent_is_fine(void** state) {
  assert_true(File::create(at(state, "a")).ok());
  assert_true(dam::remove_file(at(state, "a")).ok());
  assert_true(dam::exists(at(state, "a")).code() == Code::kNotFound);
  assert_true(dam::remove_file(at(state, "a")).ok());
}

void removing_a_directory_as_a_file_fails(void** state) {
  assert_true(dam::make_directories(at(state, "a")).ok());
  assert_false(dam::remove_file(at(state, "a")).ok());
  assert_true(dam::exists(at(state, "a")).ok());
}

void parents_are_found_in_every_spelling(void**) {
  assert_string_equal(dam::parent_of("/a/b").c_str(), "/a");
  assert_string_equal(dam::parent_of("/a/b//").c_str(), "/a");
  assert_string_equal(dam::parent_of("a//b").c_str(), "a");
  assert_string_equal(dam::parent_of("/a").c_str(), "/");
  assert_string_equal(dam::parent_of("/").c_str(), "/");
  assert_string_equal(dam::parent_of("a").c_str(), ".");
  assert_string_equal(dam::parent_of("").c_str(), ".");
}

void one_file_has_one_identity_under_all_its_names(void** state) {
  const Result<File> file = File::create(at(state, "a"));
  assert_true(File::create(at(state, "b")).ok());
  assert_int_equal(link(at(state, "a").c_str(), at(state, "c").c_str()), 0);
  const dam::FileIdentity identity = dam::identify(file.value()).value();
  assert_true(dam::identify(at(state, "c")).value() == identity);
  assert_false(dam::identify(at(state, "b")).value() == identity);
}

void syncing_an_absent_directory_names_it(void** state) {
  assert_true(dam::sync_directory(at(state, ".")).ok());
  const Status status = dam::sync_directory(at(state, "absent"));
  assert_true(status.code() == Code::kNotFound);
  assert_non_null(strstr(status.message(), at(state, "absent").c_str()));
}

void file_systems_of_other_machines_are_refused_by_name(void** state) {
  const Result<File> file = File::create(at(state, "a"));
  assert_true(dam::require_local_file_system(file.value()).ok());
  dam::Calls table = dam::operating_system_calls();
  table.fstatfs = report_file_system;
  const dam::CallsInForce in_force(table);
  const struct {
    unsigned magic;
    const char* name;
  } refused[] = {
      {NFS_SUPER_MAGIC, "NFS"}, {0xFE534D42, "SMB"}, {V9FS_MAGIC, "9p"}, {0x65735546, "FUSE"}};
  for (const auto& system : refused) {
    reported_file_system = system.magic;
    const Status status = dam::require_local_file_system(file.value());
    assert_true(status.code() == Code::kUnsupported);
    assert_non_null(strstr(status.message(), system.name));
  }
  reported_file_system = 0xEF53;  // ext4
  assert_true(dam::require_local_file_system(file.value()).ok());
}

int report_space(int, struct statfs* out) {
  *out = {};
  out->f_bsize = 4096;
  out->f_bfree = 30;
  out->f_bavail = 10;  // root keeps the rest
  return 0;
}

void available_space_is_what_ordinary_users_may_fill(void** state) {
  const Result<File> file = File::create(at(state, "a"));
  assert_true(dam::available_space(file.value()).value() > 0);
  dam::Calls table = dam::operating_system_calls();
  table.fstatfs = report_space;
  const dam::CallsInForce in_force(table);
  assert_int_equal(dam::available_space(file.value()).value(), 40960);
}

void a_file_made_anew_is_another_one_and_empty(void** state) {
  {
    const Result<File> former = File::create_anew(at(state, "a"));
    const uint8_t byte[] = {1};
    assert_true(former.value().write(0, byte).ok());
    const Result<File> again = File::create_anew(at(state, "a"));
    assert_int_equal(again.value().size().value(), 0);
    assert_false(dam::identify(again.value()).value() == dam::identify(former.value()).value());
  }
  Result<File> file = File::open(at(state, "a"), dam::Access::kRead);
  assert_true(dam::rename_file(at(state, "a"), at(state, "b")).ok());
  file.value().take_name(at(state, "b"));
  uint8_t one[1];
  assert_non_null(strstr(file.value().read(0, one).message(), at(state, "b").c_str()));
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(absent_parents_are_made_too),
      TEST_IN_DIRECTORY(making_a_directory_again_is_fine),
      TEST_IN_DIRECTORY(a_file_in_the_place_of_a_directory_is_an_error),
      TEST_IN_DIRECTORY(existence_is_told_from_absence_without_a_text),
      TEST_IN_DIRECTORY(a_renamed_file_replaces_the_one_there),
      TEST_IN_DIRECTORY(renaming_what_is_absent_names_it),
      TEST_IN_DIRECTORY(removing_what_is_absent_is_fine),
      TEST_IN_DIRECTORY(removing_a_directory_as_a_file_fails),
      cmocka_unit_test(parents_are_found_in_every_spelling),
      TEST_IN_DIRECTORY(one_file_has_one_identity_under_all_its_names),
      TEST_IN_DIRECTORY(syncing_an_absent_directory_names_it),
      TEST_IN_DIRECTORY(file_systems_of_other_machines_are_refused_by_name),
      TEST_IN_DIRECTORY(available_space_is_what_ordinary_users_may_fill),
      TEST_IN_DIRECTORY(a_file_made_anew_is_another_one_and_empty),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
