// Opening: what is refused and how, readers beside writers living and dead, files cut and swapped.
//
// On real files, for only there does a map end where its file does.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "support/call_interposer.h"
#include "unit/platform/temporary_directory.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using temporary_directory::at;

// An array of documents d0, d1, d2 less d1, closed.
std::string closed_array(void** state, const char* name = "array") {
  const std::string path = at(state, name);
  const auto store = open_store(test_options(), path);
  add_many(*store, 0, 3);
  remove(*store, "d1");
  assert_ok(store->close());
  return path;
}

// The same as a process leaves it that is killed: a copy taken while the store is open.
std::string killed_array(void** state) {
  const std::string path = at(state, "killed");
  const auto store = open_store(test_options(), at(state, "living"));
  add_many(*store, 0, 3);
  remove(*store, "d1");
  std::filesystem::copy(at(state, "living"), path);
  return path;
}

void write_byte(const std::string& path, uint64_t offset, char byte) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
}

void a_path_without_an_array_is_not_found_unless_created(void** state) {
  StoreOptions options = test_options();
  options.create = false;
  assert_code(open_failure(options, at(state, "none")), Code::kNotFound);
  assert_code(open_failure(read_only_options(), at(state, "none")), Code::kNotFound);
  assert_false(std::filesystem::exists(at(state, "none")));
  const auto store = open_store(test_options(), at(state, "deep/er/array"));
  assert_int_equal(store->view()->count(), 0);
}

void a_second_writer_is_told_busy(void** state) {
  const std::string path = closed_array(state);
  auto first = open_store(test_options(), path);
  assert_code(open_failure(test_options(), path), Code::kBusy);
  assert_code(open_failure(test_options(), path + "/."), Code::kBusy);
  assert_ok(first->close());
  const auto second = open_store(test_options(), path);
  assert_code(open_failure(test_options(), path), Code::kBusy);
}

void a_closed_store_answers_closed_and_keeps_its_views(void** state) {
  const std::string path = closed_array(state);
  const auto store = open_store(test_options(), path);
  const auto view = store->view();
  assert_ok(store->close());
  const Document document = make_document("x");
  assert_code(commit(*store, {append(document)}), Code::kClosed);
  assert_code(store->commit_at(erase_at(0), 0, Durability::kVisible).status(), Code::kClosed);
  assert_code(store->delete_slice({0, 1, 1}, Durability::kVisible).status(), Code::kClosed);
  assert_code(store->flush(), Code::kClosed);
  assert_code(store->sync(), Code::kClosed);
  assert_code(store->reload().status(), Code::kClosed);
  assert_code(store->close(), Code::kClosed);
  assert_string_equal(ids_of(*view).c_str(), "d0 d2");
}

void a_read_only_store_writes_nothing(void** state) {
  const std::string path = closed_array(state);
  const auto times = [&] {
    std::vector<std::filesystem::file_time_type> all;
    for (const auto& entry : std::filesystem::directory_iterator(path))
      all.push_back(entry.last_write_time());
    return all;
  };
  const auto before = times();
  const auto store = open_store(read_only_options(), path);
  const Document document = make_document("x");
  assert_code(commit(*store, {append(document)}), Code::kReadOnly);
  assert_code(store->flush(), Code::kReadOnly);
  assert_ok(store->sync());
  assert_string_equal(ids_of(*store->view()).c_str(), "d0 d2");
  assert_false(value_of(store->reload()));
  assert_ok(store->close());
  assert_true(times() == before);
}

void a_reader_beside_a_dead_writer_sees_its_commits(void** state) {
  const std::string path = killed_array(state);
  const auto reader = open_store(read_only_options(), path);
  assert_string_equal(ids_of(*reader->view()).c_str(), "d0 d2");
  assert_false(value_of(reader->reload()));
  const auto view = reader->view();
  {
    const auto writer = open_store(test_options(), path);
    assert_true(value_of(reader->reload()));
    add(*writer, "d1", "again");
    assert_string_equal(text_of(*reader->view(), "d1").c_str(), "-");
    assert_true(value_of(reader->reload()));
    assert_string_equal(text_of(*reader->view(), "d1").c_str(), "again");
  }
  assert_string_equal(ids_of(*view).c_str(), "d0 d2");
  assert_sound(path);
}

