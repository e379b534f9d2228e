// Two versions of a document made one: who wins, what is filled, what is merged below.
#include "document/document_union.h"

#include <string>

#include "document/document_view.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

std::string united(std::string_view left, std::string_view right) {
  const OwnedDocument a = document_of(left);
  const OwnedDocument b = document_of(right);
  auto made =
      united_document({nullptr, document_root(a.bytes())}, {nullptr, document_root(b.bytes())});
  if (!made.ok()) fail_msg("%s", made.status().message());
  return json_of(made.value());
}

void expect(std::string_view left, std::string_view right, std::string_view wanted) {
  const OwnedDocument document = document_of(wanted);
  assert_string_equal(united(left, right).c_str(), json_of(document.bytes()).c_str());
}

void left_values_win_and_absent_ones_are_filled(void**) {
  expect(R"({"id":"a","text":"left","weight":1})",
         R"({"id":"a","text":"right","uri":"u","weight":2,"offset":7})",
         R"({"id":"a","text":"left","weight":1,"uri":"u","offset":7})");
}

void a_content_is_one_field_of_three(void**) {
  expect(R"({"id":"a","text":""})", R"({"id":"a","buffer":"AAE="})", R"({"id":"a","text":""})");
  expect(R"({"id":"a"})", R"({"id":"a","buffer":"AAE="})", R"({"id":"a","buffer":"AAE="})");
  expect(R"({"id":"a","blob":[1,2]})", R"({"id":"a","text":"t"})", R"({"id":"a","blob":[1,2]})");
}

void maps_of_tags_are_merged_within_one_another(void**) {
  expect(R"({"tags":{"a":1,"m":{"x":1,"l":[1]}}})",
         R"({"tags":{"a":2,"b":null,"m":{"x":2,"y":3,"l":[2,3]}}})",
         R"({"tags":{"a":1,"b":null,"m":{"x":1,"y":3,"l":[1]}}})");
  expect(R"({"tags":{"m":1}})", R"({"tags":{"m":{"x":1}}})", R"({"tags":{"m":1}})");
  expect(R"({})", R"({"tags":{"m":1}})", R"({"tags":{"m":1}})");
}

void chunks_and_matches_of_one_id_are_made_one(void**) {
  expect(R"({"id":"d","chunks":[{"id":"a","text":"left"},{"id":"b"}],"matches":[{"id":"m"}]})",
         R"({"id":"d","chunks":[{"id":"c"},{"id":"b","text":"filled"},{"id":"a","text":"lost",
             "uri":"u"}],"matches":[{"id":"n"},{"id":"m","weight":2}]})",
         R"({"id":"d","chunks":[{"id":"a","text":"left","uri":"u"},{"id":"b","text":"filled"},
             {"id":"c"}],"matches":[{"id":"m","weight":2},{"id":"n"}]})");
}

void documents_are_united_all_the_way_down(void**) {
  expect(R"({"chunks":[{"id":"a","matches":[{"id":"m","chunks":[{"id":"x"}]}]}]})",
         R"({"chunks":[{"id":"a","matches":[{"id":"m","chunks":[{"id":"x","text":"t"},
             {"id":"y"}]}]}]})",
         R"({"chunks":[{"id":"a","matches":[{"id":"m","chunks":[{"id":"x","text":"t"},
             {"id":"y"}]}]}]})");
}

void children_without_an_id_stay_unless_they_are_there(void**) {
  expect(R"({"chunks":[{"text":"same"},{"text":"left"}]})",
         R"({"chunks":[{"text":"right"},{"text":"same"}]})",
         R"({"chunks":[{"text":"same"},{"text":"left"},{"text":"right"}]})");
}

void a_repeated_id_is_united_with_the_first_of_it(void**) {
  expect(R"({"chunks":[{"id":"a"},{"id":"a","text":"second"}]})",
         R"({"chunks":[{"id":"a","uri":"u"},{"id":"b"},{"id":"a","offset":3},
             {"id":"b","text":"t"}]})",
         R"({"chunks":[{"id":"a","uri":"u","offset":3},{"id":"a","text":"second"},
             {"id":"b","text":"t"}]})");
}

void levels_stay_as_they_are(void**) {
  const std::string json =
      united(R"({"id":"d","granularity":3,"chunks":[{"id":"a","granularity":7,"parent_id":"p"}]})",
             R"({"id":"d","granularity":9,"adjacency":4,
          "chunks":[{"id":"a","granularity":8,"text":"t"}]})");
  assert_non_null(std::strstr(json.c_str(), R"("granularity":7,"id":"a","parent_id":"p")"));
  assert_non_null(std::strstr(json.c_str(), R"("granularity":3)"));
  assert_null(std::strstr(json.c_str(), R"("adjacency":4)"));
}

void uniting_twice_changes_nothing(void**) {
  const std::string right = R"({"id":"root","chunks":[{"id":"c2","text":"x","tags":{"k":[1]}},
      {"text":"nameless"}],"matches":[{"id":"n"}],"tags":{"new":{"deep":1}}})";
  const std::string once = united(kFullJson, right);
  assert_string_equal(united(once, right).c_str(), once.c_str());
  assert_string_equal(united(kFullJson, kFullJson).c_str(), kFullJson);
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(left_values_win_and_absent_ones_are_filled),
      cmocka_unit_test(a_content_is_one_field_of_three),
      cmocka_unit_test(maps_of_tags_are_merged_within_one_another),
      cmocka_unit_test(chunks_and_matches_of_one_id_are_made_one),
      cmocka_unit_test(documents_are_united_all_the_way_down),
      cmocka_unit_test(children_without_an_id_stay_unless_they_are_there),
      cmocka_unit_test(a_repeated_id_is_united_with_the_first_of_it),
      cmocka_unit_test(levels_stay_as_they_are),
      cmocka_unit_test(uniting_twice_changes_nothing),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
