// Merging beside other writers, in batches, and cut off on the way.
#include "exchange/merge_array.h"

#include <thread>

#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

constexpr const char* kOther = "/data/other";

MergeProgress go_on() {
  return [](uint64_t, uint64_t) { return true; };
}

MergeCounts merge(Store& target, const View& other) {
  MergeCounts counts;
  assert_ok(merge_array({target, other, Durability::kVisible, go_on()}, counts));
  return counts;
}

void set_text(Store& store, std::string_view id, std::string_view text) {
  const Document document = make_document(id, text);
  assert_ok(commit(store, {set(id, document)}));
}

void a_merge_comes_in_batches_and_counts_them(void**) {
  const auto target = open_store();
  const auto other = open_store(test_options(), kOther);
  add_many(*other, 0, 2500);
  add(*target, "d7", "mine");
  std::vector<uint64_t> told;
  MergeCounts counts;
  assert_ok(merge_array({*target, *other->view(), Durability::kVisible,
                         [&told](uint64_t done, uint64_t total) {
                           assert_int_equal(total, 2500);
                           told.push_back(done);
                           return true;
                         }},
                        counts));
  assert_int_equal(counts.added, 2499);
  assert_true(told == std::vector<uint64_t>({0, 1024, 2048, 2500}));
  assert_string_equal(text_of(*target->view(), "d7").c_str(), "mine");
  assert_int_equal(target->view()->count(), 2500);
}

void what_was_cut_off_is_finished_by_merging_again(void**) {
  const auto target = open_store();
  const auto other = open_store(test_options(), kOther);
  add_many(*other, 0, 2000);
  MergeCounts counts;
  const Status status = merge_array({*target, *other->view(), Durability::kVisible,
                                     [](uint64_t done, uint64_t) { return done == 0; }},
                                    counts);
  assert_code(status, Code::kCancelled);
  assert_int_equal(counts.added, 1024);
  assert_int_equal(target->view()->count(), 1024);
  assert_int_equal(merge(*target, *other->view()).added, 976);
  assert_int_equal(merge(*target, *other->view()).added, 0);
}

// Whoever of the two comes first to a document: the text is the other writer's in the end.
void no_change_of_another_writer_is_lost(void**) {
  const auto target = open_store();
  const auto other = open_store(test_options(), kOther);
  constexpr uint64_t kCount = 300;
  for (uint64_t i = 0; i < kCount; ++i) {
    const Document with_uri =
        from_json(R"({"id":")" + numbered(i) + R"(","uri":"u","text":"theirs"})");
    assert_ok(commit(*other, {append(with_uri)}));
    add(*target, numbered(i), "old");
  }
  Faults faults{0};
  std::thread writer([&] {
    for (uint64_t i = 0; i < kCount; ++i) {
      const Document document = make_document(numbered(i), "new");
      faults += commit(*target, {set(numbered(i), document)}).ok() ? 0 : 1;
    }
  });
  MergeCounts counts;
  const Status status =
      merge_array({*target, *other->view(), Durability::kVisible, go_on()}, counts);
  writer.join();
  assert_ok(status);
  assert_int_equal(faults.load(), 0);
  for (uint64_t i = 0; i < kCount; ++i)
    assert_string_equal(text_of(*target->view(), numbered(i)).c_str(), "new");
}

void a_document_that_comes_meanwhile_is_united_with(void**) {
  const auto target = open_store();
  const auto other = open_store(test_options(), kOther);
  add(*other, "a", "theirs");
  add(*other, "b", "theirs");
  MergeCounts counts;
  assert_ok(merge_array({*target, *other->view(), Durability::kVisible,
                         [&target](uint64_t done, uint64_t) {
                           if (done == 0) add(*target, "b", "mine");
                           return true;
                         }},
                        counts));
  assert_int_equal(counts.added, 1);
  assert_string_equal(text_of(*target->view(), "b").c_str(), "mine");
  set_text(*target, "a", "changed");
  assert_int_equal(merge(*target, *other->view()).changed, 0);
  assert_string_equal(text_of(*target->view(), "a").c_str(), "changed");
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(a_merge_comes_in_batches_and_counts_them),
      TEST_ON_MEMORY(what_was_cut_off_is_finished_by_merging_again),
      TEST_ON_MEMORY(no_change_of_another_writer_is_lost),
      TEST_ON_MEMORY(a_document_that_comes_meanwhile_is_united_with),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