void a_reader_follows_a_living_writer_by_reload(void** state) {
  const std::string path = closed_array(state);
  const auto writer = open_store(test_options(), path);
  const auto reader = open_store(read_only_options(), path);
  for (uint64_t i = 10; i < 60; ++i) {
    add(*writer, numbered(i), "new");
    if (i % 4 == 0) remove(*writer, numbered(i - 2));
    assert_true(value_of(reader->reload()));
    assert_false(value_of(reader->reload()));
    assert_string_equal(ids_of(*reader->view()).c_str(), ids_of(*writer->view()).c_str());
    assert_string_equal(text_of(*reader->view(), numbered(i)).c_str(), "new");
    assert_int_equal(reader->view()->revision(), writer->view()->revision());
  }
}

// Between two steps of a reader, a writer commits far more than the reader's windows cover.
class WriterBetween : public CallInterposer {
 public:
  explicit WriterBetween(Store& writer) : writer_(writer), document_(make_document("x", kBig)) {}
  CallVerdict before(const CallFacts&) override { return {}; }
  void after(const CallFacts& facts, intptr_t, int) override {
    if (facts.kind != CallKind::kLock || busy_ || left_ == 0) return;
    busy_ = true;
    --left_;
    for (int i = 0; i < 50; ++i) assert_ok(commit(writer_, {append(document_, true)}));
    busy_ = false;
  }

