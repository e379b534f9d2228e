#include "platform/thread_fence.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "platform/clock.h"

namespace dam {
namespace {

bool membarrier(int command) noexcept { return syscall(SYS_membarrier, command, 0, 0) == 0; }

#ifdef __SANITIZE_THREAD__
bool ask() noexcept { return false; }
#else
bool ask() noexcept {
  // Why errno is put back: this runs inside calls that a host may make between its own.
  const int before = errno;
  const bool works = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
  errno = before;
  return works;
}
#endif

}  // namespace

bool can_fence_threads() noexcept {
  static const bool works = ask();
  return works;
}

void fence_threads() noexcept {
  const int before = errno;
  if (!membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) {
    // A fork's child may have to register anew. A sandbox put up since may refuse for good: then
    // time stands in, for a processor keeps no store to itself for a thousandth of a second.
    if (!ask() || !membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) sleep_ms(1);
  }
  errno = before;
}

}  // namespace dam
