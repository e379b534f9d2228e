// Media that cannot be written: arrays on them open for reading, and nothing tries to change them.
#include <cerrno>

#include "platform/file.h"
#include "store/array_seal.h"
#include "support/call_interposer.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

bool writes(const CallFacts& facts) {
  switch (facts.kind) {
    case CallKind::kOpen:
      return (facts.flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
    case CallKind::kPwrite:
    case CallKind::kFtruncate:
    case CallKind::kFallocate:
    case CallKind::kRename:
    case CallKind::kUnlink:
    case CallKind::kMkdir:
      return true;
    default:
      return false;
  }
}

// Refuses what changes a file or a name, as a read-only mount (EROFS) does, or a directory without
// permission (EACCES), whoever runs the test; counts the attempts.
class WrittenNever : public CallInterposer {
 public:
  explicit WrittenNever(int error) : error_(error), interposed_(*this, 1) {}

  CallVerdict before(const CallFacts& facts) override {
    if (!writes(facts)) return {};
    ++attempts_;
    return {error_};
  }
  void after(const CallFacts&, intptr_t, int) override {}
  int attempts() const { return attempts_; }

 private:
  const int error_;
  int attempts_ = 0;
  Interposed interposed_;
};

void make_array() {
  const auto store = open_store();
  add_many(*store, 0, 8);
  remove(*store, "d3");
}

void reads_everything_and_writes_nothing(void**) {
  make_array();
  for (const int error : {EROFS, EACCES}) {
    const WrittenNever medium(error);
    const auto store = open_store(read_only_options());
    assert_string_equal(ids_of(*store->view()).c_str(), "d0 d1 d2 d4 d5 d6 d7");
    assert_string_equal(text_of(*store->view(), "d5").c_str(), "text of d5");
    assert_false(value_of(store->reload()));
    assert_sound();
    assert_ok(store->close());
    assert_int_equal(medium.attempts(), 0);
  }
}

void a_crashed_array_is_recovered_in_memory(void** state) {
  {
    const auto store = open_store();
    add_many(*store, 0, 8);
    mounted_memory::files_of(state).kill();
  }
  const WrittenNever medium(EROFS);
  const auto store = open_store(read_only_options());
  assert_int_equal(store->view()->count(), 8);
  assert_int_equal(medium.attempts(), 0);
}

void an_array_without_its_lock_file_is_read(void**) {
  make_array();
  assert_ok(remove_file(std::string(kArray) + "/lock"));
  const WrittenNever medium(EROFS);
  assert_int_equal(open_store(read_only_options())->view()->count(), 7);
  assert_int_equal(medium.attempts(), 0);
}

void an_open_for_writing_is_read_only_and_changes_nothing(void** state) {
  make_array();
  const std::string before = mounted_memory::files_of(state).listing();
  for (const int error : {EROFS, EACCES}) {
    const WrittenNever medium(error);
    assert_code(open_failure(test_options()), Code::kReadOnly);
    assert_code(open_failure(test_options(), "/data/absent"), Code::kReadOnly);
    assert_code(open_failure(test_options(), "/absent/too"), Code::kReadOnly);
  }
  assert_string_equal(mounted_memory::files_of(state).listing().c_str(), before.c_str());
  assert_code(open_failure(read_only_options(), "/data/absent"), Code::kNotFound);
}

void a_sealed_array_is_proven_where_nothing_can_be_written(void**) {
  make_array();
  assert_true(open_store()->seal({}).ok());
  const WrittenNever medium(EROFS);
  assert_sound();
  assert_int_equal(medium.attempts(), 0);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(reads_everything_and_writes_nothing),
      TEST_ON_MEMORY(a_crashed_array_is_recovered_in_memory),
      TEST_ON_MEMORY(an_array_without_its_lock_file_is_read),
      TEST_ON_MEMORY(an_open_for_writing_is_read_only_and_changes_nothing),
      TEST_ON_MEMORY(a_sealed_array_is_proven_where_nothing_can_be_written),
  };
  return cmocka_run_group_tests_name("store_media", tests, nullptr, nullptr);
}
