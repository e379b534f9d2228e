// Dotted paths into parts, and parts into indexes.
#include "document/dotted_path.h"

#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

void expect_parts(std::string_view path, const PathParts& parts) {
  auto split = split_path(path);
  assert_true(split.ok());
  assert_true(split.value() == parts);
}

void dots_divide_and_backslashes_escape(void**) {
  expect_parts("", {});
  expect_parts("a", {"a"});
  expect_parts("a.b.0", {"a", "b", "0"});
  expect_parts(".", {"", ""});
  expect_parts("a..", {"a", "", ""});
  expect_parts("a\\.b", {"a.b"});
  expect_parts("\\\\.\\.", {"\\", "."});
  expect_parts("ü.€", {"ü", "€"});
  expect_parts(std::string_view("a\0b.c", 5), {std::string("a\0b", 3), "c"});
}

void a_stray_backslash_and_broken_text_are_refused(void**) {
  for (const char* path : {"\\", "a\\", "a\\b", "a.\\x", "\xff", "a\xc3"})
    assert_int_equal(split_path(path).status().code(), Code::kInvalidArgument);
}

void an_index_is_digits_without_a_zero_in_front(void**) {
  assert_true(index_of_part("0") == 0U);
  assert_true(index_of_part("10") == 10U);
  assert_true(index_of_part("4294967295") == UINT32_MAX);
  for (const char* part : {"", "00", "01", "-1", "+1", "1a", "a", " 1", "4294967296"})
    assert_false(index_of_part(part).has_value());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(dots_divide_and_backslashes_escape),
      cmocka_unit_test(a_stray_backslash_and_broken_text_are_refused),
      cmocka_unit_test(an_index_is_digits_without_a_zero_in_front),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
