// The content hash: numbers that must never change, and what it does and does not see.
#include "document/content_hash.h"

#include <cinttypes>
#include <set>

#include "document/document_edit.h"
#include "document/document_view.h"
#include "document_samples.h"
#include "random_json.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

uint64_t hash_of(const std::string& json) {
  return content_hash(document_root(document_of(json).bytes()));
}

bool equal(const std::string& a, const std::string& b) {
  OwnedDocument first = document_of(a), second = document_of(b);
  return equal_documents(document_root(first.bytes()), document_root(second.bytes()));
}

void the_hashes_of_these_documents_are_for_ever(void**) {
  const struct {
    const char* json;
    uint64_t hash;
  } cases[] = {
      {"{}", 0xc44bdff4074eecdb},  // XXH3 of one zero byte, as its authors publish it
      {R"({"text":"hello"})", 0x6e324630c7cd8fb1},
      {R"({"tags":{"a":1,"b":2.5,"c":[null,true,"x",{"$bytes":"AP8="}]},"weight":0.5})",
       0x911219b9da10a9dc},
      {R"({"embedding":[1,2,3]})", 0x178872ad7a369b13},
      {kFullJson, 0x9c66e0bb8f8fc16},
  };
  for (const auto& [json, hash] : cases) {
    if (hash_of(json) != hash) fail_msg("%#" PRIx64 " of %.60s", hash_of(json), json);
  }
}

void ids_and_levels_are_not_seen_here_or_below(void**) {
  const uint64_t plain = hash_of(R"({"text":"x","chunks":[{"text":"y"}],"matches":[{}]})");
  assert_true(plain == hash_of(R"({"id":"a","parent_id":"b","granularity":3,"adjacency":4,)"
                               R"("text":"x","chunks":[{"id":"c","granularity":9,"text":"y"}],)"
                               R"("matches":[{"id":"m","adjacency":7}]})"));
  assert_true(plain != hash_of(R"({"text":"x","chunks":[{"text":"z"}],"matches":[{}]})"));
  assert_true(plain != hash_of(R"({"text":"x","chunks":[{"text":"y"}]})"));
}

void every_other_difference_is_seen(void**) {
  const char* documents[] = {
      "{}",
      R"({"text":""})",
      R"({"buffer":""})",
      R"({"uri":""})",
      R"({"tags":{}})",
      R"({"tags":{"a":[]}})",
      R"({"tags":{"a":{}}})",
      R"({"tags":{"a":1}})",
      R"({"tags":{"a":1.0}})",
      R"({"tags":{"a":true}})",
      R"({"tags":{"a":"1"}})",
      R"({"tags":{"a":{"$bytes":"MQ=="}}})",
      R"({"weight":0})",
      R"({"weight":-0.0})",
      R"({"offset":0})",
      R"({"siblings":0})",
      R"({"location":[]})",
      R"({"location":[0]})",
      R"({"chunks":[]})",
      R"({"matches":[]})",
      R"({"chunks":[{}]})",
      R"({"blob":[1]})",
      R"({"embedding":[1]})",
      R"({"embedding":[[1]]})",
      R"({"embedding":{"data":[1],"dtype":"i8"}})",
      R"({"embedding":{"data":[1],"dtype":"u8"}})",
      R"({"embedding":{"data":[1],"dtype":"i8","scale":1}})",
      R"({"embedding":{"data":[1],"dtype":"i8","scale":1,"zero_point":1}})",
      R"({"embedding":{"data":[1],"dtype":"i8","format":"coo","indices":[0],"shape":[2]}})",
      R"({"embedding":{"data":[1],"dtype":"i8","format":"csr","indices":[0],"shape":[2]}})",
      R"({"embedding":{"data":[1],"dtype":"i8","format":"csr","indices":[1],"shape":[2]}})",
      R"({"scores":{}})",
      R"({"evaluations":{}})",
      R"({"scores":{"a":{"value":1}}})",
      R"({"scores":{"a":{"value":1,"op_name":"b"}}})",
      R"({"scores":{"a":{"value":1,"description":"b"}}})",
      R"({"scores":{"a":{"value":1,"ref_id":"b"}}})",
      R"({"scores":{"a":{"value":1,"operands":[]}}})",
      R"({"scores":{"a":{"value":1,"operands":[{"value":1}]}}})",
  };
  std::set<uint64_t> hashes;
  for (const char* json : documents) {
    assert_true(hashes.insert(hash_of(json)).second);
    for (const char* other : documents) assert_true(equal(json, other) == (json == other));
  }
}

void equality_sees_ids_and_levels(void**) {
  assert_false(equal(R"({"id":"a"})", R"({"id":"b"})"));
  assert_false(equal(R"({"granularity":1})", "{}"));
  assert_true(equal(R"({"weight":"NaN"})", R"({"weight":"NaN"})"));
}

void who_encoded_a_document_does_not_matter(void**) {
  for (uint64_t i = 0; i < 500; i++) {
    OwnedDocument document = document_of(RandomJson(4711 + i).document(3));
    auto copied = document_with_id(document.bytes(), "another");
    assert_true(copied.ok());
    OwnedDocument copy(copied.value());
    OwnedDocument again = document_of(json_of(document.bytes()));
    const schema::Document* root = document_root(document.bytes());
    assert_true(content_hash(root) == content_hash(document_root(copy.bytes())));
    assert_true(content_hash(root) == content_hash(document_root(again.bytes())));
    assert_true(equal_documents(root, document_root(again.bytes())));
    assert_false(equal_documents(root, document_root(copy.bytes())));
  }
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_hashes_of_these_documents_are_for_ever),
      cmocka_unit_test(ids_and_levels_are_not_seen_here_or_below),
      cmocka_unit_test(every_other_difference_is_seen),
      cmocka_unit_test(equality_sees_ids_and_levels),
      cmocka_unit_test(who_encoded_a_document_does_not_matter),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
