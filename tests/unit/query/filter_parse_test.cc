// Filters that are none: each is refused with the place in its text, and what is wrong there.
#include <cstring>
#include <string>

#include "unit/query/filter_sample.h"

namespace {

void assert_refused(std::string_view json, const char* message) {
  const dam::Result<dam::Filter> filter = dam::parse_filter(json);
  if (filter.ok()) fail_msg("%.*s is taken", static_cast<int>(json.size()), json.data());
  assert_int_equal(filter.status().code(), dam::Code::kInvalidArgument);
  assert_string_equal(filter.status().message(), message);
}

void a_malformed_filter_is_refused_with_its_place(void**) {
  const struct {
    const char* json;
    const char* message;
  } kWrong[] = {
      {"", "JSON line 1, column 1: The document is empty."},
      {"{\"id\":", "JSON line 1, column 7: Invalid value."},
      {"[]", "JSON line 1, column 1: a filter is an object"},
      {"3", "JSON line 1, column 1: a filter is an object"},
      {"{\"tag\":1}", "JSON line 1, column 2: path \"tag\": \"tag\" is no field of a document"},
      {"{\n \"id\": \"a\",\n \"tags.a\": {\"$foo\": 1}\n}",
       "JSON line 3, column 13: $foo is no operator on a value"},
      {"{\"tags.a\":{\"b\":1}}",
       "JSON line 1, column 12: b is no operator; a key below is named by its path"},
      {"{\"$nor\":[]}",
       "JSON line 1, column 2: $nor joins no filters; $and, $or, $not and $tally do"},
      {"{\"$and\":[]}", "JSON line 1, column 2: $and takes a list of filters, at least one"},
      {"{\"$or\":{}}", "JSON line 1, column 2: $or takes a list of filters, at least one"},
      {"{\"$and\":[{\"id\":\"a\"},7]}", "JSON line 1, column 21: a filter is an object"},
      {"{\"$and\":[{\"id\":\"a\"},null]}", "JSON line 1, column 2: a filter is an object"},
      {"{\"$not\":[{}]}", "JSON line 1, column 2: a filter is an object"},
      {"{\"tags.a\":{}}", "JSON line 1, column 2: tags.a takes operators, such as {\"$gt\": 3}"},
      {"{\"tags.a\":[1]}",
       "JSON line 1, column 2: no list and no object is compared; name what is in it by its path"},
      {"{\"tags.a\":{\"$gt\":{}}}",
       "JSON line 1, column 12: no list and no object is compared; name what is in it by its path"},
      {"{\"tags.a\":{\"$in\":3}}", "JSON line 1, column 18: $in takes a list of values"},
      {"{\"tags.a\":{\"$in\":[1,[2]]}}",
       "JSON line 1, column 12: no list and no object is compared; name what is in it by its path"},
      {"{\"tags.a\":{\"$exists\":1}}", "JSON line 1, column 22: $exists takes true or false"},
      {"{\"tags.a\":{\"$size\":-1}}", "JSON line 1, column 20: $size takes no negative number"},
      {"{\"tags.a\":{\"$size\":1.5}}", "JSON line 1, column 20: $size takes an integer"},
      {"{\"tags.a\":{\"$size\":\"1\"}}", "JSON line 1, column 20: $size takes an integer"},
      {"{\"text\":{\"$regex\":3}}", "JSON line 1, column 19: $regex takes a regular expression"},
      {"{\"tags.a\":{\"$not\":3}}",
       "JSON line 1, column 19: $not takes operators, such as {\"$gt\": 3}"},
      {"{\"tags.a\":{\"$field\":3}}",
       "JSON line 1, column 21: $field takes a path, and stands alone"},
      {"{\"tags.a\":{\"$field\":\"nowhere\"}}",
       "JSON line 1, column 21: path \"nowhere\": \"nowhere\" is no field of a document"},
      {"{\"tags.a\":9223372036854775808}",
       "JSON line 1, column 11: 9223372036854775808 is beyond 64 bits"},
      {"{\"tags.a\":1e999}", "JSON line 1, column 11: Number too big to be stored in double."},
      {"{\"tags.a\":{\"$double\":\"1\"}}",
       "JSON line 1, column 22: $double takes \"NaN\", \"Infinity\" or \"-Infinity\""},
      {"{\"tags.a\":{\"$bytes\":\"?\"}}", "JSON line 1, column 21: $bytes takes base64"},
      {"{\"id\":\"a\",\"id\":\"b\"}", "JSON line 1, column 20: member \"id\" is there twice"},
      {"{\"$tally\":{\"of\":[{}]}}",
       "JSON line 1, column 2: $tally takes \"of\", a list of filters, and one comparison with a "
       "number"},
      {"{\"$tally\":{\"of\":[{}],\"$gt\":\"a\"}}", "JSON line 1, column 28: $gt takes an integer"},
      {"{\"$tally\":{\"of\":[{}],\"$in\":1}}", "JSON line 1, column 22: $in is no comparison"},
      {"{\"$tally\":{\"of\":[{}],\"$gt\":1,\"$lt\":3}}",
       "JSON line 1, column 30: $lt is neither \"of\" nor the one comparison of $tally"},
      {"{\"text\":{\"$regex\":\"(\"}}",
       "JSON line 1, column 19: regular expression \"(\": missing ): ("},
  };
  for (const auto& wrong : kWrong) assert_refused(wrong.json, wrong.message);
}

void bytes_that_are_no_text_are_refused(void**) {
  assert_refused("{\"id\":\"\xff\"}", "JSON line 1, column 8: byte is not UTF-8");
  assert_refused(std::string_view("{}\0", 3), "JSON line 1, column 3: zero byte");
}

void nesting_is_bounded(void**) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"$not\":";
  const dam::Result<dam::Filter> filter = dam::parse_filter(deep);
  assert_false(filter.ok());
  assert_non_null(strstr(filter.status().message(), "values are nested deeper than"));
}

