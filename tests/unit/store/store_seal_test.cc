// Seals: what ends with them, what a copy is compared with, and that one is there whole or not.
#include <cerrno>

#include "platform/file.h"
#include "store/array_seal.h"
#include "store/backup_array.h"
#include "support/fault_injector.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

std::string path_of(const char* name) { return std::string(kArray) + "/" + name; }

void overwrite(const std::string& path, uint64_t offset, std::string_view text) {
  const File file = value_of(File::open(path, Access::kReadWrite));
  assert_ok(file.write(offset, as_bytes(text)));
}

void make_sealed() {
  const auto store = open_store();
  add_many(*store, 0, 10);
  remove(*store, "d3");
  assert_true(store->seal({}).ok());
  assert_ok(store->close());
}

void a_seal_ends_all_writing_through_the_handle(void**) {
  const auto store = open_store();
  add_many(*store, 0, 4);
  assert_int_equal(value_of(store->stat(Stat::kSealed)), 0);
  const std::string list = value_of(store->seal({}));
  assert_int_equal(value_of(store->stat(Stat::kSealed)), 1);
  const Document more = make_document("more");
  const Status refused = commit(*store, {append(more)});
  assert_code(refused, Code::kReadOnly);
  assert_non_null(strstr(refused.message(), "sealed"));
  assert_code(commit(*store, {erase("d1")}), Code::kReadOnly);
  assert_code(store->prune({}), Code::kReadOnly);
  assert_code(store->clear().status(), Code::kReadOnly);
  assert_ok(store->sync());
  assert_string_equal(value_of(store->seal({})).c_str(), list.c_str());
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d1 d2 d3");
}

void nothing_is_written_behind_the_seal(void** state) {
  const auto store = open_store();
  add_many(*store, 0, 4);
  assert_true(store->seal({}).ok());
  const std::string sealed = mounted_memory::files_of(state).listing();
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_ok(store->close());
  assert_string_equal(mounted_memory::files_of(state).listing().c_str(), sealed.c_str());
  assert_sound();
}

void an_open_for_writing_names_the_seal_and_changes_nothing(void** state) {
  make_sealed();
  assert_ok(remove_file(path_of("lock")));  // as a copy may lack it
  const std::string sealed = mounted_memory::files_of(state).listing();
  const Status refused = open_failure(test_options());
  assert_code(refused, Code::kReadOnly);
  assert_non_null(strstr(refused.message(), "/seal"));
  assert_string_equal(ids_of(*open_store(read_only_options())->view()).c_str(),
                      "d0 d1 d2 d4 d5 d6 d7 d8 d9");
  assert_string_equal(mounted_memory::files_of(state).listing().c_str(), sealed.c_str());
}

void the_list_names_files_sizes_and_digests(void**) {
  make_sealed();
  const std::string text = value_of(read_seal_text(kArray));
  const ArraySeal seal = value_of(ArraySeal::parse(text));
  assert_int_equal(seal.documents, 9);
  assert_int_equal(seal.generation, 1);
  assert_int_equal(seal.revision, open_store(read_only_options())->view()->revision());
  assert_int_equal(seal.files.size(), 2);
  assert_string_equal(seal.files[0].name.c_str(), "header.bin");
  assert_string_equal(seal.files[1].name.c_str(), "body.bin");
  for (const SealedFile& file : seal.files) {
    const File opened = value_of(File::open(path_of(file.name.c_str()), Access::kRead));
    assert_int_equal(file.size, value_of(opened.size()));
    assert_int_equal(file.digest.size(), 32);
  }
}

void an_array_that_was_only_opened_is_sealed_too(void**) {
  add_many(*open_store(), 0, 3);
  for (const bool wrote_before : {true, false}) {
    const std::string path = wrote_before ? kArray : "/data/empty";
    const auto store = open_store(test_options(), path);
    const ArraySeal seal = value_of(ArraySeal::parse(value_of(store->seal({}))));
    assert_ok(store->close());
    assert_int_equal(seal.revision, open_store(read_only_options(), path)->view()->revision());
    assert_sound(path);
  }
}

// The digest of no bytes and of "abc", as the reference implementation prints them.
void digests_are_those_of_the_public_hash(void**) {
  assert_ok(make_directories("/d"));
  {
    const File empty = value_of(File::create("/d/empty"));
  }
  const File abc = value_of(File::create("/d/abc"));
  assert_ok(abc.write(0, as_bytes("abc")));
  SealedFile file = {"empty", 0, ""};
  assert_ok(digest_file("/d", {}, file));
  assert_string_equal(file.digest.c_str(), "99aa06d3014798d86001c324468d497f");
  file.name = "abc";
  assert_ok(digest_file("/d", {}, file));
  assert_string_equal(file.digest.c_str(), "06b05ab6733a618578af5f94892f3950");
}

void a_changed_byte_is_found_before_anything_is_opened(void**) {
  make_sealed();
  for (const char* name : {"header.bin", "body.bin"}) {
    const std::string path = path_of(name);
    overwrite(path, 0, "X");  // the magic: an open would refuse it
    assert_non_null(strstr(report_of().c_str(), (std::string(name) + " has other bytes").c_str()));
    overwrite(path, 0, "\x89");
    assert_sound();
  }
  assert_ok(value_of(File::open(path_of("body.bin"), Access::kReadWrite)).truncate(100));
  assert_non_null(strstr(report_of().c_str(), "body.bin has 100 bytes, the seal says"));
}

