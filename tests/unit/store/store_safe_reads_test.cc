// Safe reads through the store: the same answers as from maps, and IO when the disk fails.
#include <cerrno>

#include "platform/calls.h"
#include "platform/file.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

bool disk_fails = false;
const Calls* beneath = nullptr;

ssize_t read_unless_failing(int fd, void* to, size_t size, off_t offset) {
  if (disk_fails) return errno = EIO, -1;
  return beneath->pread(fd, to, size, offset);
}

// While it lives, `disk_fails` decides whether files can be read.
class BrittleDisk {
 public:
  BrittleDisk() : table_(with_brittle_reads()), in_force_(table_) {}
  ~BrittleDisk() { disk_fails = false; }

 private:
  static Calls with_brittle_reads() {
    beneath = &calls();
    Calls table = calls();
    table.pread = read_unless_failing;
    return table;
  }

  const Calls table_;
  const CallsInForce in_force_;
};

StoreOptions safe_options(bool read_only = false) {
  StoreOptions options = read_only ? read_only_options() : test_options();
  options.safe_reads = true;
  return options;
}

void make_past(Store& store) {
  add_many(store, 0, 8);
  remove(store, "d3");
  for (const char* text : {"once", "twice", "three times", "four times"}) {
    const Document changed = make_document("d5", text);
    assert_ok(commit(store, {set("d5", changed)}));
  }
  add(store, "an id of more than sixteen bytes", "long");
  add(store, "d3", "again");
}

void a_safe_view_shows_what_a_mapped_one_does(void**) {
  {
    const auto store = open_store(safe_options());
    make_past(*store);
    const auto old = store->view();
    const std::string before = contents_of(*old);
    remove(*store, "d1");
    const Document changed = make_document("d2", "changed");
    assert_ok(commit(*store, {set("d2", changed)}));
    assert_string_equal(contents_of(*old).c_str(), before.c_str());
    assert_ok(store->prune({}));
    assert_string_equal(contents_of(*old).c_str(), before.c_str());
    assert_true(store->view()->reads_safely());
  }
  const auto mapped = open_store(read_only_options());
  const auto safe = open_store(safe_options(true));
  assert_true(safe->view()->reads_safely() && !mapped->view()->reads_safely());
  assert_string_equal(contents_of(*safe->view()).c_str(), contents_of(*mapped->view()).c_str());
  assert_sound();
}

void a_copied_record_is_its_own_memory(void**) {
  const auto store = open_store(safe_options());
  add(*store, "a", "text");
  Record copied;
  Record mapped;
  assert_ok(store->view()->find_record("a", View::Check::kCopied, copied));
  assert_ok(store->view()->find_record("a", View::Check::kAlways, mapped));
  assert_ptr_equal(copied.document.data(), copied.copy.get());
  assert_null(mapped.copy.get());
  assert_int_equal(copied.document.size(), mapped.document.size());
  assert_memory_equal(copied.document.data(), mapped.document.data(), mapped.document.size());
}

void buffered_documents_are_copied_from_memory(void**) {
  StoreOptions options = safe_options();
  options.durability = Durability::kBuffered;
  const auto store = open_store(options);
  add(*store, "a", "text", Durability::kBuffered);
  const BrittleDisk disk;
  disk_fails = true;
  Record record;
  assert_ok(store->view()->find_record("a", View::Check::kCopied, record));
  assert_non_null(record.copy.get());
  disk_fails = false;
}

void a_recovered_array_is_read_safely_too(void** state) {
  {
    const auto store = open_store();
    make_past(*store);
    mounted_memory::files_of(state).kill();
  }
  const auto reader = open_store(safe_options(true));
  assert_string_equal(text_of(*reader->view(), "d5").c_str(), "four times");
  assert_string_equal(text_of(*reader->view(), "d3").c_str(), "again");
}

void a_disk_that_fails_answers_io(void**) {
  make_past(*open_store());
  const BrittleDisk disk;
  const auto store = open_store(safe_options(true));
  const auto view = store->view();
  uint64_t slot = 0;
  assert_ok(view->find("d5", slot));
  disk_fails = true;
  Record record;
  std::string id;
  assert_code(view->find("d5", slot), Code::kIo);
  assert_code(view->find_record("d0", View::Check::kCopied, record), Code::kIo);
  assert_code(view->record(5, View::Check::kCopied, record), Code::kIo);
  assert_code(view->append_id(0, id), Code::kIo);
  const std::string_view ids[] = {"d0", "d1"};
  Record records[2];
  assert_code(view->find_records(ids, View::Check::kCopied, records), Code::kIo);
  disk_fails = false;
  assert_ok(view->find_record("d0", View::Check::kCopied, record));
}

void a_changed_byte_is_found_in_the_copy(void**) {
  const auto store = open_store(safe_options());
  add(*store, "a", "text");
  const File body = value_of(File::open(std::string(kArray) + "/body.bin", Access::kReadWrite));
  const uint8_t wrong[] = {0xEE};
  const uint64_t size = value_of(body.size());
  assert_ok(body.write(size - 32, wrong));  // in the last document
  Record record;
  const Status status = store->view()->find_record("a", View::Check::kCopied, record);
  assert_code(status, Code::kCorrupt);
  assert_non_null(strstr(status.message(), "checksum"));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_safe_view_shows_what_a_mapped_one_does),
      TEST_ON_MEMORY(a_copied_record_is_its_own_memory),
      TEST_ON_MEMORY(buffered_documents_are_copied_from_memory),
      TEST_ON_MEMORY(a_recovered_array_is_read_safely_too),
      TEST_ON_MEMORY(a_disk_that_fails_answers_io),
      TEST_ON_MEMORY(a_changed_byte_is_found_in_the_copy),
  };
  return cmocka_run_group_tests_name("store_safe_reads", tests, nullptr, nullptr);
}