// Every text that is one edit away from a filter is a filter or is refused, and nothing else
// happens: memory checkers watch.
void mangled_filters_are_taken_or_refused(void**) {
  const std::string kWhole =
      R"({"$or":[{"tags.a\\.b":{"$gte":-1.5e3,"$nin":["x",null,true,{"$bytes":"AA=="}]}},)"
      R"({"text":{"$regex":"a(b|c)*\\d"}},{"$tally":{"of":[{"id":{"$match":"r"}}],"$lt":2}}]})";
  const std::string kBytes = "\"{}[]$:,\\0a\xc3 ";
  const auto view = dam::test::listed({R"({"id":"r","text":"abc1","tags":{"a.b":1}})"});
  size_t taken = 0;
  for (size_t at = 0; at < kWhole.size(); ++at) {
    for (size_t edit = 0; edit <= kBytes.size(); ++edit) {
      std::string text = kWhole;
      if (edit == kBytes.size())
        text.erase(at, 1);
      else
        text[at] = kBytes[edit];
      const dam::Result<dam::Filter> filter = dam::parse_filter(text);
      if (!filter.ok()) {
        assert_int_equal(filter.status().code(), dam::Code::kInvalidArgument);
        assert_non_null(strstr(filter.status().message(), "JSON line 1, column "));
        continue;
      }
      ++taken;
      (void)dam::test::found_in(view, filter.value());
    }
    assert_false(dam::parse_filter(kWhole.substr(0, at)).ok());
  }
  assert_true(taken > 0);
}

void patterns_of_tags_are_refused_alike(void**) {
  for (const char* json : {"[]", "{}", R"({"a":1})", R"({"a":"("})", R"({"a":"x","a":"y"})"}) {
    const auto parts = dam::parse_tag_patterns(json);
    assert_false(parts.ok());
    assert_non_null(strstr(parts.status().message(), "JSON line 1, column "));
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_malformed_filter_is_refused_with_its_place),
      cmocka_unit_test(bytes_that_are_no_text_are_refused),
      cmocka_unit_test(nesting_is_bounded),
      cmocka_unit_test(mangled_filters_are_taken_or_refused),
      cmocka_unit_test(patterns_of_tags_are_refused_alike),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
