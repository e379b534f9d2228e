// Slices against Python's rules, taken literally and tried on every small case.
#include "store/slice_range.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "unit/cmocka_cpp.h"

namespace dam::test {
namespace {

// The definition in Python's reference: bounds are clipped, then counted up or down.
std::vector<int64_t> expected(int64_t start, int64_t stop, int64_t step, int64_t count) {
  std::vector<int64_t> positions;
  const int64_t stride = step == kOmitted ? 1 : step;
  const auto clipped = [&](int64_t bound, int64_t omitted) {
    if (bound == kOmitted) return omitted;
    if (bound < 0) bound += count;
    return stride > 0 ? std::clamp<int64_t>(bound, 0, count)
                      : std::clamp<int64_t>(bound, -1, count - 1);
  };
  const int64_t first = clipped(start, stride > 0 ? 0 : count - 1);
  const int64_t last = clipped(stop, stride > 0 ? count : -1);
  for (int64_t at = first; stride > 0 ? at < last : at > last; at += stride)
    positions.push_back(at);
  return positions;
}

void assert_resolves(int64_t start, int64_t stop, int64_t step, int64_t count) {
  const auto range = resolve_slice(start, stop, step, static_cast<uint64_t>(count));
  assert_true(range.ok());
  const std::vector<int64_t> wanted = expected(start, stop, step, count);
  assert_int_equal(range.value().size, wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i)
    assert_int_equal(range.value().at(static_cast<int64_t>(i)), wanted[i]);
}

// Calls visit(start, stop, step) with each three of the values.
template <typename Visit>
void for_each_slice(const std::vector<int64_t>& values, Visit&& visit) {
  const size_t n = values.size();
  for (size_t i = 0; i < n * n * n; ++i) visit(values[i / n / n], values[i / n % n], values[i % n]);
}

void every_small_slice_selects_what_python_selects(void**) {
  std::vector<int64_t> values = {kOmitted};
  for (int64_t value = -9; value <= 9; ++value) values.push_back(value);
  for_each_slice(values, [](int64_t start, int64_t stop, int64_t step) {
    for (int64_t count = 0; count <= 7 && step != 0; ++count)
      assert_resolves(start, stop, step, count);
  });
}

void extreme_bounds_and_steps_do_not_overflow(void**) {
  const std::vector<int64_t> far = {INT64_MAX, INT64_MAX - 1, INT64_MIN + 1, INT64_MIN + 2};
  for_each_slice(far, [](int64_t start, int64_t stop, int64_t step) {
    const auto range = resolve_slice(start, stop, step, 5);
    assert_true(range.ok());
    assert_in_range(range.value().size, 0, 1);
    if (range.value().size == 1) assert_in_range(range.value().at(0), 0, 4);
  });
}

void a_slice_of_the_largest_array_counts_right(void**) {
  constexpr uint64_t kMost = uint64_t{1} << 40;
  assert_int_equal(resolve_slice(kOmitted, kOmitted, 1, kMost).value().size, kMost);
  assert_int_equal(resolve_slice(kOmitted, kOmitted, -1, kMost).value().size, kMost);
  assert_int_equal(resolve_slice(kOmitted, kOmitted, 3, kMost).value().size, (kMost + 2) / 3);
  assert_int_equal(resolve_slice(-1, kOmitted, kOmitted, kMost).value().first, kMost - 1);
}

void a_step_of_zero_is_invalid(void**) {
  for (const uint64_t count : {uint64_t{0}, uint64_t{5}}) {
    const auto range = resolve_slice(0, 5, 0, count);
    assert_int_equal(range.status().code(), Code::kInvalidArgument);
    assert_non_null(strstr(range.status().message(), "step"));
  }
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_small_slice_selects_what_python_selects),
      cmocka_unit_test(extreme_bounds_and_steps_do_not_overflow),
      cmocka_unit_test(a_slice_of_the_largest_array_counts_right),
      cmocka_unit_test(a_step_of_zero_is_invalid),
  };
  return cmocka_run_group_tests_name("slice_range", tests, nullptr, nullptr);
}
