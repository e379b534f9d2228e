// What is no document in JSON, and how the message says it.
#include <string>

#include "document/document_json.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void expect_failure(std::string_view json, const char* message) {
  Status status = failure_of(json);
  assert_int_equal(status.code(), Code::kInvalidArgument);
  assert_string_equal(status.message(), message);
}

// As expect_failure, for messages whose position is not the point.
void expect_text(std::string_view json, const char* text) {
  Status status = failure_of(json);
  assert_int_equal(status.code(), Code::kInvalidArgument);
  if (!strstr(status.message(), text)) fail_msg("%s", status.message());
}

void a_failure_names_line_and_column(void**) {
  expect_failure("{\"id\": \"a\",\n  \"id\": \"b\"}",
                 "JSON line 2, column 7: member \"id\" is there twice");
  expect_failure("{\"text\": \"a\"",
                 "JSON line 1, column 13: Missing a comma or '}' after an object member.");
}

void an_unknown_member_is_named(void**) {
  expect_text(R"({"colour":1})", "member \"colour\" is unknown in a document");
  expect_text(R"({"scores":{"a":{"name":"b"}}})", "member \"name\" is unknown in a score");
  expect_text(R"({"blob":{"dim":3}})", "member \"dim\" is unknown in a tensor");
}

void a_repeated_member_is_an_error_at_every_depth(void**) {
  expect_text(R"({"tags":{"a":{"b":1,"c":2,"b":3}}})", "member \"b\" is there twice");
  expect_text(R"({"scores":{"a":{},"a":{}}})", "member \"a\" is there twice");
  expect_text(R"({"scores":{"a":{"value":1,"value":1}}})", "member \"value\" is there twice");
  expect_text(R"({"blob":{"shape":[],"shape":[]}})", "member \"shape\" is there twice");
  expect_text(R"({"chunks":[{"uri":null,"uri":null}]})", "member \"uri\" is there twice");
}

void integers_beyond_64_bits_are_errors(void**) {
  expect_text(R"({"tags":{"a":9223372036854775808}})", "9223372036854775808 is beyond 64 bits");
  expect_text(R"({"tags":{"a":-9223372036854775809}})", "is beyond 64 bits");
  expect_text(R"({"tags":{"a":1e999}})", "");
}

void a_document_has_one_content(void**) {
  expect_text(R"({"text":"a","buffer":""})", "a document has one content");
}

void wrong_types_are_named_with_what_they_should_be(void**) {
  expect_text("[]", "a document must be an object, not a list");
  expect_text(R"({"text":5})", "text must be a string, not a number (5)");
  expect_text(R"({"granularity":-1})", "granularity must be an integer from 0 to 4294967295");
  expect_text(R"({"granularity":1.0})", "granularity must be an integer from 0 to 4294967295");
  expect_text(R"({"weight":"heavy"})", "weight must be a number, not a string (heavy)");
  expect_text(R"({"tags":[1]})", "tags must be an object, not a list");
  expect_text(R"({"chunks":{}})", "chunks must be a list of documents, not an object");
  expect_text(R"({"chunks":[1]})", "chunks must be a list of documents, not a number (1)");
  expect_text(R"({"location":[[1]]})", "location must be a list of numbers");
  expect_text(R"({"scores":{"a":1}})", "a must be an object with a value");
}

void base64_must_be_exact(void**) {
  for (const char* text :
       {"A", "AA", "AA=", "AAA", "A===", "AB==", "AAB=", "AA==AA==", "A A=", "AA-_"})
    expect_text("{\"buffer\":\"" + std::string(text) + "\"}", "buffer must be base64 in a string");
}

void ids_have_a_length(void**) {
  expect_text(R"({"id":""})", "id is empty");
  Status status = failure_of("{\"id\":\"" + std::string(65536, 'x') + "\"}");
  assert_int_equal(status.code(), Code::kTooBig);
  assert_string_equal(status.message(),
                      "JSON line 1, column 65545: id has 65536 bytes, the limit is 65535");
}