void a_missing_file_and_a_damaged_seal_are_named(void**) {
  make_sealed();
  const std::string text = value_of(read_seal_text(kArray));
  for (size_t i = 0; i < text.size(); i += 7) {
    overwrite(path_of("seal"), i, text[i] == '#' ? "%" : "#");
    assert_int_not_equal(report_of().size(), 0);
    overwrite(path_of("seal"), i, text.substr(i, 1));
  }
  assert_sound();
  assert_ok(remove_file(path_of("body.bin")));
  assert_non_null(strstr(report_of().c_str(), "body.bin is missing"));
}

void the_seal_of_another_array_does_not_fit(void**) {
  make_sealed();
  ArraySeal seal = value_of(ArraySeal::parse(value_of(read_seal_text(kArray))));
  ++seal.revision;
  assert_ok(write_seal_text(kArray, seal.text()));
  assert_non_null(strstr(report_of().c_str(), "another array"));
}

void derived_files_are_listed_and_may_be_absent(void**) {
  {
    const auto store = open_store();
    add_many(*store, 0, 5000);  // enough for an id table
    assert_int_equal(code_of_finding(*store->view(), "d1"), Code::kOk);
    assert_true(store->seal({}).ok());
  }
  const ArraySeal seal = value_of(ArraySeal::parse(value_of(read_seal_text(kArray))));
  assert_int_equal(seal.files.size(), 3);
  assert_sound();
  overwrite(path_of(seal.files[2].name.c_str()), 9000, "#");
  assert_non_null(strstr(report_of().c_str(), "ids.1."));
  assert_ok(remove_file(path_of(seal.files[2].name.c_str())));
  assert_sound();
}

void a_read_only_handle_tells_a_seal_and_makes_none(void**) {
  add(*open_store(), "a");
  const auto reader = open_store(read_only_options());
  assert_code(reader->seal({}).status(), Code::kReadOnly);
  const std::string list = value_of(open_store()->seal({}));
  assert_string_equal(value_of(reader->seal({})).c_str(), list.c_str());
  assert_int_equal(value_of(reader->stat(Stat::kSealed)), 1);
}

void a_cancelled_seal_leaves_a_writer_that_goes_on(void**) {
  const auto store = open_store();
  add_many(*store, 0, 4);
  assert_code(store->seal([](uint64_t, uint64_t) { return false; }).status(), Code::kCancelled);
  assert_int_equal(value_of(store->stat(Stat::kSealed)), 0);
  remove(*store, "d1");
  const Document changed = make_document("d2", "changed");
  assert_ok(commit(*store, {set("d2", changed)}));
  assert_ok(store->close());
  assert_string_equal(ids_of(*open_store()->view()).c_str(), "d0 d2 d3");
  assert_sound();
}

void a_temporary_array_cannot_be_sealed(void**) {
  StoreOptions options = test_options();
  options.temporary = true;
  assert_code(open_store(options, "/")->seal({}).status(), Code::kInvalidArgument);
}

void a_backup_of_a_sealed_array_is_not_sealed(void**) {
  make_sealed();
  assert_ok(backup_view(*open_store(read_only_options())->view(), "/copy", {}));
  add(*open_store(test_options(), "/copy"), "more");
  assert_sound("/copy");
}

// Each system call of a seal fails once: it is there and whole, or it is not and writing goes on.
void a_failure_anywhere_leaves_a_whole_seal_or_none(void**) {
  bool struck = true;
  for (uint64_t i = 0; struck; ++i) {
    const std::string path = "/data/failing" + std::to_string(i);
    const auto store = open_store(test_options(), path);
    add(*store, "a");
    Status failed;
    {
      FaultInjector injector({.at = i, .kind = {}, .error = ENOSPC});
      failed = store->seal({}).status();
      struck = injector.has_struck();
    }
    const bool is_there = exists(seal_path(path)).ok();
    assert_true(is_there || !failed.ok());
    if (!is_there && failed.code() != Code::kPoisoned) add(*store, "b");
    static_cast<void>(store->close());
    assert_sound(path);
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_seal_ends_all_writing_through_the_handle),
      TEST_ON_MEMORY(nothing_is_written_behind_the_seal),
      TEST_ON_MEMORY(an_open_for_writing_names_the_seal_and_changes_nothing),
      TEST_ON_MEMORY(the_list_names_files_sizes_and_digests),
      TEST_ON_MEMORY(an_array_that_was_only_opened_is_sealed_too),
      TEST_ON_MEMORY(digests_are_those_of_the_public_hash),
      TEST_ON_MEMORY(a_changed_byte_is_found_before_anything_is_opened),
      TEST_ON_MEMORY(a_missing_file_and_a_damaged_seal_are_named),
      TEST_ON_MEMORY(the_seal_of_another_array_does_not_fit),
      TEST_ON_MEMORY(derived_files_are_listed_and_may_be_absent),
      TEST_ON_MEMORY(a_read_only_handle_tells_a_seal_and_makes_none),
      TEST_ON_MEMORY(a_cancelled_seal_leaves_a_writer_that_goes_on),
      TEST_ON_MEMORY(a_temporary_array_cannot_be_sealed),
      TEST_ON_MEMORY(a_backup_of_a_sealed_array_is_not_sealed),
      TEST_ON_MEMORY(a_failure_anywhere_leaves_a_whole_seal_or_none),
  };
  return cmocka_run_group_tests_name("store_seal", tests, nullptr, nullptr);
}
