// What an answer gives out of the columns that a query put into it.
#include "api/results_object.h"

#include <cstring>
#include <string>

#include "api/arguments.h"
#include "unit/cmocka_cpp.h"

namespace {

// Three rows: positions, groups, distances, ids of their own.
int make_rows(void** state) {
  auto* results = new dam_results;
  results->count = 3;
  results->columns = {{DAM_RESULTS_POSITION, {4, 0, 9}}, {DAM_RESULTS_GROUP, {0, 0, 1}}};
  results->distances = {0.25, 0.5, 1e300};
  results->ids.emplace();
  results->ids->add("robin");
  results->ids->add("");
  results->ids->add("wren");
  *state = results;
  return 0;
}

int free_rows(void** state) {
  dam_results_free(static_cast<dam_results*>(*state));
  return 0;
}

const void* column_of(void** state, int32_t column, size_t& out_size) {
  const void* data = nullptr;
  assert_int_equal(dam_results_read(static_cast<dam_results*>(*state), column, &data, &out_size),
                   DAM_OK);
  return data;
}

void a_column_is_lent_whole(void** state) {
  const int64_t positions[] = {4, 0, 9};
  const double distances[] = {0.25, 0.5, 1e300};
  int64_t count = 0;
  size_t size = 0;
  assert_int_equal(dam_results_count(static_cast<dam_results*>(*state), &count), DAM_OK);
  assert_int_equal(count, 3);
  const void* data = column_of(state, DAM_RESULTS_POSITION, size);
  assert_int_equal(size, sizeof positions);
  assert_memory_equal(data, positions, size);
  data = column_of(state, DAM_RESULTS_DISTANCE, size);
  assert_int_equal(size, sizeof distances);
  assert_memory_equal(data, distances, size);
}

void a_column_the_answer_lacks_is_refused_by_its_name(void** state) {
  const auto* results = static_cast<dam_results*>(*state);
  const void* data = nullptr;
  size_t size = 7;
  assert_int_equal(dam_results_read(results, DAM_RESULTS_RANK, &data, &size), DAM_INVALID_ARGUMENT);
  assert_string_equal(dam_last_error(), "the answer has no column \"rank\"");
  assert_int_equal(dam_results_read(results, 0, &data, &size), DAM_INVALID_ARGUMENT);
  assert_string_equal(dam_last_error(), "column 0 is not known");
  assert_int_equal(dam_results_read(results, 6, &data, &size), DAM_INVALID_ARGUMENT);
  assert_null(data);
  assert_int_equal(size, 7);
}

void an_answer_without_distances_has_no_such_column(void**) {
  dam_results plain;
  const void* data = nullptr;
  size_t size = 0;
  assert_int_equal(dam_results_read(&plain, DAM_RESULTS_DISTANCE, &data, &size),
                   DAM_INVALID_ARGUMENT);
  assert_string_equal(dam_last_error(), "the answer has no column \"distance\"");
}

void ids_come_packed_with_the_empty_ones_among_them(void** state) {
  const int64_t wanted[] = {0, 5, 5, 9};
  char* ids = nullptr;
  int64_t* offsets = nullptr;
  assert_int_equal(dam_results_ids(static_cast<dam_results*>(*state), &ids, &offsets), DAM_OK);
  const dam::Handed<char> free_ids(ids);
  const dam::Handed<int64_t> free_offsets(offsets);
  assert_string_equal(ids, "robinwren");
  assert_memory_equal(offsets, wanted, sizeof wanted);
}

void outputs_that_are_null_are_refused(void** state) {
  const auto* results = static_cast<dam_results*>(*state);
  const void* data = nullptr;
  char* ids = nullptr;
  int64_t* offsets = nullptr;
  size_t size = 0;
  assert_int_equal(dam_results_count(results, nullptr), DAM_INVALID_ARGUMENT);
  assert_int_equal(dam_results_read(results, DAM_RESULTS_POSITION, nullptr, &size),
                   DAM_INVALID_ARGUMENT);
  assert_int_equal(dam_results_read(results, DAM_RESULTS_POSITION, &data, nullptr),
                   DAM_INVALID_ARGUMENT);
  assert_int_equal(dam_results_ids(results, nullptr, &offsets), DAM_INVALID_ARGUMENT);
  assert_int_equal(dam_results_ids(results, &ids, nullptr), DAM_INVALID_ARGUMENT);
  assert_null(ids);
  assert_null(offsets);
}

}  // namespace

#define ROWS_TEST(test) cmocka_unit_test_setup_teardown(test, make_rows, free_rows)

int main() {
  const CMUnitTest tests[] = {
      ROWS_TEST(a_column_is_lent_whole),
      ROWS_TEST(a_column_the_answer_lacks_is_refused_by_its_name),
      cmocka_unit_test(an_answer_without_distances_has_no_such_column),
      ROWS_TEST(ids_come_packed_with_the_empty_ones_among_them),
      ROWS_TEST(outputs_that_are_null_are_refused),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
