// The processor's rounding mode, against the mathematics library and against what it does.
#include "base/rounding_mode.h"

#include <array>

#include "unit/cmocka_cpp.h"

namespace {

constexpr std::array kModes = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};

// A third of one in the two units that an x86-64 has. Volatile on both sides of the division: it
// must happen here, not where a compiler deaf to rounding modes would like it.
struct Third {
  volatile double narrow = 3;
  volatile long double wide = 3;

  Third() {
    narrow = 1 / narrow;
    wide = 1 / wide;
  }
};

void reads_the_mode_that_the_library_set(void**) {
  for (const int mode : kModes) {
    std::fesetround(mode);
    const uint32_t read = dam::rounding_mode();
    std::fesetround(FE_TONEAREST);
    assert_int_equal(read, mode);
  }
}

void sets_what_the_library_reads(void**) {
  for (const int mode : kModes) {
    dam::set_rounding_mode(static_cast<uint32_t>(mode));
    const int read = std::fegetround();
    dam::set_rounding_mode(FE_TONEAREST);
    assert_int_equal(read, mode);
  }
}

void the_mode_moves_results_of_every_unit(void**) {
  dam::set_rounding_mode(FE_DOWNWARD);
  const Third below;
  dam::set_rounding_mode(FE_UPWARD);
  const Third above;
  dam::set_rounding_mode(FE_TONEAREST);
  assert_true(below.narrow < above.narrow);
  assert_true(below.wide < above.wide);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(reads_the_mode_that_the_library_set),
      cmocka_unit_test(sets_what_the_library_reads),
      cmocka_unit_test(the_mode_moves_results_of_every_unit),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
