// Every field alone: how it reads, how it returns, and what it refuses, as tables.
#include <string>

#include "document/document_json.h"
#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

struct Golden {
  const char* name;
  const char* read;
  const char* written;
};

std::string member(const char* name, const std::string& value) {
  return std::string("{\"") + name + "\":" + value + "}";
}

void expect_golden(const Golden& golden) {
  std::string json = member(golden.name, golden.read);
  std::string expected = *golden.written ? member(golden.name, golden.written) : "{}";
  std::string found = json_of(document_of(json).bytes());
  if (found != expected) fail_msg("%s became %s", json.c_str(), found.c_str());
  assert_string_equal(json_of(document_of(found).bytes()).c_str(), found.c_str());
}

void texts_return_letter_by_letter(void**) {
  for (const char* name :
       {"id", "text", "uri", "mime_type", "parent_id", "modality", "level_name"}) {
    expect_golden({name, R"("a")", R"("a")"});
    expect_golden({name, R"("\u00fc\ud83d\ude00\/\"\\")", "\"ü😀/\\\"\\\\\""});
    expect_golden(
        {name, R"("\b\f\n\r\t\u0000\u001f\u007f")", "\"\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\""});
    expect_golden({name, "null", ""});
  }
  for (const char* name : {"text", "uri", "mime_type", "modality", "level_name"})
    expect_golden({name, R"("")", R"("")"});
}

void counts_take_all_of_32_bits(void**) {
  for (const char* name : {"granularity", "adjacency", "offset", "siblings"}) {
    for (const char* value : {"0", "1", "4294967295"}) expect_golden({name, value, value});
    expect_golden({name, "-0", "0"});
    expect_golden({name, "null", ""});
    for (const char* value : {"4294967296", "-1", "1.0", "1e1", "\"1\"", "true", "[]", "{}"}) {
      Status status = failure_of(member(name, value));
      assert_int_equal(status.code(), Code::kInvalidArgument);
      std::string text = std::string(name) + " must be an integer from 0 to 4294967295";
      assert_non_null(strstr(status.message(), text.c_str()));
    }
  }
}

void numbers_and_bytes_have_one_spelling(void**) {
  const Golden goldens[] = {
      {"weight", "0", "0.0"},
      {"weight", "-0", "-0.0"},
      {"weight", "0.1", "0.1"},
      {"weight", "16777217", "16777216.0"},
      {"weight", "1e-60", "0.0"},
      {"weight", "3.4028234663852886e38", "3.4028235e+38"},
      {"weight", R"("NaN")", R"("NaN")"},
      {"weight", R"("-Infinity")", R"("-Infinity")"},
      {"weight", "null", ""},
      {"location", "[]", "[]"},
      {"location", "[1,2.5,-3e2]", "[1.0,2.5,-300.0]"},
      {"location", R"(["Infinity"])", R"(["Infinity"])"},
      {"buffer", R"("")", R"("")"},
      {"buffer", R"("AA==")", R"("AA==")"},
      {"buffer", R"("AAE=")", R"("AAE=")"},
      {"buffer", R"("+/+/")", R"("+/+/")"},
      {"buffer", R"("\u0041AEC")", R"("AAEC")"},
      {"meta_info", R"("AAEC")", R"("AAEC")"},
      {"chunks", "[]", "[]"},
      {"matches", "[]", "[]"},
      {"chunks", "null", ""},
  };
  for (const Golden& golden : goldens) expect_golden(golden);
}

void scores_are_sorted_by_name(void**) {
  const char* sorted = R"({"a":{"value":1.0},"b":{"op_name":"x","operands":[{"value":0.5}],)"
                       R"("value":0.0}})";
  for (const char* name : {"scores", "evaluations"}) {
    expect_golden({name, "{}", "{}"});
    expect_golden(
        {name, R"({"b":{"operands":[{"value":0.5}],"op_name":"x"},"a":{"value":1}})", sorted});
  }
}

