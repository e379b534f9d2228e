// Serialized documents of every release, field by field.

// First: cmocka has a macro of the name of a function of protozero.
#include "unit/exchange/wire_samples.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

void expect_json(const std::string& wire, const char* json,
                 const WireDocumentReader::Options& options = {}) {
  assert_string_equal(json_of_wire(wire, options).c_str(), json);
}

void expect_loss(const std::string& wire, const char* json, const char* loss) {
  expect_json(wire, json);
  const std::vector<std::string> losses = losses_of(wire);
  assert_int_equal(losses.size(), 1);
  assert_string_equal(losses[0].c_str(), loss);
}

const std::string kId = bytes_field(1, "a");

// A document whose tags have one value, `n`.
std::string tagged(const std::string& value) {
  return kId + bytes_field(11, bytes_field(1, map_entry("n", value)));
}

void plain_fields_have_their_places(void**) {
  expect_json(kId + float_field(5, 0.5) + bytes_field(9, "u") + bytes_field(10, "m/n") +
                  bytes_field(13, "hello") + number_field(14, 1) + bytes_field(16, "p") +
                  bytes_field(21, "image") + number_field(22, 2) + bytes_field(24, "hash"),
              R"({"adjacency":2,"granularity":1,"id":"a","mime_type":"m/n","modality":"image",)"
              R"("parent_id":"p","text":"hello","uri":"u","weight":0.5})");
}

void an_empty_message_is_an_empty_document(void**) { expect_json("", "{}"); }

void empty_texts_are_absent_but_for_the_content(void**) {
  expect_json(bytes_field(1, "") + bytes_field(9, "") + bytes_field(13, ""), R"({"text":""})");
  expect_json(kId + bytes_field(3, ""), R"({"buffer":"","id":"a"})");
}

void the_last_content_counts(void**) {
  expect_json(kId + bytes_field(13, "text") + bytes_field(3, "\x01"),
              R"({"buffer":"AQ==","id":"a"})");
  expect_json(kId + bytes_field(3, "\x01") + bytes_field(13, "text"),
              R"({"id":"a","text":"text"})");
  const std::string blob = dense_array("|u1", {2}, "ab");
  expect_json(kId + bytes_field(13, "text") + bytes_field(12, blob),
              R"({"blob":{"data":[97,98],"dtype":"u8","shape":[2]},"id":"a"})");
}

void the_last_of_a_repeated_field_counts(void**) {
  expect_json(kId + bytes_field(1, "b"), R"({"id":"b"})");
}

void chunks_and_matches_nest(void**) {
  const std::string grain = bytes_field(1, "grain") + number_field(14, 2);
  const std::string chunk = bytes_field(1, "chunk") + bytes_field(4, grain);
  expect_json(kId + bytes_field(4, chunk) + bytes_field(4, kId) + bytes_field(8, kId),
              R"({"chunks":[{"chunks":[{"granularity":2,"id":"grain"}],"id":"chunk"},{"id":"a"}],)"
              R"("id":"a","matches":[{"id":"a"}]})");
}

void tags_hold_every_kind_of_value(void**) {
  expect_json(tagged(double_field(2, 3)), R"({"id":"a","tags":{"n":3.0}})");
  expect_json(tagged(bytes_field(3, "x")), R"({"id":"a","tags":{"n":"x"}})");
  expect_json(tagged(number_field(4, 1)), R"({"id":"a","tags":{"n":true}})");
  expect_json(tagged(number_field(4, 0)), R"({"id":"a","tags":{"n":false}})");
  expect_json(tagged(number_field(1, 0)), R"({"id":"a","tags":{"n":null}})");
  expect_json(tagged(""), R"({"id":"a","tags":{"n":null}})");
  expect_json(tagged(bytes_field(5, "")), R"({"id":"a","tags":{"n":{}}})");
  expect_json(tagged(bytes_field(6, "")), R"({"id":"a","tags":{"n":[]}})");
  const std::string list = bytes_field(1, bytes_field(3, "x")) + bytes_field(1, double_field(2, 1));
  expect_json(tagged(bytes_field(6, list)), R"({"id":"a","tags":{"n":["x",1.0]}})");
}

void keys_of_tags_are_sorted_and_the_last_of_equal_ones_counts(void**) {
  const std::string tags = bytes_field(1, map_entry("b", double_field(2, 1))) +
                           bytes_field(1, map_entry("a", double_field(2, 2))) +
                           bytes_field(1, map_entry("b", double_field(2, 3)));
  expect_json(kId + bytes_field(11, tags), R"({"id":"a","tags":{"a":2.0,"b":3.0}})");
}

void tags_without_entries_are_absent(void**) {
  expect_json(kId + bytes_field(11, ""), R"({"id":"a"})");
}

void whole_numbers_become_integers_on_request_only(void**) {
  const WireDocumentReader::Options integers = {.integers = true};
  expect_json(tagged(double_field(2, -7)), R"({"id":"a","tags":{"n":-7}})", integers);
  expect_json(tagged(double_field(2, 0.5)), R"({"id":"a","tags":{"n":0.5}})", integers);
  expect_json(tagged(double_field(2, -0.0)), R"({"id":"a","tags":{"n":-0.0}})", integers);
  expect_json(tagged(double_field(2, 9007199254740992)),
              R"({"id":"a","tags":{"n":9007199254740992}})", integers);
  expect_json(tagged(double_field(2, 1e300)), R"({"id":"a","tags":{"n":1e+300}})", integers);
}

