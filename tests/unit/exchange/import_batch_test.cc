// Documents on their way into an array, some of which it does not take.
#include "exchange/import_batch.h"

#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

// What a batch refused: the numbers of the documents, joined by a space.
class Refusals {
 public:
  ImportBatch::Refused note() {
    return [this](uint64_t number, const Status& why) {
      assert_true(*why.message() != '\0');
      if (!numbers_.empty()) numbers_ += " ";
      numbers_ += std::to_string(number);
      return stop_ ? why : Status();
    };
  }
  void stop_at_the_first() { stop_ = true; }
  const char* numbers() const { return numbers_.c_str(); }

 private:
  std::string numbers_;
  bool stop_ = false;
};

Status add_ids(ImportBatch& batch, std::initializer_list<const char*> ids) {
  uint64_t number = 0;
  for (const char* id : ids) {
    const Document document = make_document(id, id);
    DAM_TRY(batch.add(document.bytes(), number++));
  }
  return batch.finish();
}

void documents_are_stored_in_their_order(void**) {
  const auto store = open_store();
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  assert_ok(add_ids(batch, {"c", "a", "b"}));
  assert_string_equal(ids_of(*store->view()).c_str(), "c a b");
  assert_int_equal(batch.stored(), 3);
  assert_string_equal(refusals.numbers(), "");
  assert_ok(store->close());
  assert_sound();
}

void nothing_is_stored_before_a_batch_is_full_or_finished(void**) {
  const auto store = open_store();
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  const Document document = make_document("a");
  assert_ok(batch.add(document.bytes(), 0));
  assert_string_equal(ids_of(*store->view()).c_str(), "");
  for (int i = 1; i < 5000; i++) {
    const Document next = make_document(std::to_string(i));
    assert_ok(batch.add(next.bytes(), 0));
  }
  assert_int_equal(batch.stored(), 4096);
  assert_ok(batch.finish());
  assert_int_equal(batch.stored(), 5000);
}

void a_batch_of_large_documents_is_full_earlier(void**) {
  const auto store = open_store();
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  const std::string text(3 << 20, 'x');
  for (const char* id : {"a", "b", "c"}) {
    const Document document = make_document(id, text);
    assert_ok(batch.add(document.bytes(), 0));
  }
  assert_int_equal(batch.stored(), 3);
}

void an_empty_batch_is_finished_at_once(void**) {
  const auto store = open_store();
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  assert_ok(batch.finish());
  assert_ok(batch.finish());
  assert_int_equal(batch.stored(), 0);
}

void only_what_is_refused_stays_out(void**) {
  const auto store = open_store();
  add(*store, "b");
  add(*store, "g");
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  assert_ok(add_ids(batch, {"a", "b", "c", "d", "a", "e", "f", "g"}));
  assert_string_equal(refusals.numbers(), "1 4 7");
  assert_string_equal(ids_of(*store->view()).c_str(), "b g a c d e f");
  assert_int_equal(batch.stored(), 5);
  assert_ok(store->close());
  assert_sound();
}

void a_refusal_ends_the_import_when_it_is_to(void**) {
  const auto store = open_store();
  add(*store, "b");
  Refusals refusals;
  refusals.stop_at_the_first();
  ImportBatch batch(*store, false, refusals.note());
  assert_code(add_ids(batch, {"a", "b", "c", "d"}), Code::kAlreadyExists);
  assert_string_equal(ids_of(*store->view()).c_str(), "b a");
}

void upserts_replace(void**) {
  const auto store = open_store();
  add(*store, "a", "old");
  Refusals refusals;
  ImportBatch batch(*store, true, refusals.note());
  assert_ok(add_ids(batch, {"b", "a"}));
  assert_string_equal(ids_of(*store->view()).c_str(), "a b");
  assert_string_equal(text_of(*store->view(), "a").c_str(), "a");
}

void a_failure_of_the_array_itself_is_passed_on(void**) {
  const auto store = open_store();
  Refusals refusals;
  ImportBatch batch(*store, false, refusals.note());
  assert_ok(store->close());
  assert_code(add_ids(batch, {"a", "b"}), Code::kClosed);
  assert_string_equal(refusals.numbers(), "");
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(documents_are_stored_in_their_order),
      TEST_ON_MEMORY(nothing_is_stored_before_a_batch_is_full_or_finished),
      TEST_ON_MEMORY(a_batch_of_large_documents_is_full_earlier),
      TEST_ON_MEMORY(an_empty_batch_is_finished_at_once),
      TEST_ON_MEMORY(only_what_is_refused_stays_out),
      TEST_ON_MEMORY(a_refusal_ends_the_import_when_it_is_to),
      TEST_ON_MEMORY(upserts_replace),
      TEST_ON_MEMORY(a_failure_of_the_array_itself_is_passed_on),
  };
  return cmocka_run_group_tests_name("import_batch", tests, nullptr, nullptr);
}
