// What a path leads to, as JSON: the same text that the document itself has there.
#include "query/value_json.h"

#include <string>

#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;

std::string json_at(const char* document, const char* path) {
  const ListedView view{document};
  Record record;
  assert_true(view.record(0, View::Check::kAlways, record).ok());
  const auto parsed = FieldPath::parse(path);
  if (!parsed.ok()) fail_msg("%s", parsed.status().message());
  std::string json = "before:";
  append_value_json(parsed.value().read(document_root(record.document)), &json);
  assert_int_equal(json.find("before:"), 0);
  return json.substr(7);
}

void expect_tag(const char* json) {
  const std::string document = std::string(R"({"tags":{"t":)") + json + "}}";
  assert_string_equal(json_at(document.c_str(), "tags.t").c_str(), json);
}

void tags_are_written_as_they_were_read(void**) {
  for (const char* json :
       {"null", "true", "false", "0", "-9223372036854775808", "9223372036854775807", "2.0",
        "1e+300", R"("")", R"("a\"b\\c\n")", "[]", "{}", R"([1,[2,{"a":null}]])",
        R"({"a":1,"b":{"c":[true]}})", R"({"$bytes":"AAEC"})", R"({"$double":"NaN"})"})
    expect_tag(json);
}

void the_whole_of_tags_is_a_map(void**) {
  assert_string_equal(json_at(R"({"tags":{"b":1,"a":"x"}})", "tags").c_str(), R"({"a":"x","b":1})");
}

void missing_values_are_null(void**) {
  assert_string_equal(json_at("{}", "text").c_str(), "null");
  assert_string_equal(json_at("{}", "tags.a").c_str(), "null");
  assert_string_equal(json_at("{}", "chunks").c_str(), "null");
}

void numbers_of_fields_keep_their_type(void**) {
  const char* document = R"({"weight":0.5,"offset":7,"scores":{"s":{"value":3}}})";
  assert_string_equal(json_at(document, "weight").c_str(), "0.5");
  assert_string_equal(json_at(document, "offset").c_str(), "7");
  assert_string_equal(json_at(document, "scores.s.value").c_str(), "3.0");
}

void names_of_kinds_are_texts(void**) {
  const char* document = R"({"text":"a","embedding":[1]})";
  assert_string_equal(json_at(document, "content_type").c_str(), R"("text")");
  assert_string_equal(json_at(document, "embedding.dtype").c_str(), R"("f32")");
}

void scores_are_by_name_and_operands_a_list(void**) {
  const char* document =
      R"({"scores":{"a":{"value":1,"op_name":"sum","operands":[{"value":2,"ref_id":"r"}]}}})";
  const std::string operand = R"({"ref_id":"r","value":2.0})";
  const std::string score = R"({"op_name":"sum","operands":[)" + operand + R"(],"value":1.0})";
  assert_string_equal(json_at(document, "scores.a").c_str(), score.c_str());
  assert_string_equal(json_at(document, "scores").c_str(), (R"({"a":)" + score + "}").c_str());
  assert_string_equal(json_at(document, "scores.a.operands").c_str(),
                      ("[" + operand + "]").c_str());
  assert_string_equal(json_at(document, "scores.a.operands.0").c_str(), operand.c_str());
}

void lists_of_none_are_lists(void**) {
  const char* document = R"({"chunks":[],"location":[]})";
  assert_string_equal(json_at(document, "chunks").c_str(), "[]");
  assert_string_equal(json_at(document, "location").c_str(), "[]");
}

void documents_within_are_whole(void**) {
  const char* document = R"({"matches":[{"id":"m","matches":[{"id":"n"}]}]})";
  const std::string inner = json_at(document, "matches.0.matches");
  assert_true(inner.starts_with("[{") && inner.ends_with("}]"));
  assert_true(inner.find(R"("id":"n")") != std::string::npos);
  assert_true(json_at(document, "matches.0").find(inner) != std::string::npos);
}

void tensors_are_written_as_documents_have_them(void**) {
  const ListedView view{R"({"embedding":[1,2.5]})"};
  Record record;
  assert_true(view.record(0, View::Check::kAlways, record).ok());
  JsonWriter writer;
  const std::string whole(writer.write(record.document));
  const std::string expected =
      R"({"embedding":)" + json_at(R"({"embedding":[1,2.5]})", "embedding") + "}";
  assert_string_equal(whole.c_str(), expected.c_str());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(tags_are_written_as_they_were_read),
      cmocka_unit_test(the_whole_of_tags_is_a_map),
      cmocka_unit_test(missing_values_are_null),
      cmocka_unit_test(numbers_of_fields_keep_their_type),
      cmocka_unit_test(names_of_kinds_are_texts),
      cmocka_unit_test(scores_are_by_name_and_operands_a_list),
      cmocka_unit_test(lists_of_none_are_lists),
      cmocka_unit_test(documents_within_are_whole),
      cmocka_unit_test(tensors_are_written_as_documents_have_them),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
