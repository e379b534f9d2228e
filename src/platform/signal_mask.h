// Keeps a host's signal handlers out of the threads that libdam starts.
#pragma once

#include <csignal>

namespace dam {

// While it lives, a thread that is started inherits a mask with every signal blocked.
class SignalsBlocked {
 public:
  SignalsBlocked();
  ~SignalsBlocked();
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t former_;
};

}  // namespace dam
