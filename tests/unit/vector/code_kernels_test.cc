// Every instruction set this machine has against plain loops.
#include "vector/code_kernels.h"

#include <cmath>
#include <random>
#include <vector>

#include "unit/cmocka_cpp.h"
#include "vector/code_table.h"

namespace dam {
namespace {

struct Coded {
  std::vector<uint8_t> rows;
  std::vector<int8_t> query;
};

Coded random_codes(std::mt19937& random, uint64_t components, uint64_t groups, bool extreme) {
  Coded made;
  made.rows.resize(components * groups * kGroupRows + 1);
  made.query.resize(components);
  for (uint8_t& code : made.rows)
    code = static_cast<uint8_t>(extreme ? (random() % 2 != 0 ? 255 : 1) : 1 + random() % 255);
  for (int8_t& code : made.query)
    code = static_cast<int8_t>(extreme ? (random() % 2 != 0 ? 127 : -127)
                                       : static_cast<int>(random() % 255) - 127);
  return made;
}

int64_t plain_dot(const uint8_t* group, const Coded& coded, uint64_t row) {
  int64_t sum = 0;
  for (uint64_t j = 0; j < coded.query.size(); j++)
    sum += group[j / 4 * 64 + row * 4 + j % 4] * int64_t{coded.query[j]};
  return sum;
}

void expect_dots(const CodeKernels& kernels, const Coded& coded, uint64_t groups) {
  std::vector<int32_t> dots(groups * kGroupRows);
  const uint8_t* const first = coded.rows.data() + 1;  // at no aligned address
  kernels.dots({first, coded.query.size(), groups}, coded.query.data(), dots.data());
  for (uint64_t row = 0; row < dots.size(); row++) {
    const uint8_t* const group = first + row / kGroupRows * kGroupRows * coded.query.size();
    const int64_t plain = plain_dot(group, coded, row % kGroupRows);
    if (plain != dots[row])
      fail_msg("%s: row %d of %d components is %d, not %d", kernels.name, static_cast<int>(row),
               static_cast<int>(coded.query.size()), dots[row], static_cast<int>(plain));
  }
}

void dots_are_exact(void**) {
  std::mt19937 random(41);
  for (const CodeKernels* kernels : available_kernels()) {
    for (uint64_t components = 4; components <= 300; components += 4) {
      const uint64_t groups = 1 + random() % 9;
      expect_dots(*kernels, random_codes(random, components, groups, false), groups);
    }
    expect_dots(*kernels, random_codes(random, 65536, 1, true), 1);
    Coded highest = random_codes(random, 65536, 4, true);
    for (uint8_t& code : highest.rows) code = 255;
    for (int8_t& code : highest.query) code = 127;
    expect_dots(*kernels, highest, 4);
  }
}

struct Rotated {
  uint64_t length;
  std::vector<float> rows, panel;
  float out[4][kPanelColumns];
};

Rotated rotate_random(const CodeKernels& kernels, uint64_t length, std::mt19937& random) {
  std::normal_distribution<float> normal;
  Rotated made = {
      length, std::vector<float>(4 * length), std::vector<float>(length * kPanelColumns), {}};
  for (float& value : made.panel) value = normal(random);
  for (float& value : made.rows) value = normal(random);
  const float* from[4];
  float* to[] = {made.out[0], made.out[1], made.out[2], made.out[3]};
  for (uint64_t r = 0; r < 4; r++) from[r] = &made.rows[r * length];
  kernels.rotate(from, made.panel.data(), length, to);
  return made;
}

void expect_product(const Rotated& made, uint64_t row, uint64_t column) {
  double sum = 0, magnitudes = 0;
  for (uint64_t i = 0; i < made.length; i++) {
    const double term = static_cast<double>(made.rows[row * made.length + i]) *
                        static_cast<double>(made.panel[i * kPanelColumns + column]);
    sum += term;
    magnitudes += std::abs(term);
  }
  const double off = std::abs(static_cast<double>(made.out[row][column]) - sum);
  assert_true(off <= magnitudes * 45 * 0x1p-24);
}

void rotations_stay_within_their_error(void**) {
  std::mt19937 random(42);
  for (const CodeKernels* kernels : available_kernels()) {
    for (uint64_t length = 1; length <= 300; length += 7) {
      const Rotated made = rotate_random(*kernels, length, random);
      for (uint64_t i = 0; i < 4 * kPanelColumns; i++)
        expect_product(made, i / kPanelColumns, i % kPanelColumns);
    }
  }
}

void every_set_has_a_name_of_its_own(void**) {
  const auto sets = available_kernels();
  assert_string_equal(sets.front()->name, "portable");
  for (size_t i = 1; i < sets.size(); i++) assert_string_not_equal(sets[i]->name, sets[0]->name);
  force_kernels(*sets.front());
  assert_ptr_equal(&code_kernels(), sets.front());
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(dots_are_exact),
      cmocka_unit_test(rotations_stay_within_their_error),
      cmocka_unit_test(every_set_has_a_name_of_its_own),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
