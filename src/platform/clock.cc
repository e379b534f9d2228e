#include "platform/clock.h"

#include <cerrno>

#include "platform/calls.h"
#include "platform/file.h"

namespace dam {
namespace {

int64_t read_us(clockid_t clock) {
  struct timespec now = {};
  calls().clock_gettime(clock, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
}

}  // namespace

int64_t monotonic_ms() { return monotonic_us() / 1000; }

int64_t monotonic_us() { return read_us(CLOCK_MONOTONIC); }

int64_t unix_ms() { return unix_us() / 1000; }

int64_t unix_us() { return read_us(CLOCK_REALTIME); }

void sleep_ms(int64_t duration_ms) { sleep_us(duration_ms * 1000); }

void sleep_us(int64_t duration_us) {
  const struct timespec pause = {duration_us / 1000000, (duration_us % 1000000) * 1000};
  calls().nanosleep(&pause, nullptr);
}

Status random_bytes(MutableBytes out) {
  size_t done = 0;
  while (done < out.size()) {
    const ssize_t n = calls().getrandom(out.data() + done, out.size() - done, 0);
    if (n < 0 && errno != EINTR) return system_error("read randomness from", "the system");
    if (n > 0) done += static_cast<size_t>(n);
  }
  return {};
}

}  // namespace dam
