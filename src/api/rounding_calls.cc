// The two functions of the mathematics library that the C++ runtime's from_chars calls. Part of the
// self-contained libdam.so alone, which thereby needs libc and nothing beside it; not exported, so
// a host goes on calling its own.
#include <cfenv>
#include <cstdint>

#include "base/rounding_mode.h"

extern "C" int fegetround() noexcept { return static_cast<int>(dam::rounding_mode()); }

extern "C" int fesetround(int mode) noexcept {
  const auto wanted = static_cast<uint32_t>(mode);
  if ((wanted & ~dam::kRoundingModes) != 0) return 1;
  dam::set_rounding_mode(wanted);
  return 0;
}