void tensors_must_be_regular(void**) {
  expect_text(R"({"blob":[[1],[2,3]]})", "blob has lists of unequal length");
  expect_text(R"({"blob":[[1,2],[3]]})", "blob has lists of unequal length (2 and 1)");
  expect_text(R"({"blob":[1,[2]]})", "blob has lists nested too deep");
  expect_text(R"({"blob":[[1],2]})", "blob mixes numbers and lists");
  expect_text(R"({"blob":["one"]})", "blob: one is no f32");
  expect_text(R"({"blob":{"data":[128],"dtype":"i8"}})", "blob: 128 is no i8");
  expect_text(R"({"blob":{"data":[1.5],"dtype":"u32"}})", "blob: 1.5 is no u32");
  expect_text(R"({"blob":{"data":"AAAA"}})", "blob has no shape");
  expect_text(R"({"blob":{"shape":[1]}})", "blob has no data");
}

void special_spellings_stand_alone(void**) {
  expect_text(R"({"tags":{"a":{"x":1,"$bytes":"AA=="}}})", "\"$bytes\" must be the only member");
  expect_text(R"({"tags":{"a":{"$bytes":"AA==","x":1}}})", "must be the only member");
  expect_text(R"({"tags":{"a":{"$bytes":1}}})", "$bytes must be base64 in a string");
  expect_text(R"({"tags":{"a":{"$double":"1"}}})", "$double must be \"NaN\"");
}

void text_must_be_utf8(void**) {
  expect_failure("{\"text\":\"a\xff\"}", "JSON line 1, column 11: byte is not UTF-8");
  expect_text("{\"text\":\"\xed\xa0\x80\"}", "byte is not UTF-8");
  expect_text(R"({"text":"\udc00"})", "escape of half a surrogate pair");
  expect_text(R"({"text":"\ud800"})", "");
}

void a_zero_byte_does_not_end_the_text(void**) {
  expect_text(std::string_view("{}\0{}", 5), "zero byte");
  expect_text(std::string_view("{\"id\":\0}", 8), "");
  expect_text("", "");
}

void nesting_is_bounded_without_deep_recursion(void**) {
  std::string lists = "{\"tags\":{\"a\":", chunks, operands = "{\"scores\":{\"a\":";
  for (int i = 0; i < 200000; i++) {
    lists += "[";
    chunks += "{\"chunks\":[";
    operands += "{\"operands\":[";
  }
  expect_text(lists, "tags are nested deeper than 128 levels");
  expect_text(chunks, "chunks is nested deeper than 128 levels");
  expect_text(operands, "operands are nested deeper than 128 levels");
  expect_text("{\"blob\":" + std::string(200000, '['), "blob has lists nested too deep");
  std::string deepest = "{\"tags\":{\"a\":" + std::string(126, '[') + std::string(126, ']') + "}}";
  assert_string_equal(json_of(document_of(deepest).bytes()).c_str(), deepest.c_str());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_failure_names_line_and_column),
      cmocka_unit_test(an_unknown_member_is_named),
      cmocka_unit_test(a_repeated_member_is_an_error_at_every_depth),
      cmocka_unit_test(integers_beyond_64_bits_are_errors),
      cmocka_unit_test(a_document_has_one_content),
      cmocka_unit_test(wrong_types_are_named_with_what_they_should_be),
      cmocka_unit_test(base64_must_be_exact),
      cmocka_unit_test(ids_have_a_length),
      cmocka_unit_test(tensors_must_be_regular),
      cmocka_unit_test(special_spellings_stand_alone),
      cmocka_unit_test(text_must_be_utf8),
      cmocka_unit_test(a_zero_byte_does_not_end_the_text),
      cmocka_unit_test(nesting_is_bounded_without_deep_recursion),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