 private:
  const std::string kBig = std::string(20'000, 'b');
  Store& writer_;
  Document document_;
  bool busy_ = false;
  int left_ = 2;
  Interposed interposed_{*this, 1};
};

void a_reader_whose_windows_are_outgrown_while_it_opens_maps_anew(void** state) {
  const std::string path = closed_array(state);
  const auto writer = open_store(test_options(), path);
  StoreOptions small = read_only_options();
  small.window_bytes = 4096;
  const auto early = open_store(small, path);
  {
    const WriterBetween between(*writer);
    const auto reader = open_store(small, path);
    assert_int_equal(text_of(*reader->view(), "x").size(), 20'000);
  }
  const WriterBetween between(*writer);
  assert_true(value_of(early->reload()));
  assert_int_equal(text_of(*early->view(), "x").size(), 20'000);
}

// Any length that cuts off something in use must be told, by a code and not by a signal.
void a_file_cut_short_is_corrupt_and_never_a_crash(void** state) {
  const std::string whole = closed_array(state);
  for (const char* name : {"header.bin", "body.bin"}) {
    const auto size = std::filesystem::file_size(whole + "/" + name);
    for (const uint64_t cut : {0UL, 1UL, 511UL, 512UL, 1500UL, 4096UL, 4200UL, 5000UL, size - 1}) {
      if (cut >= size) continue;
      const std::string path = at(state, "cut");
      std::filesystem::remove_all(path);
      std::filesystem::copy(whole, path);
      std::filesystem::resize_file(path + "/" + name, cut);
      const Status reading = open_failure(read_only_options(), path);
      const Status writing = open_failure(test_options(), path);
      assert_code(reading, Code::kCorrupt);
      assert_code(writing, Code::kCorrupt);
      assert_non_null(strstr(reading.message(), name));
      assert_int_equal(std::filesystem::file_size(path + "/" + name), cut);
    }
  }
}

void files_of_two_arrays_are_no_array(void** state) {
  const std::string one = closed_array(state, "one");
  const std::string other = closed_array(state, "other");
  std::filesystem::copy_file(other + "/body.bin", one + "/body.bin",
                             std::filesystem::copy_options::overwrite_existing);
  assert_code(open_failure(test_options(), one), Code::kCorrupt);
  assert_code(open_failure(read_only_options(), one), Code::kCorrupt);
}

void a_missing_half_is_corrupt_and_nothing_is_created_over_it(void** state) {
  for (const char* lost : {"header.bin", "body.bin"}) {
    const std::string path = closed_array(state, lost);
    std::filesystem::remove(path + "/" + lost);
    assert_code(open_failure(test_options(), path), Code::kCorrupt);
    assert_code(open_failure(read_only_options(), path), Code::kCorrupt);
    assert_false(std::filesystem::exists(path + "/" + lost));
  }
}

void a_directory_of_other_files_is_no_array(void** state) {
  const std::string path = at(state, "other");
  std::filesystem::create_directory(path);
  std::ofstream(path + "/header.bin") << std::string(10'000, 'x');
  std::ofstream(path + "/body.bin") << std::string(10'000, 'x');
  assert_code(open_failure(test_options(), path), Code::kCorrupt);
  assert_code(open_failure(read_only_options(), path), Code::kCorrupt);
}

void one_damaged_checkpoint_is_survived_and_two_are_not(void** state) {
  const std::string path = closed_array(state);
  const auto opens = [&] {
    const auto reader = open_store(read_only_options(), path);
    return ids_of(*reader->view());
  };
  write_byte(path + "/header.bin", 1024, '!');
  assert_string_equal(opens().c_str(), "d0 d2");
  const std::string second = closed_array(state, "second");
  write_byte(second + "/header.bin", 2048, '!');
  assert_string_equal(ids_of(*open_store(read_only_options(), second)->view()).c_str(), "d0 d2");
  write_byte(path + "/header.bin", 2048, '!');
  const Status refused = open_failure(test_options(), path);
  assert_code(refused, Code::kCorrupt);
  assert_non_null(strstr(refused.message(), "1024"));
}

// Damage in bytes that a checkpoint vouches for is found by reads and by verify, never shown.
void flipped_bits_of_documents_are_never_shown(void** state) {
  const std::string path = closed_array(state);
  const auto size = std::filesystem::file_size(path + "/body.bin");
  for (uint64_t offset = 4096; offset < size; offset += 8) {
    const std::string copy = at(state, "flipped");
    std::filesystem::remove_all(copy);
    std::filesystem::copy(path, copy);
    std::ifstream in(copy + "/body.bin", std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    const char byte = static_cast<char>(in.get() ^ 4);
    in.close();
    write_byte(copy + "/body.bin", offset, byte);
    const auto opened = Store::open(copy, read_only_options());
    if (!opened.ok()) {
      assert_code(opened.status(), Code::kCorrupt);
      continue;
    }
    uint64_t slot = 0;
    for (const char* id : {"d0", "d2"}) {
      Record record;
      const auto view = opened.value()->view();
      Status status = view->find(id, slot);
      if (status.ok()) status = view->record(slot, View::Check::kAlways, record);
      if (status.ok())
        assert_string_equal(text_of(*view, id).c_str(), (std::string("text of ") + id).c_str());
      else
        assert_code(status, Code::kCorrupt);
    }
    assert_int_not_equal(code_of_finding(*opened.value()->view(), "d1"), Code::kOk);
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(a_path_without_an_array_is_not_found_unless_created),
      TEST_IN_DIRECTORY(a_second_writer_is_told_busy),
      TEST_IN_DIRECTORY(a_closed_store_answers_closed_and_keeps_its_views),
      TEST_IN_DIRECTORY(a_read_only_store_writes_nothing),
      TEST_IN_DIRECTORY(a_reader_beside_a_dead_writer_sees_its_commits),
      TEST_IN_DIRECTORY(a_reader_follows_a_living_writer_by_reload),
      TEST_IN_DIRECTORY(a_reader_whose_windows_are_outgrown_while_it_opens_maps_anew),
      TEST_IN_DIRECTORY(a_file_cut_short_is_corrupt_and_never_a_crash),
      TEST_IN_DIRECTORY(files_of_two_arrays_are_no_array),
      TEST_IN_DIRECTORY(a_missing_half_is_corrupt_and_nothing_is_created_over_it),
      TEST_IN_DIRECTORY(a_directory_of_other_files_is_no_array),
      TEST_IN_DIRECTORY(one_damaged_checkpoint_is_survived_and_two_are_not),
      TEST_IN_DIRECTORY(flipped_bits_of_documents_are_never_shown),
  };
  return cmocka_run_group_tests_name("store_open", tests, nullptr, nullptr);
}
