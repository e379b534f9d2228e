// Sparse tensors out of JSON: coordinates come in any order and are stored ascending.
#include <algorithm>
#include <string>

#include "document_samples.h"
#include "unit/cmocka_cpp.h"

namespace dam {
namespace {

std::string sparse(const std::string& data, const std::string& indices, const char* shape,
                   const char* dtype = "u8") {
  return R"({"blob":{"data":)" + data + R"(,"dtype":")" + dtype + R"(","format":"coo","indices":)" +
         indices + R"(,"shape":)" + shape + "}}";
}

void expect_canonical(const std::string& json, const std::string& canonical) {
  assert_string_equal(json_of(document_of(json).bytes()).c_str(), canonical.c_str());
}

void values_follow_their_coordinates(void**) {
  expect_canonical(sparse("[3,1,2]", "[[1,1],[0,0],[1,0]]", "[2,2]"),
                   sparse(R"("AQID")", "[0,0,1,0,1,1]", "[2,2]"));
  expect_canonical(sparse("[2,1]", "[9,4]", "[10]", "i64"),
                   sparse(R"("AQAAAAAAAAACAAAAAAAAAA==")", "[4,9]", "[10]", "i64"));
}

void base64_data_is_sorted_as_well(void**) {
  expect_canonical(sparse(R"("AwEC")", "[2,0,1]", "[3]"), sparse(R"("AQID")", "[0,1,2]", "[3]"));
}

void what_ascends_stays_as_it_is(void**) {
  const std::string sorted = sparse(R"("AQID")", "[0,1,2]", "[3]");
  expect_canonical(sorted, sorted);
  const std::string empty = sparse(R"("")", "[]", "[3]");
  expect_canonical(empty, empty);
}

void every_order_of_four_values_leads_to_the_same_document(void**) {
  int order[] = {0, 1, 2, 3};
  do {
    std::string data, indices;
    for (int value : order) {
      const char* comma = data.empty() ? "" : ",";
      data += comma + std::to_string(value);
      indices += comma + std::to_string(value / 2) + "," + std::to_string(value % 2);
    }
    expect_canonical(sparse("[" + data + "]", "[" + indices + "]", "[2,2]"),
                     sparse(R"("AAECAw==")", "[0,0,0,1,1,0,1,1]", "[2,2]"));
  } while (std::next_permutation(std::begin(order), std::end(order)));
}

void a_coordinate_given_twice_is_named(void**) {
  Status status = failure_of(sparse("[1,2,3]", "[[1,1],[0,0],[1,1]]", "[2,2]"));
  assert_int_equal(status.code(), Code::kInvalidArgument);
  assert_string_equal(status.message(),
                      "JSON line 1, column 97: blob has the coordinate of value 2 twice");
}

void counts_that_do_not_match_are_told_by_verification(void**) {
  Status status = failure_of(sparse("[1,2]", "[1,0,2]", "[2,2]"));
  assert_int_equal(status.code(), Code::kInvalidDocument);
  assert_string_equal(status.message(), "blob has 3 indices for 2 bytes of u8 in 2 dimensions");
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(values_follow_their_coordinates),
      cmocka_unit_test(base64_data_is_sorted_as_well),
      cmocka_unit_test(what_ascends_stays_as_it_is),
      cmocka_unit_test(every_order_of_four_values_leads_to_the_same_document),
      cmocka_unit_test(a_coordinate_given_twice_is_named),
      cmocka_unit_test(counts_that_do_not_match_are_told_by_verification),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
