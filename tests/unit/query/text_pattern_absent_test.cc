// A libdam without RE2: filters with a regular expression are refused, all others work.
#include <cstring>

#include "unit/query/filter_sample.h"

namespace {

void a_regular_expression_is_unsupported_by_its_text(void**) {
  for (const char* json : {R"({"text":{"$regex":"bird"}})", R"({"text":{"$match":"bird"}})"}) {
    const dam::Result<dam::Filter> filter = dam::parse_filter(json);
    assert_false(filter.ok());
    assert_int_equal(filter.status().code(), dam::Code::kUnsupported);
    assert_non_null(strstr(filter.status().message(), "\"bird\""));
    assert_non_null(strstr(filter.status().message(), "built without RE2"));
  }
}

void other_filters_work(void**) {
  dam::test::assert_found(dam::test::tagged({R"({"a":1})", R"({"a":2})"}), R"({"tags.a":2})", "1");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(a_regular_expression_is_unsupported_by_its_text),
      cmocka_unit_test(other_filters_work),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
