// Chosen calls fail or fall short, and the recorder tells which ones they were.
#include "support/fault_injector.h"

#include <sys/mman.h>

#include <cerrno>

#include "platform/clock.h"
#include "platform/file.h"
#include "platform/mapping.h"
#include "support/call_recorder.h"
#include "unit/support/mounted_memory.h"

namespace {

using dam::calls;
using dam::Code;
using dam::File;
using dam::Status;
using dam::test::CallKind;
using dam::test::CallRecorder;
using dam::test::FaultInjector;
using mounted_memory::files_of;
using mounted_memory::text_of;

// Four calls: open, pwrite, fdatasync, close.
Status write_durably(const char* path) {
  DAM_ASSIGN(const File file, File::create(path));
  DAM_TRY(file.write(0, dam::as_bytes("hello")));
  return file.sync();
}

void each_call_can_be_made_to_fail_once(void** state) {
  uint64_t index = 0;
  for (;; ++index) {
    FaultInjector injector({.at = index, .kind = {}, .error = ENOSPC});
    const std::string path = "/file" + std::to_string(index);
    const Status status = write_durably(path.c_str());
    if (!injector.has_struck()) break;
    // The last call is close, whose answer nobody waits for.
    assert_int_equal(static_cast<int>(status.code()),
                     static_cast<int>(index < 3 ? Code::kNoSpace : Code::kOk));
    assert_int_equal(files_of(state).open_descriptors(), 0);
  }
  assert_int_equal(index, 4);
}

void a_call_of_one_kind_can_be_chosen(void**) {
  FaultInjector injector({.at = 1, .kind = CallKind::kFdatasync, .error = EIO});
  assert_true(write_durably("/first").ok());
  assert_int_equal(static_cast<int>(write_durably("/second").code()), static_cast<int>(Code::kIo));
  assert_true(write_durably("/third").ok());
  assert_int_equal(injector.calls_made(), 3);
}

void a_fault_for_ever_strikes_every_later_call(void**) {
  FaultInjector injector({.at = 1, .kind = CallKind::kPwrite, .for_ever = true, .error = EDQUOT});
  assert_true(write_durably("/first").ok());
  assert_int_equal(static_cast<int>(write_durably("/second").code()),
                   static_cast<int>(Code::kNoSpace));
  assert_int_equal(static_cast<int>(write_durably("/third").code()),
                   static_cast<int>(Code::kNoSpace));
}

void an_interrupted_call_is_repeated_by_the_library(void** state) {
  FaultInjector injector({.at = 0, .kind = CallKind::kPwrite, .error = EINTR});
  assert_true(write_durably("/file").ok());
  assert_true(injector.has_struck());
  assert_string_equal(text_of(files_of(state), "/file").c_str(), "hello");
}

void short_transfers_move_what_they_say(void** state) {
  FaultInjector injector({.at = 0, .kind = CallKind::kPwrite, .for_ever = true, .most_bytes = 2});
  assert_true(write_durably("/file").ok());
  assert_int_equal(injector.calls_made(), 3);
  assert_string_equal(text_of(files_of(state), "/file").c_str(), "hello");
}

void short_reads_are_continued(void**) {
  assert_true(write_durably("/file").ok());
  FaultInjector injector({.at = 0, .kind = CallKind::kPread, .for_ever = true, .most_bytes = 1});
  const auto file = File::open("/file", dam::Access::kRead);
  uint8_t bytes[5];
  assert_true(file.value().read(0, bytes).ok());
  assert_memory_equal(bytes, "hello", 5);
  assert_int_equal(injector.calls_made(), 5);
}

void short_randomness_is_continued(void**) {
  FaultInjector injector(
      {.at = 0, .kind = CallKind::kGetrandom, .for_ever = true, .most_bytes = 3});
  uint8_t bytes[16];
  assert_true(dam::random_bytes(bytes).ok());
  assert_int_equal(injector.calls_made(), 6);
}

void a_refused_mapping_leaves_nothing_mapped(void** state) {
  const auto file = File::create("/file");
  FaultInjector injector({.at = 0, .kind = CallKind::kMmap, .for_ever = true, .error = ENOMEM});
  const auto mapping = dam::Mapping::map(file.value(), 1 << 20, 4096);
  assert_int_equal(static_cast<int>(mapping.status().code()), static_cast<int>(Code::kNoMemory));
  assert_int_equal(injector.calls_made(), 9);  // halved from 1 MiB to 4 KiB
  assert_int_equal(files_of(state).windows(), 0);
}

void the_recorder_writes_one_line_a_call(void**) {
  CallRecorder recorder;
  assert_true(write_durably("/d/../file").ok() == false);
  assert_true(write_durably("/file").ok());
  assert_true(dam::rename_file("/file", "/moved").ok());
  assert_string_equal(recorder.text().c_str(),
                      "0 open file = ENOENT\n"
                      "1 open file = 3\n"
                      "2 pwrite file 0+5 = 5\n"
                      "3 fdatasync file = 0\n"
                      "4 close file = 0\n"
                      "5 rename file moved = 0\n");
}

void the_recorder_sees_what_the_injector_did(void**) {
  const FaultInjector injector({.at = 0, .kind = CallKind::kPwrite, .error = EIO});
  CallRecorder recorder;
  assert_false(write_durably("/file").ok());
  assert_string_equal(recorder.lines()[1].c_str(), "1 pwrite file 0+5 = EIO");
}

void without_interposers_the_former_table_is_back(void**) {
  const dam::Calls* before = &calls();
  {
    const FaultInjector injector({.at = 0, .kind = {}, .for_ever = true, .error = EIO});
    assert_ptr_not_equal(&calls(), before);
    assert_false(write_durably("/file").ok());
  }
  assert_ptr_equal(&calls(), before);
  assert_true(write_durably("/file").ok());
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(each_call_can_be_made_to_fail_once),
      TEST_ON_MEMORY(a_call_of_one_kind_can_be_chosen),
      TEST_ON_MEMORY(a_fault_for_ever_strikes_every_later_call),
      TEST_ON_MEMORY(an_interrupted_call_is_repeated_by_the_library),
      TEST_ON_MEMORY(short_transfers_move_what_they_say),
      TEST_ON_MEMORY(short_reads_are_continued),
      TEST_ON_MEMORY(short_randomness_is_continued),
      TEST_ON_MEMORY(a_refused_mapping_leaves_nothing_mapped),
      TEST_ON_MEMORY(the_recorder_writes_one_line_a_call),
      TEST_ON_MEMORY(the_recorder_sees_what_the_injector_did),
      TEST_ON_MEMORY(without_interposers_the_former_table_is_back),
  };
  return cmocka_run_group_tests_name("fault_injector", tests, nullptr, nullptr);
}
