// Writes down every call libdam makes, one readable line each, for the message of a failing test.
//
//   17 pwrite body.bin 4096+128 = 128
//   18 fdatasync body.bin = EIO
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "support/call_interposer.h"

namespace dam::test {

class CallRecorder : public CallInterposer {
 public:
  // Over the table in force now (a FaultInjector's, say), until the object goes.
  CallRecorder() : interposed_(*this, 1) {}

  const std::vector<std::string>& lines() const { return lines_; }
  std::string text() const;

  CallVerdict before(const CallFacts&) override { return {}; }
  void after(const CallFacts& facts, intptr_t result, int error) override;

 private:
  std::string file_of(const CallFacts& facts) const;
  void follow(const CallFacts& facts, intptr_t result);

  std::vector<std::string> lines_;
  std::map<int, std::string> names_;  // of open descriptors
  std::mutex mutex_;
  Interposed interposed_;
};

}  // namespace dam::test