void scores_are_read_in_both_forms(void**) {
  const std::string cosine =
      map_entry("cos", float_field(1, 0.25) + bytes_field(2, "op") + bytes_field(3, "why") +
                           bytes_field(4, float_field(1, 2)) + bytes_field(5, "ref"));
  const std::string one = map_entry("a", float_field(1, 5));
  const char* json =
      R"({"id":"a","scores":{"a":{"value":5.0},"cos":{"description":"why","op_name":"op",)"
      R"("operands":[{"value":2.0}],"ref_id":"ref","value":0.25}}})";
  expect_json(kId + bytes_field(28, cosine) + bytes_field(28, one), json);
  expect_json(kId + bytes_field(28, bytes_field(1, cosine) + bytes_field(1, one)), json);
  expect_json(kId + bytes_field(29, one), R"({"evaluations":{"a":{"value":5.0}},"id":"a"})");
  expect_json(kId + bytes_field(28, ""), R"({"id":"a"})");
}

void locations_are_floats_or_integers_as_the_store_is(void**) {
  const std::string floats = kId + bytes_field(17, raw<float>({1.5F, 2}));
  expect_json(floats, R"({"id":"a","location":[1.5,2.0]})");
  const std::string four = kId + bytes_field(17, "\x01\x02\x03\x04");
  expect_json(four, R"({"id":"a","location":[1.0,2.0,3.0,4.0]})", {.float_locations = false});
  const std::string three = kId + bytes_field(17, "\x0c\x22\x38");
  expect_json(three, R"({"id":"a","location":[12.0,34.0,56.0]})");
}

void offsets_are_whole_numbers_in_either_form(void**) {
  expect_json(kId + number_field(18, 7), R"({"id":"a","offset":7})");
  expect_json(kId + float_field(18, 7), R"({"id":"a","offset":7})");
  expect_loss(kId + float_field(18, 7.5), R"({"id":"a"})",
              "offset is left out: 7.5 is no whole number from 0 to 4294967295");
  expect_loss(kId + float_field(18, -1), R"({"id":"a"})",
              "offset is left out: -1 is no whole number from 0 to 4294967295");
}

void what_documents_have_no_place_for_is_named(void**) {
  expect_loss(kId + bytes_field(27, "\x18\x01"), R"({"id":"a"})",
              "its graph is left out: documents have none");
  expect_loss(kId + bytes_field(40, "?"), R"({"id":"a"})",
              "a field is left out: number 40 with wire type 2 is in no release");
  expect_loss(number_field(13, 7) + kId, R"({"id":"a"})",
              "a field is left out: number 13 with wire type 0 is in no release");
}

void an_array_that_cannot_be_kept_does_not_keep_the_document_out(void**) {
  expect_loss(kId + bytes_field(19, dense_array("<c8", {1}, "12345678")), R"({"id":"a"})",
              "embedding is left out: array of dtype \"<c8\", which documents do not have");
}

void a_given_id_takes_the_place_of_the_document_s(void**) {
  WireDocumentReader reader({});
  const std::string wire = kId + bytes_field(4, kId);
  const Result<Bytes> document = reader.read(as_wire(wire), "given");
  assert_true(document.ok());
  assert_string_equal(document_root(document.value())->id()->c_str(), "given");
  assert_string_equal(document_root(document.value())->chunks()->Get(0)->id()->c_str(), "a");
}

void ids_are_read_without_the_rest(void**) {
  assert_true(wire_document_id(as_wire(number_field(14, 1) + kId)) == "a");
  assert_true(wire_document_id(as_wire(kId + "\x6a\x7f")) == "a");
  assert_true(wire_document_id({}).empty());
}

void one_reader_reads_many_documents(void**) {
  WireDocumentReader reader({});
  for (int round = 0; round < 3; round++) {
    const std::string wire = tagged(double_field(2, round)) + number_field(40, 1);
    const Result<Bytes> document = reader.read(as_wire(wire), {});
    assert_true(document.ok());
    assert_true(document_root(document.value())->tags()->reals()->Get(0) == round);
    assert_int_equal(reader.losses().size(), 1);
    assert_false(reader.read(as_wire("\x6a\x7f"), {}).ok());
    assert_true(reader.losses().empty());
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(plain_fields_have_their_places),
      cmocka_unit_test(an_empty_message_is_an_empty_document),
      cmocka_unit_test(empty_texts_are_absent_but_for_the_content),
      cmocka_unit_test(the_last_content_counts),
      cmocka_unit_test(the_last_of_a_repeated_field_counts),
      cmocka_unit_test(chunks_and_matches_nest),
      cmocka_unit_test(tags_hold_every_kind_of_value),
      cmocka_unit_test(keys_of_tags_are_sorted_and_the_last_of_equal_ones_counts),
      cmocka_unit_test(tags_without_entries_are_absent),
      cmocka_unit_test(whole_numbers_become_integers_on_request_only),
      cmocka_unit_test(scores_are_read_in_both_forms),
      cmocka_unit_test(locations_are_floats_or_integers_as_the_store_is),
      cmocka_unit_test(offsets_are_whole_numbers_in_either_form),
      cmocka_unit_test(what_documents_have_no_place_for_is_named),
      cmocka_unit_test(an_array_that_cannot_be_kept_does_not_keep_the_document_out),
      cmocka_unit_test(a_given_id_takes_the_place_of_the_document_s),
      cmocka_unit_test(ids_are_read_without_the_rest),
      cmocka_unit_test(one_reader_reads_many_documents),
  };
  return cmocka_run_group_tests_name("wire_document", tests, nullptr, nullptr);
}
