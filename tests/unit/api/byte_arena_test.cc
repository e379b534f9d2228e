// Copies that stay where they are.
#include "api/byte_arena.h"

#include <string>
#include <vector>

#include "unit/cmocka_cpp.h"

namespace {

void copies_are_aligned_and_stay_as_the_arena_grows(void**) {
  dam::ByteArena arena;
  std::vector<dam::Bytes> kept;
  for (size_t size = 0; size < 3000; ++size) {
    const std::string text(size, static_cast<char>('a' + size % 26));
    kept.push_back(arena.keep(dam::as_bytes(text)));
  }
  for (size_t size = 0; size < kept.size(); ++size) {
    const std::string wanted(size, static_cast<char>('a' + size % 26));
    assert_true(dam::as_text(kept[size]) == wanted);
    assert_int_equal(reinterpret_cast<uintptr_t>(kept[size].data()) % 8, 0);
  }
}

void a_copy_may_be_larger_than_any_block(void**) {
  dam::ByteArena arena;
  const std::string large(size_t{5} << 20, 'x');
  const dam::Bytes small = arena.keep(dam::as_bytes("small"));
  const dam::Bytes copy = arena.keep(dam::as_bytes(large));
  assert_true(dam::as_text(copy) == large);
  assert_true(dam::as_text(small) == "small");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(copies_are_aligned_and_stay_as_the_arena_grows),
      cmocka_unit_test(a_copy_may_be_larger_than_any_block),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
