// Status and Result: what they carry, how they copy, and how a failure leaves a function.
//
// A text is data here, never a format: a percent sign in it must come out as it went in.
#include "base/status.h"

#include <string>

#include "unit/cmocka_cpp.h"

namespace {

using dam::Code;
using dam::Result;
using dam::Status;

Status failure() { return Status::error(Code::kCorrupt, "stored %d, computed %s", 7, "100%d"); }

Status pass_on(const Status& first, bool* reached_end) {
  DAM_TRY(first);
  *reached_end = true;
  return {};
}

Result<std::string> doubled(Result<std::string> input) {
  DAM_ASSIGN(std::string text, std::move(input));
  return text + text;
}

void a_new_status_is_success_without_a_text(void**) {
  const Status status;
  assert_true(status.ok());
  assert_true(status.code() == Code::kOk);
  assert_string_equal(status.message(), "");
}

void an_error_carries_its_code_and_formatted_text(void**) {
  const Status status = failure();
  assert_false(status.ok());
  assert_true(status.code() == Code::kCorrupt);
  assert_string_equal(status.message(), "stored 7, computed 100%d");
}

void a_text_longer_than_the_limit_is_cut_not_lost(void**) {
  const std::string text(5000, 'x');
  const Status status = Status::error(Code::kIo, "%s", text.c_str());
  assert_string_equal(status.message(), std::string(1023, 'x').c_str());
}

void absence_is_not_found_without_a_text(void**) {
  const Status status = Status::absent();
  assert_true(status.code() == Code::kNotFound);
  assert_string_equal(status.message(), "");
}

void a_copy_has_a_text_of_its_own(void**) {
  Status original = failure();
  const Status copy = original;
  Status assigned;
  assigned = original;
  original = Status();
  assert_true(original.ok());
  assert_string_equal(copy.message(), "stored 7, computed 100%d");
  assert_string_equal(assigned.message(), "stored 7, computed 100%d");
  assert_true(assigned.code() == Code::kCorrupt);
}

void trying_a_failure_leaves_the_function_with_it(void**) {
  bool reached_end = false;
  assert_string_equal(pass_on(failure(), &reached_end).message(), "stored 7, computed 100%d");
  assert_false(reached_end);
  assert_true(pass_on(Status(), &reached_end).ok());
  assert_true(reached_end);
}

void a_result_holds_its_value_or_the_reason_there_is_none(void**) {
  const Result<int> answer = 42;
  assert_true(answer.ok());
  assert_int_equal(answer.value(), 42);
  assert_true(answer.status().ok());
  const Result<int> none = failure();
  assert_false(none.ok());
  assert_true(none.status().code() == Code::kCorrupt);
}

void assigning_takes_the_value_or_leaves_with_the_failure(void**) {
  assert_true(doubled(std::string("ab")).value() == "abab");
  assert_string_equal(doubled(failure()).status().message(), "stored 7, computed 100%d");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_new_status_is_success_without_a_text),
      cmocka_unit_test(an_error_carries_its_code_and_formatted_text),
      cmocka_unit_test(a_text_longer_than_the_limit_is_cut_not_lost),
      cmocka_unit_test(absence_is_not_found_without_a_text),
      cmocka_unit_test(a_copy_has_a_text_of_its_own),
      cmocka_unit_test(trying_a_failure_leaves_the_function_with_it),
      cmocka_unit_test(a_result_holds_its_value_or_the_reason_there_is_none),
      cmocka_unit_test(assigning_takes_the_value_or_leaves_with_the_failure),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
