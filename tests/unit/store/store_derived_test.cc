// Derived files: deleted, cut or flipped at any time, and stale, they change no answer.
#include <filesystem>
#include <fstream>

#include "unit/platform/temporary_directory.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

using temporary_directory::at;

constexpr uint64_t kDocuments = 6000;

// An array that is large enough to have folded its index, a third of it deleted, some added again.
std::string large_array(void** state) {
  const std::string path = at(state, "array");
  const auto store = open_store(test_options(), path);
  for (uint64_t i = 0; i < kDocuments; i += 1000) add_many(*store, i, i + 1000);
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_int_equal(value_of(store->delete_slice({0, 3000, 2}, Durability::kVisible)), 1500);
  for (uint64_t i = 0; i < 100; i += 2) add(*store, numbered(i), "again");
  assert_ok(store->close());
  return path;
}

std::vector<std::string> derived_files(const std::string& path) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (name != "header.bin" && name != "body.bin" && name != "lock")
      files.push_back(entry.path().string());
  }
  return files;
}

// Asked of stores that were opened after the damage.
void assert_answers(const View& view) {
  assert_int_equal(view.count(), kDocuments - 1500 + 50);
  for (uint64_t i = 0; i < kDocuments; i += 7) {
    const bool is_back = i < 100 && i % 2 == 0;
    const bool is_dead = i < 3000 && i % 2 == 0 && !is_back;
    const std::string id = numbered(i);
    const std::string wanted = is_back ? "again" : is_dead ? "-" : "text of " + id;
    assert_string_equal(text_of(view, id).c_str(), wanted.c_str());
  }
  uint64_t slot = 0;
  assert_ok(view.slot_at(0, slot));
  assert_int_equal(slot, 1);
  assert_ok(view.slot_at(1500, slot));
  assert_int_equal(slot, 3000);
}

template <typename Damage>
void assert_survives(void** state, Damage&& damage) {
  const std::string path = large_array(state);
  const std::vector<std::string> files = derived_files(path);
  assert_true(!files.empty());
  for (const std::string& file : files) damage(file);
  assert_answers(*open_store(read_only_options(), path)->view());
  assert_sound(path);
  {
    const auto store = open_store(test_options(), path);
    assert_answers(*store->view());
    const Document known = make_document("d1");
    assert_code(commit(*store, {append(known)}), Code::kAlreadyExists);
    add(*store, "new one");
    remove(*store, "new one");
    assert_answers(*store->view());
  }
  assert_sound(path);
}

void a_closed_array_leaves_an_index_that_serves_the_next_open(void** state) {
  const std::string path = large_array(state);
  const auto reader = open_store(read_only_options(), path);
  assert_true(value_of(reader->stat(Stat::kIndexBytes)) > 0);
  assert_answers(*reader->view());
}

void deleted_files_are_not_missed(void** state) {
  assert_survives(state, [](const std::string& file) { std::filesystem::remove(file); });
}

void emptied_files_are_not_believed(void** state) {
  assert_survives(state, [](const std::string& file) { std::filesystem::resize_file(file, 0); });
}

void files_cut_in_half_are_not_believed(void** state) {
  assert_survives(state, [](const std::string& file) {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  });
}

void files_of_zeros_are_not_believed(void** state) {
  assert_survives(state, [](const std::string& file) {
    const auto size = std::filesystem::file_size(file);
    std::filesystem::resize_file(file, 0);
    std::filesystem::resize_file(file, size);
  });
}

void files_with_a_flipped_bit_in_each_kilobyte_are_not_believed(void** state) {
  assert_survives(state, [](const std::string& path) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(path));
    for (std::streamoff offset = 0; offset < size; offset += 509) {
      file.seekg(offset);
      const char byte = static_cast<char>(file.get() ^ 0x10);
      file.seekp(offset);
      file.put(byte);
    }
  });
}

void files_replaced_by_text_are_not_believed(void** state) {
  assert_survives(state, [](const std::string& file) {
    std::ofstream(file, std::ios::trunc) << std::string(100'000, 'x');
  });
}

void files_deleted_under_an_open_store_change_nothing(void** state) {
  const std::string path = large_array(state);
  const auto store = open_store(test_options(), path);
  const auto reader = open_store(read_only_options(), path);
  for (const std::string& file : derived_files(path)) std::filesystem::remove(file);
  assert_answers(*store->view());
  assert_answers(*reader->view());
  assert_ok(store->checkpoint_begin());
  assert_ok(store->checkpoint_finish());
  assert_answers(*store->view());
}

// An older index beside a body that went on: what it lacks is taken from the log.
void a_stale_index_is_brought_up_to_date(void** state) {
  const std::string path = large_array(state);
  const std::string kept = at(state, "kept");
  std::filesystem::create_directory(kept);
  for (const std::string& file : derived_files(path)) std::filesystem::copy(file, kept);
  {
    const auto store = open_store(test_options(), path);
    add_many(*store, kDocuments, kDocuments + 6000);
    assert_int_equal(value_of(store->delete_slice({-6000, INT64_MIN, 1}, Durability::kVisible)),
                     6000);
    assert_ok(store->checkpoint_begin());
    assert_ok(store->checkpoint_finish());
  }
  for (const std::string& file : derived_files(path)) std::filesystem::remove(file);
  for (const auto& entry : std::filesystem::directory_iterator(kept))
    std::filesystem::copy(entry.path(), path);
  assert_answers(*open_store(read_only_options(), path)->view());
  assert_answers(*open_store(test_options(), path)->view());
  assert_sound(path);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_IN_DIRECTORY(a_closed_array_leaves_an_index_that_serves_the_next_open),
      TEST_IN_DIRECTORY(deleted_files_are_not_missed),
      TEST_IN_DIRECTORY(emptied_files_are_not_believed),
      TEST_IN_DIRECTORY(files_cut_in_half_are_not_believed),
      TEST_IN_DIRECTORY(files_of_zeros_are_not_believed),
      TEST_IN_DIRECTORY(files_with_a_flipped_bit_in_each_kilobyte_are_not_believed),
      TEST_IN_DIRECTORY(files_replaced_by_text_are_not_believed),
      TEST_IN_DIRECTORY(files_deleted_under_an_open_store_change_nothing),
      TEST_IN_DIRECTORY(a_stale_index_is_brought_up_to_date),
  };
  return cmocka_run_group_tests_name("store_derived", tests, nullptr, nullptr);
}
