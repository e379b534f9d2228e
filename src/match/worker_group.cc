#include "match/worker_group.h"

#include <algorithm>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

#include <sched.h>

#include "platform/signal_mask.h"
#include "vector/strict_float.h"

namespace dam {
namespace {

// Why caught here: what leaves a thread by an exception ends the process.
Status guarded(const std::function<Status(unsigned)>& work, unsigned worker) {
  const StrictFloat strict;
  try {
    return work(worker);
  } catch (const std::bad_alloc&) {
    return Status::error(Code::kNoMemory, "no memory could be had");
  }
}

}  // namespace

unsigned thread_count(unsigned asked) {
  if (asked != 0) return asked;
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
    return static_cast<unsigned>(CPU_COUNT(&allowed));
  return std::max(1U, std::thread::hardware_concurrency());
}

Status run_workers(unsigned threads, const std::function<Status(unsigned worker)>& work) {
  std::vector<Status> answers(std::max(1U, threads));
  std::vector<std::thread> others;
  others.reserve(answers.size());
  {
    const SignalsBlocked blocked;
    try {
      for (unsigned i = 1; i < answers.size(); i++)
        others.emplace_back([&, i] { answers[i] = guarded(work, i); });
    } catch (const std::system_error&) {  // as many as there are
    } catch (const std::bad_alloc&) {
    }
  }
  answers[0] = guarded(work, 0);
  for (std::thread& other : others) other.join();
  for (Status& answer : answers) {
    if (!answer.ok()) return std::move(answer);
  }
  return {};
}

}  // namespace dam
