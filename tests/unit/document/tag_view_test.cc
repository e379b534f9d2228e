// Tags and facts of a document read in place.
#include "document/tag_view.h"

#include <string>

#include "document/document_view.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void every_kind_of_tag_is_found_by_its_key(void**) {
  OwnedDocument document = document_of(kFullJson);
  const schema::Tags* tags = document_root(document.bytes())->tags();
  assert_true(find_tag(tags, "int")->integer == INT64_MIN);
  assert_true(find_tag(tags, "real")->real == 1e-7);
  assert_true(find_tag(tags, "true")->kind == schema::TagKind::True);
  assert_true(find_tag(tags, "false")->kind == schema::TagKind::False);
  assert_true(find_tag(tags, "")->kind == schema::TagKind::Null);
  assert_true(find_tag(tags, "$bytes")->text == "text");
  assert_true(find_tag(tags, "bytes")->bytes.size() == 2);
  assert_int_equal(tag_count(find_tag(tags, "ints")->nested), 2);
  assert_true(tag_at(find_tag(tags, "reals")->nested, 1).real == 1e300);
  assert_true(find_tag(tags, "ü")->kind == schema::TagKind::List);
  assert_false(find_tag(tags, "absent").has_value());
  assert_false(find_tag(nullptr, "int").has_value());
}

void a_walk_meets_what_random_access_finds(void**) {
  OwnedDocument document = document_of(kFullJson);
  const schema::Tags* tags = document_root(document.bytes())->tags();
  uint32_t elements = 0;
  for (TagWalk walk(tags); !walk.done(); elements++) {
    auto found = find_tag(tags, walk.key());
    TagValue value = walk.next();
    assert_true(found->kind == value.kind && found->nested == value.nested);
    assert_true(found->integer == value.integer && found->text == value.text);
  }
  assert_int_equal(elements, tag_count(tags));
}

void an_embedding_is_seen_in_place(void**) {
  OwnedDocument document = document_of(R"({"id":"a","embedding":[[1,2],[3,4]]})");
  auto embedding = document_embedding(document.bytes());
  assert_int_equal(embedding->shape.size(), 2);
  assert_int_equal(embedding->values, 4);
  assert_true(load<float>(embedding->data.data() + 12) == 4.0f);
  assert_false(document_blob(document.bytes()).has_value());
}

void numbers_that_are_not_finite_are_found_in_every_float(void**) {
  for (const char* dtype : {"f16", "bf16", "f32", "f64"}) {
    for (const char* value : {"\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "1.5"}) {
      std::string json =
          std::string(R"({"embedding":{"data":[0,)") + value + R"(,2],"dtype":")" + dtype + "\"}}";
      OwnedDocument document = document_of(json);
      assert_int_equal(all_finite(*document_embedding(document.bytes())), value[0] == '1');
    }
  }
}

void content_is_what_is_set(void**) {
  assert_true(document_content_type(document_of("{}").bytes()) == ContentType::kNone);
  assert_true(document_content_type(document_of(R"({"text":""})").bytes()) == ContentType::kText);
  assert_true(document_content_type(document_of(R"({"buffer":""})").bytes()) ==
              ContentType::kBuffer);
  assert_true(document_content_type(document_of(R"({"blob":[]})").bytes()) == ContentType::kBlob);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_of_tag_is_found_by_its_key),
      cmocka_unit_test(a_walk_meets_what_random_access_finds),
      cmocka_unit_test(an_embedding_is_seen_in_place),
      cmocka_unit_test(numbers_that_are_not_finite_are_found_in_every_float),
      cmocka_unit_test(content_is_what_is_set),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
