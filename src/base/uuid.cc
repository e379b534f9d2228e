#include "base/uuid.h"

#include "base/bytes.h"

namespace dam {
namespace {

constexpr uint64_t kLowBits = 62;
constexpr uint64_t kLowMask = (uint64_t{1} << kLowBits) - 1;
constexpr uint64_t kHighMask = (uint64_t{1} << 60) - 1;

UuidSequence::Text to_text(uint64_t first, uint64_t second) {
  static constexpr char kDigits[] = "0123456789abcdef";
  UuidSequence::Text text;
  size_t at = 0;
  for (unsigned digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text[at++] = '-';
    const uint64_t half = digit < 16 ? first : second;
    text[at++] = kDigits[half >> (60 - digit % 16 * 4) & 15];
  }
  return text;
}

}  // namespace

UuidSequence::Text UuidSequence::next(int64_t unix_ms,
                                      std::span<const uint8_t, kRandomBytes> random) {
  const uint64_t now = static_cast<uint64_t>(unix_ms) & ((uint64_t{1} << 48) - 1);
  const auto chance = load<uint64_t>(random.data());
  if (now > high_ >> 12) {
    // The topmost bit of chance starts as 0: room to count upwards within the millisecond.
    high_ = now << 12 | (load<uint16_t>(random.data() + 8) & 0x7ff);
    low_ = chance & kLowMask;
  } else {
    // A random step: one id does not tell the next, and processes that part in a fork differ. A
    // carry borrows from the future.
    low_ += 1 + (chance & ((uint64_t{1} << 48) - 1));
    high_ = (high_ + (low_ >> kLowBits)) & kHighMask;
    low_ &= kLowMask;
  }
  const uint64_t first = high_ >> 12 << 16 | uint64_t{7} << 12 | (high_ & 0xfff);
  return to_text(first, uint64_t{2} << kLowBits | low_);
}

}  // namespace dam
