// Which releases wrote a store, from what its documents show.

// First: cmocka has a macro of the name of a function of protozero.
#include "unit/exchange/wire_samples.h"

#include "exchange/wire_era.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

WireEra era_of(std::initializer_list<std::string> documents) {
  WireEvidence evidence;
  for (const std::string& document : documents) evidence.gather(as_wire(document));
  return settle_era(evidence);
}

void expect_era(const WireEra& era, bool float_locations, const char* text) {
  assert_string_equal(era.text.c_str(), text);
  assert_int_equal(era.float_locations, float_locations);
}

const std::string kNamed = bytes_field(19, dense_array("|u1", {1}, "a") + bytes_field(3, "numpy"));
const std::string kUnnamed = bytes_field(19, dense_array("|u1", {1}, "a"));
const std::string kEntry = map_entry("a", float_field(1, 5));

void class_names_and_float_offsets_are_late(void**) {
  expect_era(era_of({kNamed + float_field(18, 7), kNamed}), true,
             "written by 2.4 to 2.6: arrays with a class name (2), floats as offsets (1)");
}

void arrays_without_a_class_name_and_integer_offsets_are_early(void**) {
  expect_era(era_of({kUnnamed + number_field(18, 7)}), false,
             "written by 2.0 to 2.3: arrays without a class name (1), integers as offsets (1)");
}

void content_hashes_and_grouped_scores_narrow_it(void**) {
  expect_era(era_of({bytes_field(24, "00")}), false,
             "written by 2.0.0 to 2.0.12: content hashes (1)");
  expect_era(era_of({bytes_field(28, bytes_field(1, kEntry))}), false,
             "written by 2.0.0 to 2.0.3: scores in one message (1)");
}

void chunks_and_matches_show_as_much(void**) {
  expect_era(era_of({bytes_field(4, bytes_field(8, kNamed))}), true,
             "written by 2.4 to 2.6: arrays with a class name (1)");
}

void a_location_that_fits_one_form_only_decides_for_all(void**) {
  expect_era(era_of({bytes_field(17, "\x01\x02\x03"), bytes_field(17, "\x01\x02\x03\x04")}), false,
             "written by 2.0 to 2.3: locations that are no floats (1)");
  expect_era(era_of({bytes_field(17, raw<float>({-1.5F}))}), true,
             "written by 2.4 to 2.6: locations that are no integers (1)");
}

void open_locations_are_a_guess_by_their_size(void**) {
  expect_era(era_of({bytes_field(17, raw<float>({12, 34}))}), true,
             "written by 2.4 to 2.6, a guess: locations look like floats (1)");
  expect_era(era_of({bytes_field(17, "\x01\x02\x03\x04")}), false,
             "written by 2.0 to 2.3, a guess: locations do not look like floats (1)");
}

void nothing_to_tell_is_said(void**) {
  expect_era(era_of({bytes_field(1, "a") + bytes_field(13, "text")}), true,
             "nothing tells which releases wrote it, and nothing depends on it");
  expect_era(era_of({}), true, "nothing tells which releases wrote it, and nothing depends on it");
}

void several_eras_are_told_with_what_becomes_of_locations(void**) {
  expect_era(
      era_of({kNamed, kUnnamed, kUnnamed}), false,
      "written by releases of several eras: 2.0 to 2.3 (arrays without a class name (2)) and "
      "2.4 to 2.6 (arrays with a class name (1)); locations that could be either are "
      "integers");
}

void broken_documents_show_what_they_can(void**) {
  expect_era(era_of({kNamed + "\x6a\x7f", "\xff\xff\xff"}), true,
             "written by 2.4 to 2.6: arrays with a class name (1)");
}

void forms_of_scores_are_told_apart(void**) {
  assert_false(are_grouped_scores(kEntry));
  assert_true(are_grouped_scores(bytes_field(1, kEntry)));
  assert_false(are_grouped_scores(""));
  // A name that would parse as a message.
  assert_false(are_grouped_scores(map_entry("\x0a\x01x", float_field(1, 5))));
  assert_false(are_grouped_scores(bytes_field(1, "plain")));
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(class_names_and_float_offsets_are_late),
      cmocka_unit_test(arrays_without_a_class_name_and_integer_offsets_are_early),
      cmocka_unit_test(content_hashes_and_grouped_scores_narrow_it),
      cmocka_unit_test(chunks_and_matches_show_as_much),
      cmocka_unit_test(a_location_that_fits_one_form_only_decides_for_all),
      cmocka_unit_test(open_locations_are_a_guess_by_their_size),
      cmocka_unit_test(nothing_to_tell_is_said),
      cmocka_unit_test(several_eras_are_told_with_what_becomes_of_locations),
      cmocka_unit_test(broken_documents_show_what_they_can),
      cmocka_unit_test(forms_of_scores_are_told_apart),
  };
  return cmocka_run_group_tests_name("wire_era", tests, nullptr, nullptr);
}
