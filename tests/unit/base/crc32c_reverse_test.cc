// CRC-32C run backwards.
#include "base/crc32c_reverse.h"

#include <vector>

#include "base/crc32c.h"
#include "unit/cmocka_cpp.h"

namespace {

void the_seed_of_a_checksum_is_found(void**) {
  std::vector<uint8_t> bytes;
  uint32_t seed = 1;
  for (int size = 0; size < 200; ++size) {
    const uint32_t checksum = dam::crc32c(seed, bytes.data(), bytes.size());
    assert_int_equal(dam::crc32c_seed_of(checksum, bytes.data(), bytes.size()), seed);
    seed = seed * 1664525 + 1013904223;
    bytes.push_back(static_cast<uint8_t>(seed >> 24));
  }
}

void other_bytes_have_another_seed(void**) {
  std::vector<uint8_t> bytes(60, 7);
  const uint32_t checksum = dam::crc32c(42, bytes.data(), bytes.size());
  for (uint8_t& byte : bytes) {
    byte ^= 1;
    assert_int_not_equal(dam::crc32c_seed_of(checksum, bytes.data(), bytes.size()), 42);
    byte ^= 1;
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(the_seed_of_a_checksum_is_found),
      cmocka_unit_test(other_bytes_have_another_seed),
  };
  return cmocka_run_group_tests_name("crc32c_reverse", tests, nullptr, nullptr);
}
