// Bytes that no release wrote: every cut, every bit, nesting, lengths that lie.

// First: cmocka has a macro of the name of a function of protozero.
#include "unit/exchange/wire_samples.h"

#include <algorithm>
#include <string>

#include "document/verify_document.h"
#include "exchange/wire_era.h"
#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

// A document with everything that has lengths inside.
std::string rich() {
  const std::string list = bytes_field(1, bytes_field(3, "x")) + bytes_field(1, double_field(2, 1));
  const std::string tags = bytes_field(1, map_entry("list", bytes_field(6, list))) +
                           bytes_field(1, map_entry("map", bytes_field(5, "")));
  const std::string score =
      map_entry("cos", float_field(1, 1) + bytes_field(4, bytes_field(2, "o")));
  const std::string array = dense_array("<f4", {2}, raw<float>({1, 2})) + bytes_field(3, "numpy");
  const std::string indices = bytes_field(1, raw<int32_t>({0, 1})) + bytes_field(3, "<i4");
  const std::string values = bytes_field(1, "v") + bytes_field(3, "|u1");
  const std::string sparse = bytes_field(
      2, bytes_field(1, indices) + bytes_field(2, values) + bytes_field(3, packed_numbers({2, 2})));
  return bytes_field(1, "id") + bytes_field(4, bytes_field(1, "chunk")) + bytes_field(11, tags) +
         bytes_field(12, sparse) + bytes_field(17, raw<float>({1})) + float_field(18, 3) +
         bytes_field(19, array) + bytes_field(28, score) + bytes_field(29, bytes_field(1, score));
}

// Whatever the bytes are: a verified document or a failure with a text, and nothing else.
void read_whatever(WireDocumentReader& reader, const std::string& wire) {
  const Result<Bytes> document = reader.read(as_wire(wire), {});
  if (document.ok())
    assert_true(verify_document(document.value()).ok());
  else
    assert_true(*document.status().message() != '\0');
  WireEvidence evidence;
  evidence.gather(as_wire(wire));
  (void)wire_document_id(as_wire(wire));
}

void every_cut_of_a_document_is_read_or_refused(void**) {
  WireDocumentReader reader({});
  const std::string wire = rich();
  assert_true(reader.read(as_wire(wire), {}).ok());
  for (size_t size = 0; size < wire.size(); size++) read_whatever(reader, wire.substr(0, size));
}

void every_changed_byte_of_a_document_is_read_or_refused(void**) {
  WireDocumentReader reader({});
  const std::string wire = rich();
  for (size_t at = 0; at < wire.size(); at++) {
    for (int byte = 0; byte < 256; byte++) {
      std::string changed = wire;
      changed[at] = static_cast<char>(byte);
      read_whatever(reader, changed);
    }
  }
}

void noise_is_read_or_refused(void**) {
  WireDocumentReader reader({.integers = true});
  uint32_t noise = 7;
  for (int round = 0; round < 20000; round++) {
    std::string wire(static_cast<size_t>(round % 64), '\0');
    for (char& byte : wire) byte = static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
    read_whatever(reader, wire);
  }
}

// `depth` messages, each in this field of the one around it.
std::string nested(uint32_t field, int depth, const std::string& innermost = "") {
  std::string wire = innermost;
  for (int i = 0; i < depth; i++) wire = bytes_field(field, wire);
  return wire;
}

void expect_too_deep(const std::string& wire) {
  const Status status = failure_of_wire(wire);
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kInvalidDocument));
  assert_non_null(std::strstr(status.message(), "nested deeper than 128 levels"));
}

void chunks_nest_as_deep_as_documents_may(void**) {
  assert_true(json_of_wire(nested(4, 127)).find("chunks") != std::string::npos);
  expect_too_deep(nested(4, 128));
  expect_too_deep(nested(8, 5000));
}

void tags_and_scores_nest_as_deep_as_documents_may(void**) {
  std::string value;
  for (int i = 0; i < 3000; i++) value = bytes_field(6, bytes_field(1, value));
  expect_too_deep(bytes_field(11, bytes_field(1, map_entry("a", value))));
  value.clear();
  for (int i = 0; i < 3000; i++) value = bytes_field(5, bytes_field(1, map_entry("a", value)));
  expect_too_deep(bytes_field(11, bytes_field(1, map_entry("a", value))));
  expect_too_deep(bytes_field(28, map_entry("a", nested(4, 3000, float_field(1, 1)))));
}

void evidence_of_nested_documents_ends_at_some_depth(void**) {
  WireEvidence evidence;
  evidence.gather(as_wire(nested(4, 20000, float_field(18, 1))));
  assert_int_equal(evidence.float_offsets, 0);
  evidence.gather(as_wire(nested(4, 100, float_field(18, 1))));
  assert_int_equal(evidence.float_offsets, 1);
}

void lengths_that_lie_name_the_field(void**) {
  const struct {
    const char* wire;
    const char* message;
  } rows[] = {
      {"\x6a\x7f", "does not parse, in text: a length leads beyond its end"},
      {"\x6a\xff\xff\xff\xff\x0f", "does not parse, in text: a length leads beyond its end"},
      {"\x5a\x02\x0a\x7f", "does not parse, in tags: a length leads beyond its end"},
      {"\x9a\x01\x02\x0a\x7f", "does not parse, in embedding: a length leads beyond its end"},
      {"\x22\x02\x6a\x7f", "does not parse, in text: a length leads beyond its end"},
      {"\x0b", "does not parse: a wire type is none of the four"},
      {"\x02", "does not parse: a field number is none"},
      {"\x70\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
       "does not parse, in a field: a number has more than 64 bits"},
  };
  for (const auto& row : rows)
    assert_string_equal(failure_of_wire(row.wire).message(), row.message);
}

void text_that_is_not_utf_8_is_refused(void**) {
  assert_non_null(std::strstr(failure_of_wire(bytes_field(13, "\xff")).message(), "not UTF-8"));
  assert_non_null(std::strstr(failure_of_wire(bytes_field(1, "\xed\xa0\x80")).message(), "UTF-8"));
}

void ids_beyond_the_limit_are_refused(void**) {
  const Status status = failure_of_wire(bytes_field(1, std::string(65536, 'x')));
  assert_int_equal(static_cast<int>(status.code()), static_cast<int>(Code::kTooBig));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_cut_of_a_document_is_read_or_refused),
      cmocka_unit_test(every_changed_byte_of_a_document_is_read_or_refused),
      cmocka_unit_test(noise_is_read_or_refused),
      cmocka_unit_test(chunks_nest_as_deep_as_documents_may),
      cmocka_unit_test(tags_and_scores_nest_as_deep_as_documents_may),
      cmocka_unit_test(evidence_of_nested_documents_ends_at_some_depth),
      cmocka_unit_test(lengths_that_lie_name_the_field),
      cmocka_unit_test(text_that_is_not_utf_8_is_refused),
      cmocka_unit_test(ids_beyond_the_limit_are_refused),
  };
  return cmocka_run_group_tests_name("hostile_wire", tests, nullptr, nullptr);
}
