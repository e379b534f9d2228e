// Makes chosen calls of libdam fail, or transfer less than was asked for.
//
// A loop over every call index is written so:
//   for (uint64_t i = 0;; ++i) {
//     FaultInjector injector({.at = i, .error = EIO});
//     run the scenario;
//     if (!injector.has_struck()) break;   // the scenario makes fewer calls
//   }
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "support/call_interposer.h"

namespace dam::test {

struct Fault {
  uint64_t at = UINT64_MAX;  // which call, counted from 0; of `kind` only if that is given
  std::optional<CallKind> kind;
  bool for_ever = false;  // that call and every later one
  int error = 0;          // 0: shorten the transfer instead
  uint64_t most_bytes = UINT64_MAX;
};

class FaultInjector : public CallInterposer {
 public:
  // Over the table in force now, until the object goes.
  explicit FaultInjector(const Fault& fault) : fault_(fault), interposed_(*this, 0) {}

  uint64_t calls_made() const { return calls_made_; }
  bool has_struck() const { return struck_ > 0; }

  CallVerdict before(const CallFacts& facts) override;
  void after(const CallFacts&, intptr_t, int) override {}

 private:
  Fault fault_;
  uint64_t calls_made_ = 0;
  uint64_t struck_ = 0;
  std::mutex mutex_;
  Interposed interposed_;
};

}  // namespace dam::test
