// A document with another id: the id changes, nothing else does.
#include "document/document_edit.h"

#include <string>

#include "document/document_view.h"
#include "document/table_shape.h"
#include "document/verify_document.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void expect_only_the_id_changes(const std::string& before, const std::string& after) {
  auto changed = document_with_id(document_of(before).bytes(), "new");
  assert_true(changed.ok());
  assert_int_equal(changed.value().size() % 8, 0);
  assert_true(verify_document(changed.value()).ok());
  assert_string_equal(std::string(document_id(changed.value())).c_str(), "new");
  assert_string_equal(json_of(changed.value()).c_str(), after.c_str());
}

void a_document_without_an_id_gets_one(void**) {
  expect_only_the_id_changes("{}", R"({"id":"new"})");
  expect_only_the_id_changes(R"({"text":"a"})", R"({"id":"new","text":"a"})");
}

void every_field_is_kept(void**) {
  std::string json = kFullJson, id = R"("id":"root")";
  std::string expected = json;
  expected.replace(expected.find(id), id.size(), R"("id":"new")");
  expect_only_the_id_changes(json, expected);
}

void an_id_that_cannot_be_one_is_refused(void**) {
  OwnedDocument document = document_of("{}");
  assert_int_equal(document_with_id(document.bytes(), "").status().code(), Code::kInvalidArgument);
  assert_int_equal(document_with_id(document.bytes(), "\xff").status().code(),
                   Code::kInvalidArgument);
  assert_int_equal(document_with_id(document.bytes(), std::string(65536, 'x')).status().code(),
                   Code::kTooBig);
  assert_true(document_with_id(document.bytes(), std::string(65535, 'x')).ok());
}

void tensor_data_stays_aligned(void**) {
  auto changed = document_with_id(document_of(R"({"embedding":[1,2,3]})").bytes(), "abc");
  assert_true(changed.ok());
  auto embedding = document_embedding(changed.value());
  assert_true(embedding.has_value());
  assert_int_equal((embedding->data.data() - changed.value().data()) % 8, 0);
}

void the_shapes_are_those_of_the_schema(void**) {
  // Each id of the schema has one entry, in order: 4 bytes of head, then 2 for each.
  for (const TableShape* shape :
       {&kDocumentShape, &kTensorShape, &kTagsShape, &kBufferShape, &kNamedScoreShape}) {
    for (size_t i = 0; i < shape->fields.size(); i++)
      assert_int_equal(shape->fields[i].entry, 4 + 2 * i);
  }
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_document_without_an_id_gets_one),
      cmocka_unit_test(every_field_is_kept),
      cmocka_unit_test(an_id_that_cannot_be_one_is_refused),
      cmocka_unit_test(tensor_data_stays_aligned),
      cmocka_unit_test(the_shapes_are_those_of_the_schema),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
