// Loads and stores at any alignment, and the views between bytes and text.
//
// The byte order is the one of the files: least significant byte first.
#include "base/bytes.h"

#include "unit/cmocka_cpp.h"

namespace {

void integers_are_stored_least_significant_byte_first(void**) {
  uint8_t memory[8] = {};
  dam::store<uint32_t>(memory + 1, 0x04030201);
  const uint8_t expected[8] = {0, 1, 2, 3, 4, 0, 0, 0};
  assert_memory_equal(memory, expected, sizeof memory);
}

void a_stored_integer_loads_back_at_every_alignment(void**) {
  uint8_t memory[16] = {};
  for (size_t at = 0; at < 8; ++at) {
    dam::store<uint64_t>(memory + at, 0xFEDCBA9876543210);
    assert_true(dam::load<uint64_t>(memory + at) == 0xFEDCBA9876543210);
  }
}

void text_and_bytes_show_the_same_memory(void**) {
  const std::string_view text = "bird";
  const dam::Bytes bytes = dam::as_bytes(text);
  assert_int_equal(bytes.size(), 4);
  assert_ptr_equal(bytes.data(), text.data());
  assert_true(dam::as_text(bytes) == "bird");
}

void rounding_up_keeps_multiples_and_lifts_the_rest(void**) {
  assert_int_equal(dam::round_up(0, 8), 0);
  assert_int_equal(dam::round_up(1, 8), 8);
  assert_int_equal(dam::round_up(8, 8), 8);
  assert_int_equal(dam::round_up(4097, 4096), 8192);
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(integers_are_stored_least_significant_byte_first),
      cmocka_unit_test(a_stored_integer_loads_back_at_every_alignment),
      cmocka_unit_test(text_and_bytes_show_the_same_memory),
      cmocka_unit_test(rounding_up_keeps_multiples_and_lifts_the_rest),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
