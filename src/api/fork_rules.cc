#include "api/fork_rules.h"

#include <pthread.h>

#include "api/fresh_id.h"
#include "api/handle_table.h"
#include "base/log_sink.h"

namespace dam {
namespace {

void before_fork() {
  hold_handle_table();
  hold_fresh_ids();
  hold_log_sink();
}

void after_fork() {
  release_log_sink();
  release_fresh_ids();
  release_handle_table();
}

void after_fork_in_child() {
  void_handle_uses();
  forget_randomness();
  after_fork();
}

}  // namespace

Status follow_forks() {
  static const int failure = pthread_atfork(before_fork, after_fork, after_fork_in_child);
  if (failure != 0) return Status::error(Code::kNoMemory, "no memory to prepare for forks");
  return {};
}

}  // namespace dam
