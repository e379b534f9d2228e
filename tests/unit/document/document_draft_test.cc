// Drafts: whatever is taken, loaded and built again is the same document.
#include "document/document_draft.h"

#include "document/document_view.h"
#include "document/verify_document.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

DocumentSource source_of(const OwnedDocument& document) {
  return {nullptr, document_root(document.bytes())};
}

std::string built_json(const DocumentDraft& draft) {
  auto built = draft.build();
  if (!built.ok()) fail_msg("%s", built.status().message());
  assert_int_equal(built.value().size() % 8, 0);
  return json_of(OwnedDocument(built.value()).bytes());
}

void a_document_that_is_taken_is_built_the_same(void**) {
  OwnedDocument document = document_of(kFullJson);
  DocumentDraft draft;
  draft.take_all(source_of(document));
  assert_string_equal(built_json(draft).c_str(), kFullJson);
}

void what_is_loaded_to_be_changed_is_the_same(void**) {
  OwnedDocument document = document_of(kFullJson);
  DocumentDraft draft;
  draft.take_all(source_of(document));
  TagNode text;
  text.kind = schema::TagKind::True;
  assert_true(draft.set_tag({"true"}, text).ok());
  auto nothing = [](ScoreNode&) {};
  assert_true(draft.change_score(field::kEvaluations, {"recall"}, nothing).ok());
  assert_non_null(draft.tensor(field::kEmbedding));
  assert_null(draft.tensor(field::kBlob));
  assert_string_equal(built_json(draft).c_str(), kFullJson);
}

void a_sparse_tensor_is_loaded_with_its_coordinates(void**) {
  const char* json =
      R"({"blob":{"data":"AQI=","dtype":"u8","format":"bsr","indices":[0,1,2,0],"shape":[3,2]}})";
  OwnedDocument document = document_of(json);
  DocumentDraft draft;
  draft.take_all(source_of(document));
  assert_non_null(draft.tensor(field::kBlob));
  assert_string_equal(built_json(draft).c_str(), json);
}

void one_field_of_another_document_is_taken(void**) {
  OwnedDocument first = document_of(R"({"id":"a","buffer":"AA==","uri":"u"})");
  OwnedDocument second = document_of(R"({"id":"b","text":"t","weight":2})");
  DocumentDraft draft;
  draft.take_all(source_of(first));
  draft.take(field::kText, source_of(second));
  draft.take(field::kWeight, source_of(second));
  draft.take(field::kUri, source_of(second));
  assert_string_equal(built_json(draft).c_str(), R"({"id":"a","text":"t","weight":2.0})");
}

void tags_of_two_documents_merge(void**) {
  OwnedDocument first = document_of(R"({"tags":{"a":1,"m":{"x":1,"y":{"z":1}},"s":{"t":1}}})");
  OwnedDocument second = document_of(R"({"tags":{"b":2,"m":{"x":2,"y":{"w":2}},"s":[3]}})");
  OwnedDocument bare = document_of("{}");
  DocumentDraft draft;
  draft.take_all(source_of(first));
  draft.merge_tags_of(source_of(bare));
  draft.merge_tags_of(source_of(second));
  assert_string_equal(built_json(draft).c_str(),
                      R"({"tags":{"a":1,"b":2,"m":{"x":2,"y":{"w":2,"z":1}},"s":[3]}})");
  DocumentDraft empty;
  empty.merge_tags_of(source_of(second));
  assert_string_equal(built_json(empty).c_str(), json_of(second.bytes()).c_str());
}

void a_coordinate_that_is_there_twice_is_refused(void**) {
  TensorParts parts;
  parts.dtype = schema::Dtype::U8;
  parts.format = schema::TensorFormat::Coo;
  parts.shape = {3};
  parts.has_indices = true;
  parts.indices = {1, 1};
  parts.data = {1, 2};
  DocumentDraft draft;
  draft.set_tensor(field::kBlob, parts);
  assert_int_equal(draft.build().status().code(), Code::kInvalidArgument);
}

void a_shallow_failure_leaves_no_empty_map(void**) {
  DocumentDraft draft;
  auto nothing = [](ScoreNode&) {};
  assert_false(draft.change_score(field::kScores, {"a", "0"}, nothing).ok());
  assert_false(draft.set_tag({}, {}).ok());
  assert_string_equal(built_json(draft).c_str(), "{}");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_document_that_is_taken_is_built_the_same),
      cmocka_unit_test(what_is_loaded_to_be_changed_is_the_same),
      cmocka_unit_test(a_sparse_tensor_is_loaded_with_its_coordinates),
      cmocka_unit_test(one_field_of_another_document_is_taken),
      cmocka_unit_test(tags_of_two_documents_merge),
      cmocka_unit_test(a_coordinate_that_is_there_twice_is_refused),
      cmocka_unit_test(a_shallow_failure_leaves_no_empty_map),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
