// Changing a full store one document a commit: adding (visible, durable) and deleting by id. What
// the stores hold afterwards is compared by a walk of its own.
#include "workload.h"

namespace bench {
namespace {

Measured add_one_by_one(Subject& subject, const Task& task, int64_t commits) {
  DocumentBatch batch;
  Stopwatch watch;
  for (int64_t i = 0; i < commits; ++i) {
    task.maker.fill(&batch, subject.added++, 1);
    watch.start();
    subject.store->add(batch);
    watch.stop();
  }
  return {watch.nanoseconds(), commits, {}};
}

}  // namespace

Measured commit_visible(Subject& subject, const Task& task) {
  return add_one_by_one(subject, task, task.scale.commits);
}

Measured commit_durable(Subject& subject, const Task& task) {
  subject.store->set_durable(true);
  // What was only visible until then is for none of the timed ones to sync.
  add_one_by_one(subject, task, 1);
  Measured measured = add_one_by_one(subject, task, task.scale.durable_commits);
  subject.store->set_durable(false);
  return measured;
}

Measured delete_by_id(Subject& subject, const Task& task) {
  Stopwatch watch;
  for (int64_t i = 0; i < task.scale.deletes; ++i) {
    const std::string id = task.maker.id(nth_deleted(task.scale, subject.deleted++));
    watch.start();
    subject.store->remove(id);
    watch.stop();
  }
  return {watch.nanoseconds(), task.scale.deletes, {}};
}

}  // namespace bench
