// Time and randomness from the operating system.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

int64_t monotonic_ms();
int64_t monotonic_us();
int64_t unix_ms();
int64_t unix_us();
void sleep_ms(int64_t duration_ms);
void sleep_us(int64_t duration_us);
Status random_bytes(MutableBytes out);

}  // namespace dam
