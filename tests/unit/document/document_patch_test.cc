// Merge patches: the examples of RFC 7396, what documents add to it, and random ones against a
// plain implementation of the RFC on JSON.
#include "document/document_patch.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cinttypes>
#include <cstdlib>

#include "document/document_view.h"
#include "document_samples.h"
#include "random_json.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

uint64_t seed = 7396;

Result<std::vector<uint8_t>> patch_of(const std::string& json, std::string_view patch) {
  OwnedDocument document = document_of(json);
  return patched_document({nullptr, document_root(document.bytes())}, patch);
}

std::string patched(const std::string& json, std::string_view patch) {
  auto bytes = patch_of(json, patch);
  if (!bytes.ok()) fail_msg("%s", bytes.status().message());
  return json_of(OwnedDocument(bytes.value()).bytes());
}

void the_examples_of_the_rfc_hold_for_tags(void**) {
  const char* cases[][3] = {
      {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
      {R"({"a":"b"})", R"({"a":null})", R"({})"},
      {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
      {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
      {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
      {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
      {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
      {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
      {R"({"a":"foo"})", R"("bar")", R"("bar")"},
      {R"({"e":null})", R"({"a":1})", R"({"a":1,"e":null})"},
      {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
      {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
  };
  for (const auto& [before, patch, after] : cases) {
    auto in_tags = [](const char* value) { return std::string(R"({"tags":{"v":)") + value + "}}"; };
    assert_string_equal(patched(in_tags(before), in_tags(patch)).c_str(), in_tags(after).c_str());
  }
  assert_string_equal(patched(R"({"tags":{"v":1}})", R"({"tags":{"v":null}})").c_str(),
                      R"({"tags":{}})");
  assert_string_equal(patched(R"({"tags":{"v":1}})", R"({"tags":null})").c_str(), "{}");
}

void fields_are_set_replaced_and_removed(void**) {
  assert_string_equal(patched(kFullJson, "{}").c_str(), kFullJson);
  assert_string_equal(
      patched(R"({"id":"a","uri":"u","weight":1})", R"({"id":"b","uri":null,"offset":3})").c_str(),
      R"({"id":"b","offset":3,"weight":1.0})");
}

void a_content_that_is_set_takes_the_place_of_another(void**) {
  assert_string_equal(patched(R"({"text":"x"})", R"({"buffer":"AA=="})").c_str(),
                      R"({"buffer":"AA=="})");
  assert_string_equal(patched(R"({"text":"x"})", R"({"buffer":null})").c_str(), R"({"text":"x"})");
  assert_string_equal(patched(R"({"text":"x"})", R"({"text":null,"buffer":""})").c_str(),
                      R"({"buffer":""})");
  assert_int_equal(patch_of("{}", R"({"buffer":"","text":""})").status().code(),
                   Code::kInvalidArgument);
}

void tensors_and_scores_are_merged_member_by_member(void**) {
  assert_string_equal(
      patched(R"({"embedding":{"data":[1,2],"dtype":"i8"}})",
              R"({"embedding":{"scale":0.5,"zero_point":2}})")
          .c_str(),
      R"({"embedding":{"data":"AQI=","dtype":"i8","scale":0.5,"shape":[2],"zero_point":2}})");
  assert_string_equal(patched(R"({"scores":{"a":{"value":1,"op_name":"o"},"b":{"value":2}}})",
                              R"({"scores":{"a":{"op_name":null},"b":null,"c":{"value":3}}})")
                          .c_str(),
                      R"({"scores":{"a":{"value":1.0},"c":{"value":3.0}}})");
}

void spelled_values_in_tags_are_not_merged(void**) {
  assert_string_equal(
      patched(R"({"tags":{"a":{"x":1},"b":{"$bytes":"AA=="},"c":{"$double":"NaN"}}})",
              R"({"tags":{"a":{"$bytes":"AQ=="},"b":{"x":1},"c":{"$double":"Infinity"}}})")
          .c_str(),
      R"({"tags":{"a":{"$bytes":"AQ=="},"b":{"x":1},"c":{"$double":"Infinity"}}})");
}

void chunks_of_a_patch_take_their_place_from_the_result(void**) {
  assert_string_equal(
      patched(R"({"id":"a","granularity":3,"adjacency":1})",
              R"({"granularity":4,"chunks":[{"id":"c"}]})")
          .c_str(),
      R"({"adjacency":1,"chunks":[{"adjacency":1,"granularity":5,"id":"c","parent_id":"a"}],)"
      R"("granularity":4,"id":"a"})");
}

void what_is_no_patch_is_refused(void**) {
  for (const char* patch :
       {"", "[]", "1", "null", "{", R"({"color":1})", R"({"text":1})", R"({"text":"a","text":"b"})",
        R"({"tags":{"a":1,"a":2}})", R"({"tags":[]})", R"({"chunks":{}})", R"({"id":""})"})
    assert_int_equal(patch_of("{}", patch).status().code(), Code::kInvalidArgument);
  assert_int_equal(
      patch_of(R"({"embedding":[1]})", R"({"embedding":{"shape":[2]}})").status().code(),
      Code::kInvalidDocument);
  const std::string deep(100000, '[');
  assert_int_equal(patch_of("{}", R"({"tags":{"a":)" + deep).status().code(),
                   Code::kInvalidArgument);
}

using Value = rapidjson::Value;

bool is_mergeable(const Value& value) {
  if (!value.IsObject()) return false;
  if (value.MemberCount() != 1 || !value.MemberBegin()->value.IsString()) return true;
  const std::string_view name = value.MemberBegin()->name.GetString();
  return name != "$bytes" && name != "$double";
}

// The RFC's pseudo code.
void merge(Value& target, const Value& patch, rapidjson::Document::AllocatorType& memory) {
  if (!is_mergeable(patch)) {
    target.CopyFrom(patch, memory);
    return;
  }
  if (!is_mergeable(target)) target.SetObject();
  for (const auto& [name, value] : patch.GetObject()) {
    if (value.IsNull()) {
      target.RemoveMember(name);
      continue;
    }
    if (!target.HasMember(name))
      target.AddMember(Value(name, memory), Value(rapidjson::kNullType), memory);
    merge(target[name], value, memory);
  }
}

std::string merged_text(const std::string& json, const std::string& patch) {
  rapidjson::Document target, change;
  target.Parse<rapidjson::kParseFullPrecisionFlag>(json.c_str(), json.size());
  change.Parse<rapidjson::kParseFullPrecisionFlag>(patch.c_str(), patch.size());
  merge(target, change, target.GetAllocator());
  // One content: the rule that documents add.
  if (change.HasMember("text") && change["text"].IsString()) target.RemoveMember("blob");
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  target.Accept(writer);
  return {text.GetString(), text.GetSize()};
}

void random_patches_do_what_the_rfc_says(void**) {
  for (uint64_t i = 0; i < 2000; i++) {
    RandomJson random(seed + i);
    const std::string json = json_of(document_of(random.document(3)).bytes());
    const std::string patch = random.patch(3);
    const std::string expected = json_of(document_of(merged_text(json, patch)).bytes());
    const std::string found = patched(json, patch);
    if (found != expected)
      fail_msg("seed %" PRIu64 ": %s with %s is %s, not %s", seed + i, json.c_str(), patch.c_str(),
               found.c_str(), expected.c_str());
  }
}

}  // namespace
}  // namespace dam

int main(int argc, char** argv) {
  using namespace dam;
  if (argc > 1) seed = std::strtoull(argv[1], nullptr, 10);
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_examples_of_the_rfc_hold_for_tags),
      cmocka_unit_test(fields_are_set_replaced_and_removed),
      cmocka_unit_test(a_content_that_is_set_takes_the_place_of_another),
      cmocka_unit_test(tensors_and_scores_are_merged_member_by_member),
      cmocka_unit_test(spelled_values_in_tags_are_not_merged),
      cmocka_unit_test(chunks_of_a_patch_take_their_place_from_the_result),
      cmocka_unit_test(what_is_no_patch_is_refused),
      cmocka_unit_test(random_patches_do_what_the_rfc_says),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
