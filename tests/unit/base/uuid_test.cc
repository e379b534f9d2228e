// UUIDs of version 7: their form, and that they ascend.
#include "base/uuid.h"

#include <cstring>
#include <string>

#include "unit/cmocka_cpp.h"

namespace {

using dam::UuidSequence;

std::string text_of(const UuidSequence::Text& text) { return {text.data(), text.size()}; }

std::array<uint8_t, UuidSequence::kRandomBytes> filled_with(uint8_t byte) {
  std::array<uint8_t, UuidSequence::kRandomBytes> random{};
  random.fill(byte);
  return random;
}

// The example of RFC 9562, appendix A.6, but for the topmost random bit, which starts as 0.
void the_bits_lie_where_the_standard_puts_them(void**) {
  UuidSequence sequence;
  std::array<uint8_t, UuidSequence::kRandomBytes> random{};
  const uint64_t low = 0x18c4dc0c0c07398f;
  std::memcpy(random.data(), &low, sizeof low);
  random[8] = 0xc3;
  random[9] = 0x04;
  assert_string_equal(text_of(sequence.next(0x017f22e279b0, random)).c_str(),
                      "017f22e2-79b0-74c3-98c4-dc0c0c07398f");
}

void any_randomness_keeps_version_and_variant(void**) {
  for (int byte = 0; byte < 256; ++byte) {
    UuidSequence sequence;
    for (int i = 0; i < 3; ++i) {
      const std::string text = text_of(sequence.next(1700000000000, filled_with(uint8_t(byte))));
      assert_int_equal(text[14], '7');
      assert_non_null(std::strchr("89ab", text[19]));
    }
  }
}

void ids_of_one_millisecond_ascend(void**) {
  UuidSequence sequence;
  std::string former;
  for (int i = 0; i < 10000; ++i) {
    const auto random = filled_with(static_cast<uint8_t>(i * 37));
    const std::string text = text_of(sequence.next(1700000000000, random));
    assert_true(former < text);
    former = text;
  }
}

void a_clock_that_steps_back_does_not_make_ids_descend(void**) {
  UuidSequence sequence;
  const std::string first = text_of(sequence.next(1700000000000, filled_with(0xff)));
  const std::string second = text_of(sequence.next(1600000000000, filled_with(0)));
  const std::string third = text_of(sequence.next(1700000000001, filled_with(0)));
  assert_true(first < second);
  assert_true(second < third);
}

void counting_beyond_a_millisecond_carries_into_the_time(void**) {
  UuidSequence sequence;
  std::string former = text_of(sequence.next(1, filled_with(0xff)));
  // Steps of 2^48 - 1 + 1 carry out of the lower 62 bits every 16,384 ids.
  for (int i = 0; i < 40000; ++i) {
    const std::string text = text_of(sequence.next(1, filled_with(0xff)));
    assert_true(former < text);
    former = text;
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_bits_lie_where_the_standard_puts_them),
      cmocka_unit_test(any_randomness_keeps_version_and_variant),
      cmocka_unit_test(ids_of_one_millisecond_ascend),
      cmocka_unit_test(a_clock_that_steps_back_does_not_make_ids_descend),
      cmocka_unit_test(counting_beyond_a_millisecond_carries_into_the_time),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
