// Documents to JSON and back: golden texts, and what the text of a user becomes.
#include "document/document_json.h"

#include <string>

#include "document/document_view.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void expect_canonical(const char* json, const char* canonical) {
  assert_string_equal(json_of(document_of(json).bytes()).c_str(), canonical);
}

void expect_same(const char* json) { expect_canonical(json, json); }

void every_field_returns_as_it_was(void**) { expect_same(kFullJson); }

void an_empty_document_returns(void**) { expect_same("{}"); }

void members_are_sorted_and_spaces_dropped(void**) {
  expect_canonical(" { \"text\" : \"b\" ,\n\t\"id\" : \"a\", \"tags\": {\"z\": 1, \"a\": 2} } ",
                   R"({"id":"a","tags":{"a":2,"z":1},"text":"b"})");
}

void integers_keep_all_their_bits(void**) {
  expect_same(
      R"({"tags":{"a":9223372036854775807,"b":-9223372036854775808,"c":9007199254740993}})");
}

void integers_and_doubles_stay_apart(void**) {
  expect_same(R"({"tags":{"a":2,"b":2.0,"c":1e+100,"d":-0.0}})");
  expect_canonical(R"({"tags":{"a":2e0,"b":20E-1}})", R"({"tags":{"a":2.0,"b":2.0}})");
}

void null_says_that_a_field_is_absent(void**) {
  expect_canonical(R"({"text":null,"tags":{"a":null},"chunks":null})", R"({"tags":{"a":null}})");
}

void an_absent_weight_is_not_zero(void**) {
  assert_false(document_root(document_of("{}").bytes())->weight().has_value());
  OwnedDocument zero = document_of(R"({"weight":0})");
  assert_true(document_root(zero.bytes())->weight().has_value());
  expect_canonical(R"({"weight":0})", R"({"weight":0.0})");
}

void chunks_take_their_levels_from_the_parent_wherever_its_members_stand(void**) {
  expect_canonical(
      R"({"chunks":[{"chunks":[{}]}],"granularity":5,"id":"p","adjacency":1})",
      R"({"adjacency":1,"chunks":[{"adjacency":1,"chunks":[{"adjacency":1,"granularity":7}],)"
      R"("granularity":6,"parent_id":"p"}],"granularity":5,"id":"p"})");
}

void matches_are_one_step_further_and_have_no_parent(void**) {
  expect_canonical(R"({"matches":[{},{"adjacency":7}],"granularity":2,"id":"p"})",
                   R"({"granularity":2,"id":"p","matches":[{"adjacency":1,"granularity":2},)"
                   R"({"adjacency":7,"granularity":2}]})");
}

void a_long_parent_id_is_handed_down_whole(void**) {
  std::string id(500, 'x');
  std::string json = json_of(document_of("{\"id\":\"" + id + "\",\"chunks\":[{},{}]}").bytes());
  std::string chunk = R"({"adjacency":0,"granularity":1,"parent_id":")" + id + "\"}";
  assert_string_equal(json.c_str(),
                      ("{\"chunks\":[" + chunk + "," + chunk + "],\"id\":\"" + id + "\"}").c_str());
}

void plain_lists_become_f32(void**) {
  expect_canonical(R"({"embedding":[1,2.5]})",
                   R"({"embedding":{"data":"AACAPwAAIEA=","dtype":"f32","shape":[2]}})");
  expect_canonical(R"({"blob":[[1],["NaN"]]})",
                   R"({"blob":{"data":"AACAPwAAwH8=","dtype":"f32","shape":[2,1]}})");
}

void lists_become_the_dtype_they_are_told(void**) {
  expect_canonical(R"({"blob":{"data":[[1,2],[3,255]],"dtype":"u8"}})",
                   R"({"blob":{"data":"AQID/w==","dtype":"u8","shape":[2,2]}})");
  expect_canonical(R"({"blob":{"data":[true,0],"dtype":"bool","shape":[2,1]}})",
                   R"({"blob":{"data":"AQA=","dtype":"bool","shape":[2,1]}})");
  expect_canonical(R"({"blob":{"data":[1.0,65504],"dtype":"f16"}})",
                   R"({"blob":{"data":"ADz/ew==","dtype":"f16","shape":[2]}})");
}

