// What a dotted path leads to in a document, and which paths lead nowhere in any.
#include "query/field_value.h"

#include <string>

#include "document/document_view.h"
#include "unit/cmocka_cpp.h"
#include "unit/document/document_samples.h"

namespace {

using dam::FieldPath;
using dam::FieldValue;
using dam::ValueKind;

constexpr const char* kBird =
    R"({"id":"robin","text":"sings","uri":"b.txt","weight":0.5,"offset":7,"location":[1,2.5],)"
    R"("tags":{"":"empty","0":"zero","a":{"b":[10,{"c":true},null]},"big":9007199254740993,)"
    R"("dot.ted":1,"price":2.5,"raw":{"$bytes":"AP8="},"slash\\":3},)"
    R"("embedding":{"data":[1,2,3],"dtype":"f32","shape":[3]},"meta_info":"AAE=",)"
    R"("scores":{"cosine":{"value":0.25,"op_name":"cos","operands":[{"value":7,"ref_id":"r"}]}},)"
    R"("chunks":[{"id":"wing","tags":{"n":2},"matches":[{"id":"m","text":"deep"}]}]})";

struct Robin {
  dam::OwnedDocument bytes = dam::document_of(kBird);

  FieldValue at(const char* path) const {
    const dam::Result<FieldPath> parsed = FieldPath::parse(path);
    if (!parsed.ok()) fail_msg("%s", parsed.status().message());
    return parsed.value().read(dam::document_root(bytes.bytes()));
  }
  std::string text(const char* path) const {
    const FieldValue value = at(path);
    assert_true(value.kind == ValueKind::kText);
    return std::string(value.text);
  }
  int64_t integer(const char* path) const {
    const FieldValue value = at(path);
    assert_true(value.kind == ValueKind::kInteger);
    return value.integer;
  }
  double real(const char* path) const {
    const FieldValue value = at(path);
    assert_true(value.kind == ValueKind::kReal);
    return value.real;
  }
  ValueKind kind(const char* path) const { return at(path).kind; }
};

void every_field_is_reached_by_its_name(void**) {
  const Robin robin;
  assert_string_equal(robin.text("id").c_str(), "robin");
  assert_string_equal(robin.text("text").c_str(), "sings");
  assert_string_equal(robin.text("uri").c_str(), "b.txt");
  assert_string_equal(robin.text("content_type").c_str(), "text");
  assert_true(robin.real("weight") == 0.5);
  assert_int_equal(robin.integer("offset"), 7);
  assert_true(robin.real("location.1") == 2.5);
  assert_true(robin.kind("location") == ValueKind::kNumbers);
  assert_true(robin.kind("tags") == ValueKind::kMap);
  assert_true(robin.kind("embedding") == ValueKind::kTensor);
  assert_true(robin.kind("scores") == ValueKind::kScores);
  assert_true(robin.kind("chunks") == ValueKind::kDocuments);
  assert_true(robin.at("meta_info").text == std::string_view("\0\1", 2));
}

void tags_are_reached_through_maps_and_lists(void**) {
  const Robin robin;
  assert_int_equal(robin.integer("tags.a.b.0"), 10);
  assert_true(robin.kind("tags.a.b.1.c") == ValueKind::kBoolean);
  assert_int_equal(robin.at("tags.a.b.1.c").integer, 1);
  assert_true(robin.kind("tags.a.b.2") == ValueKind::kNull);
  assert_true(robin.kind("tags.a.b") == ValueKind::kList);
  assert_true(robin.kind("tags.a") == ValueKind::kMap);
  assert_true(robin.at("tags.raw").kind == ValueKind::kBytes);
  assert_true(robin.at("tags.raw").text == std::string_view("\0\xff", 2));
}

void integers_and_reals_of_tags_are_kept_apart(void**) {
  const Robin robin;
  assert_int_equal(robin.integer("tags.big"), 9007199254740993);
  assert_true(robin.real("tags.price") == 2.5);
}

void a_backslash_takes_the_meaning_from_dot_and_backslash(void**) {
  const Robin robin;
  assert_int_equal(robin.integer("tags.dot\\.ted"), 1);
  assert_int_equal(robin.integer("tags.slash\\\\"), 3);
  assert_true(robin.kind("tags.dot.ted") == ValueKind::kMissing);
  assert_string_equal(robin.text("tags.").c_str(), "empty");
}

void digits_index_lists_and_are_keys_of_maps(void**) {
  const Robin robin;
  assert_string_equal(robin.text("tags.0").c_str(), "zero");
  assert_true(robin.kind("tags.1") == ValueKind::kMissing);
  assert_true(robin.kind("tags.a.b.00") == ValueKind::kMissing);
  assert_true(robin.kind("tags.a.b.3") == ValueKind::kMissing);
  assert_true(robin.kind("tags.a.b.-1") == ValueKind::kMissing);
}

void parts_of_scores_tensors_and_children_are_reached(void**) {
  const Robin robin;
  assert_true(robin.real("scores.cosine.value") == 0.25);
  assert_string_equal(robin.text("scores.cosine.op_name").c_str(), "cos");
  assert_true(robin.real("scores.cosine.operands.0.value") == 7);
  assert_string_equal(robin.text("scores.cosine.operands.0.ref_id").c_str(), "r");
  assert_true(robin.kind("scores.cosine") == ValueKind::kScore);
  assert_true(robin.kind("scores.cosine.operands") == ValueKind::kScores);
  assert_int_equal(robin.integer("embedding.shape.0"), 3);
  assert_string_equal(robin.text("embedding.dtype").c_str(), "f32");
  assert_string_equal(robin.text("embedding.format").c_str(), "dense");
  assert_int_equal(robin.integer("chunks.0.tags.n"), 2);
  assert_string_equal(robin.text("chunks.0.matches.0.text").c_str(), "deep");
  assert_true(robin.kind("chunks.0") == ValueKind::kDocument);
}

void what_a_document_does_not_have_is_missing(void**) {
  const Robin robin;
  for (const char* path :
       {"matches", "matches.0", "matches.0.id", "chunks.1.id", "tags.none", "tags.price.below",
        "tags.a.b.1.d", "scores.none.value", "scores.cosine.operands.1", "embedding.shape.1",
        "scores.cosine.ref_id", "blob", "blob.dtype", "location.2", "buffer", "siblings",
        "evaluations.none", "chunks.0.content_type", "chunks.0.weight"})
    if (robin.kind(path) != ValueKind::kMissing) fail_msg("%s is not missing", path);
}

void an_absent_level_is_zero(void**) {
  const Robin robin;
  assert_int_equal(robin.integer("granularity"), 0);
  assert_int_equal(robin.integer("adjacency"), 0);
  assert_int_equal(robin.integer("chunks.0.granularity"), 1);
}

void hints_change_no_answer(void**) {
  const char* kTags[] = {R"({"tags":{"a":1,"b":2,"c":3}})",
                         R"({"tags":{"b":4}})",
                         R"({"tags":{"0":0,"1":1,"2":2,"b":5}})",
                         R"({"tags":{"c":6}})",
                         "{}",
                         R"({"tags":{"a":7,"b":8}})"};
  const int64_t kWanted[] = {2, 4, 5, -1, -1, 8};
  const dam::Result<FieldPath> path = FieldPath::parse("tags.b");
  FieldPath::Hints hints = path.value().hints();
  for (size_t i = 0; i < std::size(kTags); ++i) {
    const dam::OwnedDocument document = dam::document_of(kTags[i]);
    const FieldValue value = path.value().read(dam::document_root(document.bytes()), &hints);
    assert_int_equal(value.is_missing() ? -1 : value.integer, kWanted[i]);
  }
}

void a_path_that_no_document_can_have_is_refused_with_its_part(void**) {
  const struct {
    const char* path;
    const char* message;
  } kWrong[] = {
      {"", "a path is empty, it begins with a field"},
      {"tag.a", "path \"tag.a\": \"tag\" is no field of a document"},
      {"Text", "path \"Text\": \"Text\" is no field of a document"},
      {"text.a", "path \"text.a\": \"text\" has nothing below it"},
      {"weight.0", "path \"weight.0\": \"weight\" has nothing below it"},
      {"chunks.first", "path \"chunks.first\": \"first\" is no index of documents"},
      {"chunks.-1.id", "path \"chunks.-1.id\": \"-1\" is no index of documents"},
      {"chunks.0.tag", "path \"chunks.0.tag\": \"tag\" is no field of a document"},
      {"location.x", "path \"location.x\": \"x\" is no index of numbers"},
      {"location.0.1", "path \"location.0.1\": \"0\" has nothing below it"},
      {"scores.a.worth", "path \"scores.a.worth\": \"worth\" is no part of a score"},
      {"scores.a.", "path \"scores.a.\": \"\" is no part of a score"},
      {"scores.a.value.b", "path \"scores.a.value.b\": \"value\" has nothing below it"},
      {"scores.a.operands.b", "path \"scores.a.operands.b\": \"b\" is no index of operands"},
      {"embedding.data",
       "path \"embedding.data\": \"data\" is not shape, dtype or format of a tensor"},
      {"embedding.shape",
       "path \"embedding.shape\": \"shape\" is followed by the index of a dimension"},
      {"embedding.shape.0.1", "path \"embedding.shape.0.1\": \"0\" has nothing below it"},
      {"blob.dtype.0", "path \"blob.dtype.0\": \"dtype\" has nothing below it"},
      {"tags\\a", "path \"tags\\a\" has a backslash before neither a dot nor a backslash"},
      {"tags.\xff", "path \"tags.?\" is not UTF-8"},
  };
  for (const auto& wrong : kWrong) {
    const dam::Result<FieldPath> parsed = FieldPath::parse(wrong.path);
    assert_false(parsed.ok());
    assert_int_equal(parsed.status().code(), dam::Code::kInvalidArgument);
    assert_string_equal(parsed.status().message(), wrong.message);
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_field_is_reached_by_its_name),
      cmocka_unit_test(tags_are_reached_through_maps_and_lists),
      cmocka_unit_test(integers_and_reals_of_tags_are_kept_apart),
      cmocka_unit_test(a_backslash_takes_the_meaning_from_dot_and_backslash),
      cmocka_unit_test(digits_index_lists_and_are_keys_of_maps),
      cmocka_unit_test(parts_of_scores_tensors_and_children_are_reached),
      cmocka_unit_test(what_a_document_does_not_have_is_missing),
      cmocka_unit_test(an_absent_level_is_zero),
      cmocka_unit_test(hints_change_no_answer),
      cmocka_unit_test(a_path_that_no_document_can_have_is_refused_with_its_part),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
