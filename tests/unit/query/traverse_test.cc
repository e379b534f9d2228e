// Walks to chunks and matches: which documents, in which order, in which groups.
#include "query/traverse.h"

#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;

std::shared_ptr<const View> birds() {
  return std::make_shared<const ListedView>(ListedView{
      R"({"id":"a","chunks":[{"id":"a1","matches":[{"id":"x"},{"id":"y"}]},{"id":"a2"}],
          "matches":[{"id":"am","chunks":[{"id":"amc"}]}]})",
      R"({"id":"b"})",
      R"({"id":"c","chunks":[{"id":"c1","chunks":[{"id":"c11"}],"matches":[{"id":"z"}]}]})",
  });
}

// As "id@position:group/path", with a ! for a record that is damaged.
std::string walk(const std::shared_ptr<const View>& view, std::string_view paths) {
  TraverseWalk walk(view, parse_traverse_paths(paths).value());
  std::string seen;
  while (true) {
    TraverseStep step;
    const Status status = walk.next(step);
    if (status.code() == Code::kNotFound) break;
    if (!seen.empty()) seen += ' ';
    if (!status.ok()) {
      assert_int_equal(status.code(), Code::kCorrupt);
      seen += '!';
      continue;
    }
    seen += std::string(as_view(step.document->id())) + "@" + std::to_string(step.position) + ":" +
            std::to_string(step.group) + "/" + std::to_string(step.path);
  }
  TraverseStep step;
  assert_int_equal(walk.next(step).code(), Code::kNotFound);
  return seen;
}

void expect(std::string_view paths, const std::string& seen) {
  assert_string_equal(walk(birds(), paths).c_str(), seen.c_str());
}

void r_is_the_array_itself_as_one_group(void**) { expect("r", "a@0:0/0 b@1:0/0 c@2:0/0"); }

void c_and_m_are_a_group_for_each_document(void**) {
  expect("c", "a1@0:0/0 a2@0:0/0 c1@2:2/0");
  expect("m", "am@0:0/0");
}

void letters_apply_from_left_to_right(void**) {
  expect("cm", "x@0:0/0 y@0:0/0 z@2:2/0");
  expect("mc", "amc@0:0/0");
  expect("cc", "c11@2:2/0");
  expect("ccc", "");
}

void r_within_a_path_leads_nowhere_else(void**) {
  expect("rcrmr", walk(birds(), "cm"));
  expect("rr", walk(birds(), "r"));
}

void several_paths_follow_one_another(void**) {
  expect("c,r,m", "a1@0:0/0 a2@0:0/0 c1@2:2/0 a@0:3/1 b@1:3/1 c@2:3/1 am@0:4/2");
  expect("c,c", "a1@0:0/0 a2@0:0/0 c1@2:2/0 a1@0:3/1 a2@0:3/1 c1@2:5/1");
}

void an_empty_array_has_nothing_on_any_path(void**) {
  const auto none = std::make_shared<const ListedView>(ListedView{});
  assert_string_equal(walk(none, "r,c,mm").c_str(), "");
}

void a_damaged_record_is_told_once_on_each_path(void**) {
  const auto view = std::make_shared<const ListedView>(ListedView{
      R"({"id":"a","chunks":[{"id":"a1"}]})", "damaged", R"({"id":"c","chunks":[{"id":"c1"}]})"});
  assert_string_equal(walk(view, "r,c").c_str(), "a@0:0/0 ! c@2:0/0 a1@0:1/1 ! c1@2:2/1");
}

void what_is_given_out_lies_in_the_records(void**) {
  const auto view = birds();
  TraverseWalk walk(view, parse_traverse_paths("cm").value());
  TraverseStep step;
  while (walk.next(step).ok()) {
    const auto* begin = step.outermost.data();
    const auto* at = reinterpret_cast<const uint8_t*>(step.document);
    assert_true(at > begin && at < begin + step.outermost.size());
  }
}

void an_unknown_letter_is_told_with_its_place(void**) {
  struct Case {
    const char* paths;
    const char* message;
  };
  constexpr Case kCases[] = {
      {"x", "a letter other than r, c and m at place 1 of the traversal paths"},
      {"cm,cx", "a letter other than r, c and m at place 5 of the traversal paths"},
      {"c m", "a letter other than r, c and m at place 2 of the traversal paths"},
      {"R", "a letter other than r, c and m at place 1 of the traversal paths"},
      {"", "a path without letters at place 1 of the traversal paths"},
      {",", "a path without letters at place 1 of the traversal paths"},
      {"c,,m", "a path without letters at place 3 of the traversal paths"},
      {"c,", "a path without letters at place 3 of the traversal paths"},
  };
  for (const Case& row : kCases) {
    const auto parsed = parse_traverse_paths(row.paths);
    assert_int_equal(parsed.status().code(), Code::kInvalidArgument);
    assert_string_equal(parsed.status().message(), row.message);
  }
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(r_is_the_array_itself_as_one_group),
      cmocka_unit_test(c_and_m_are_a_group_for_each_document),
      cmocka_unit_test(letters_apply_from_left_to_right),
      cmocka_unit_test(r_within_a_path_leads_nowhere_else),
      cmocka_unit_test(several_paths_follow_one_another),
      cmocka_unit_test(an_empty_array_has_nothing_on_any_path),
      cmocka_unit_test(a_damaged_record_is_told_once_on_each_path),
      cmocka_unit_test(what_is_given_out_lies_in_the_records),
      cmocka_unit_test(an_unknown_letter_is_told_with_its_place),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