void sparse_coordinates_may_be_nested(void**) {
  expect_canonical(
      R"({"blob":{"data":[1,2],"format":"coo","indices":[[0,1],[1,0]],"shape":[2,2]}})",
      R"({"blob":{"data":"AACAPwAAAEA=","dtype":"f32","format":"coo",)"
      R"("indices":[0,1,1,0],"shape":[2,2]}})");
}

std::string plain(std::string_view json) {
  OwnedDocument document = document_of(json);
  JsonWriter writer({.plain_lists = true});
  return std::string(writer.write(document.bytes()));
}

void plain_lists_read_back_as_the_same_tensor(void**) {
  for (const char* blob :
       {"[[1.0,2.5],[\"NaN\",0.1]]", "[[[1.0]],[[2.0]]]",
        R"({"data":[1,-2],"dtype":"i16","shape":[1,2]})",
        R"({"data":[18446744073709551615],"dtype":"u64","shape":[1]})",
        R"({"data":[true,false],"dtype":"bool","shape":[2]})",
        R"({"data":[0.5,6e-08],"dtype":"f16","shape":[2]})",
        R"({"data":[],"dtype":"f32","shape":[0,3]})", R"({"data":[4.5],"dtype":"f32","shape":[]})",
        R"({"data":[1.0],"dtype":"f32","format":"bsr","indices":[3],"shape":[4]})"}) {
    std::string json = std::string("{\"blob\":") + blob + "}";
    assert_string_equal(json_of(document_of(plain(json)).bytes()).c_str(),
                        json_of(document_of(json).bytes()).c_str());
  }
  assert_string_equal(plain(R"({"blob":[[1,2],[3,4]]})").c_str(),
                      R"({"blob":[[1.0,2.0],[3.0,4.0]]})");
}

void unknown_members_go_to_tags_on_request(void**) {
  JsonReader reader({.unknown_to_tags = true});
  auto document =
      reader.read(R"({"zoo":[1],"tags":{"m":{"$bytes":"AA=="},"n":{}},"color":"red","a":null,)"
                  R"("chunks":[{"x":1}]})");
  assert_true(document.ok());
  assert_string_equal(json_of(document.value()).c_str(),
                      R"({"chunks":[{"adjacency":0,"granularity":1,"tags":{"x":1}}],"tags":)"
                      R"({"a":null,"color":"red","m":{"$bytes":"AA=="},"n":{},"zoo":[1]}})");
}

void documents_are_a_multiple_of_eight_long(void**) {
  for (size_t i = 0; i < 20; i++) {
    OwnedDocument document = document_of("{\"text\":\"" + std::string(i, 'x') + "\"}");
    assert_int_equal(document.bytes().size() % 8, 0);
  }
}

void a_reader_is_fresh_after_a_failure(void**) {
  JsonReader reader;
  assert_false(reader.read(R"({"tags":{"a":[1,{"b":)").ok());
  assert_false(reader.read(R"({"embedding":[[1,2],[)").ok());
  assert_false(reader.read(R"({"scores":{"a":{"operands":[{)").ok());
  auto document = reader.read(R"({"id":"a","scores":{},"embedding":[1]})");
  assert_true(document.ok());
  assert_string_equal(json_of(document.value()).c_str(),
                      R"({"embedding":{"data":"AACAPw==","dtype":"f32","shape":[1]},"id":"a",)"
                      R"("scores":{}})");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_field_returns_as_it_was),
      cmocka_unit_test(an_empty_document_returns),
      cmocka_unit_test(members_are_sorted_and_spaces_dropped),
      cmocka_unit_test(integers_keep_all_their_bits),
      cmocka_unit_test(integers_and_doubles_stay_apart),
      cmocka_unit_test(null_says_that_a_field_is_absent),
      cmocka_unit_test(an_absent_weight_is_not_zero),
      cmocka_unit_test(chunks_take_their_levels_from_the_parent_wherever_its_members_stand),
      cmocka_unit_test(matches_are_one_step_further_and_have_no_parent),
      cmocka_unit_test(a_long_parent_id_is_handed_down_whole),
      cmocka_unit_test(plain_lists_become_f32),
      cmocka_unit_test(lists_become_the_dtype_they_are_told),
      cmocka_unit_test(sparse_coordinates_may_be_nested),
      cmocka_unit_test(plain_lists_read_back_as_the_same_tensor),
      cmocka_unit_test(unknown_members_go_to_tags_on_request),
      cmocka_unit_test(documents_are_a_multiple_of_eight_long),
      cmocka_unit_test(a_reader_is_fresh_after_a_failure),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
