#include "support/fault_injector.h"

namespace dam::test {

CallVerdict FaultInjector::before(const CallFacts& facts) {
  const std::lock_guard guard(mutex_);
  if (fault_.kind && *fault_.kind != facts.kind) return {};
  const uint64_t number = calls_made_++;
  if (number != fault_.at && !(fault_.for_ever && number > fault_.at)) return {};
  ++struck_;
  return {fault_.error, fault_.most_bytes};
}

}  // namespace dam::test
