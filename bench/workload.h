// A workload measures one thing of one store; workload_table.cc lists them all. Each repetition
// asks every store the same questions, one store after the other, and their answers must be equal.
#ifndef BENCH_WORKLOAD_H_
#define BENCH_WORKLOAD_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "candidate.h"
#include "scale.h"

namespace bench {

// A store with the state that the workloads leave behind.
struct Subject {
  std::unique_ptr<Candidate> store;
  std::string folder;
  int64_t added = 0;
  int64_t deleted = 0;
};

struct Task {
  const DocumentMaker& maker;
  const Scale& scale;
  IdForm form;
  // Of the questions: another for each workload and repetition, the same for every store.
  uint64_t seed = 0;
};

struct Measured {
  double nanoseconds = 0;
  int64_t operations = 0;
  Answer answer;
};

// What a workload finds: nothing yet, the loaded store (open for reading, closed, open for
// writing), and at last one that writers left closed.
enum class Phase { kLoad, kRead, kClosed, kWrite, kKilled };

struct Workload {
  const char* name;
  Phase phase;
  Measured (*run)(Subject& subject, const Task& task);
  std::optional<Feature> needs = std::nullopt;
};

const std::vector<Workload>& workloads();

Measured load_batches(Subject& subject, const Task& task);
Measured close_after_load(Subject& subject, const Task& task);
Measured measure_disk(Subject& subject, const Task& task);

Measured open_clean(Subject& subject, const Task& task);
Measured open_for_first_get(Subject& subject, const Task& task);
Measured open_for_writing(Subject& subject, const Task& task);
Measured open_after_kill(Subject& subject, const Task& task);
Measured reload_unchanged(Subject& subject, const Task& task);
// The other process of open_after_kill: never returns.
[[noreturn]] void write_until_killed(Subject& subject, const Task& task);

Measured get_copied(Subject& subject, const Task& task);
Measured get_lent(Subject& subject, const Task& task);
Measured get_handles(Subject& subject, const Task& task);
Measured get_dependent(Subject& subject, const Task& task);
Measured get_many_copied(Subject& subject, const Task& task);
Measured get_many_handles(Subject& subject, const Task& task);
Measured get_by_position(Subject& subject, const Task& task);

Measured scan_checked(Subject& subject, const Task& task);
Measured compare_bytes(Subject& subject, const Task& task);
Measured touch_all(Subject& subject, const Task& task);

Measured commit_visible(Subject& subject, const Task& task);
Measured commit_durable(Subject& subject, const Task& task);
Measured delete_by_id(Subject& subject, const Task& task);

}  // namespace bench

#endif  // BENCH_WORKLOAD_H_