// In data, 1 and the largest value of the dtype.
void tensors_return_in_every_dtype(void**) {
  const Golden dtypes[] = {
      {"f16", "[1,65504]", "ADz/ew=="},
      {"bf16", "[1,\"Infinity\"]", "gD+Afw=="},
      {"f32", "[1,\"-Infinity\"]", "AACAPwAAgP8="},
      {"f64", "[1,0.1]", "AAAAAAAA8D+amZmZmZm5Pw=="},
      {"i8", "[1,127]", "AX8="},
      {"u8", "[1,255]", "Af8="},
      {"i16", "[1,32767]", "AQD/fw=="},
      {"u16", "[1,65535]", "AQD//w=="},
      {"i32", "[1,2147483647]", "AQAAAP///38="},
      {"u32", "[1,4294967295]", "AQAAAP////8="},
      {"i64", "[1,9223372036854775807]", "AQAAAAAAAAD/////////fw=="},
      {"u64", "[1,18446744073709551615]", "AQAAAAAAAAD//////////w=="},
      {"bool", "[true,1]", "AQE="},
  };
  for (const char* field : {"embedding", "blob"}) {
    for (const Golden& dtype : dtypes) {
      std::string tail = std::string(R"(,"dtype":")") + dtype.name + R"(","shape":[2]})";
      std::string read = "{\"data\":" + std::string(dtype.read) + tail;
      std::string written = "{\"data\":\"" + std::string(dtype.written) + "\"" + tail;
      expect_golden({field, read.c_str(), written.c_str()});
    }
  }
}

void values_beyond_a_dtype_are_refused(void**) {
  const Golden dtypes[] = {
      {"f32", "1e39", ""},

      {"i8", "128", ""},
      {"u8", "-1", ""},
      {"i16", "-32769", ""},
      {"u16", "65536", ""},
      {"i32", "2147483648", ""},
      {"u32", "4294967296", ""},
      {"i64", "9223372036854775808", ""},
      {"u64", "18446744073709551616", ""},
      {"bool", "2", ""},
      {"i8", "1.0", ""},
  };
  for (const Golden& dtype : dtypes) {
    Status status = failure_of(std::string(R"({"blob":{"dtype":")") + dtype.name + R"(","data":[)" +
                               dtype.read + "]}}");
    assert_int_equal(status.code(), Code::kInvalidArgument);
    std::string text = std::string("blob: ") + dtype.read + " is no " + dtype.name;
    if (!strstr(status.message(), text.c_str())) fail_msg("%s", status.message());
  }
}

void tags_return_in_every_kind(void**) {
  const Golden goldens[] = {
      {"tags", "{}", "{}"},
      {"tags", R"({"b":1,"a":"x"})", R"({"a":"x","b":1})"},
      {"tags", R"({"a":[null,true,false]})", R"({"a":[null,true,false]})"},
      {"tags", R"({"a":[1,2.0,"x",[],{},{"$bytes":"AA=="}]})",
       R"({"a":[1,2.0,"x",[],{},{"$bytes":"AA=="}]})"},
      {"tags", R"({"a":[{"y":1,"x":"b"},{"x":"c","y":2}]})",
       R"({"a":[{"x":"b","y":1},{"x":"c","y":2}]})"},
      {"tags", R"({"a":-9223372036854775808,"b":9223372036854775807})",
       R"({"a":-9223372036854775808,"b":9223372036854775807})"},
      {"tags", R"({"a":5e-324,"b":1.7976931348623157e308,"c":1e-400})",
       R"({"a":5e-324,"b":1.7976931348623157e+308,"c":0.0})"},
      {"tags", R"({"a":{"$double":"NaN"}})", R"({"a":{"$double":"NaN"}})"},
      {"tags", R"({"\u0061":1})", R"({"a":1})"},
  };
  for (const Golden& golden : goldens) expect_golden(golden);
}

void tags_are_no_special_value(void**) {
  for (const char* value : {R"({"$bytes":"AA=="})", R"({"$double":"NaN"})"}) {
    Status status = failure_of(member("tags", value));
    assert_int_equal(status.code(), Code::kInvalidArgument);
    assert_non_null(strstr(status.message(), "tags must be a map"));
  }
}

// A list of maps with the same keys, and one with other keys between them.
std::string like_maps(size_t count, const std::string& key) {
  std::string list;
  for (size_t i = 0; i < count; i++) {
    if (i > 0) list += ",";
    list += i == count / 2 ? R"({"other":1})" : "{\"" + key + "\":null,\"z\":[]}";
  }
  return "{\"tags\":{\"list\":[" + list + "]}}";
}

void like_maps_share_their_keys(void**) {
  std::string json = like_maps(1000, "key");
  OwnedDocument document = document_of(json);
  assert_string_equal(json_of(document.bytes()).c_str(), json.c_str());
  // A map alone takes 40 bytes, its keys would take 28 more.
  assert_true(document.bytes().size() < 45000);
}

void shared_keys_stay_within_the_limit_of_sharing(void**) {
  // Were all shared, a document of this kind would unfold to fifty times its size.
  std::string json = like_maps(1000, std::string(2000, 'k'));
  OwnedDocument document = document_of(json);
  assert_string_equal(json_of(document.bytes()).c_str(), json.c_str());
}

void unknown_members_may_reach_the_last_level(void**) {
  JsonReader reader({.unknown_to_tags = true});
  auto nested = [](int chunks, const char* innermost) {
    std::string json = innermost;
    for (int i = 0; i < chunks; i++) json = "{\"chunks\":[" + json + "]}";
    return json;
  };
  assert_true(reader.read(nested(126, R"({"x":1})")).ok());
  assert_false(reader.read(nested(127, R"({"x":1})")).ok());
  assert_true(reader.read(nested(125, R"({"x":[]})")).ok());
  assert_false(reader.read(nested(126, R"({"x":[]})")).ok());
  assert_false(reader.read(R"({"x":1,"tags":{"x":2}})").ok());
  assert_false(reader.read(R"({"tags":{"x":2,"x":3}})").ok());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(texts_return_letter_by_letter),
      cmocka_unit_test(counts_take_all_of_32_bits),
      cmocka_unit_test(numbers_and_bytes_have_one_spelling),
      cmocka_unit_test(scores_are_sorted_by_name),
      cmocka_unit_test(tensors_return_in_every_dtype),
      cmocka_unit_test(values_beyond_a_dtype_are_refused),
      cmocka_unit_test(tags_return_in_every_kind),
      cmocka_unit_test(tags_are_no_special_value),
      cmocka_unit_test(like_maps_share_their_keys),
      cmocka_unit_test(shared_keys_stay_within_the_limit_of_sharing),
      cmocka_unit_test(unknown_members_may_reach_the_last_level),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
