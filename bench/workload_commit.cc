// Changing a full store one document a commit: adding (visible, durable) and deleting by id.
#include "workload.h"

namespace bench {
namespace {

// Prime, so that its multiples visit every document of a store before any comes again.
constexpr int64_t kDeleteStride = 700001;

Measured add_one_by_one(Subject& subject, const Task& task, int64_t commits) {
  DocumentBatch batch;
  Stopwatch watch;
  for (int64_t i = 0; i < commits; ++i) {
    task.maker.fill(&batch, subject.added++, 1);
    watch.start();
    subject.store->add(batch);
    watch.stop();
  }
  Measured measured{watch.nanoseconds(), commits, {}};
  measured.answer.documents = subject.store->count();
  return measured;
}

}  // namespace

Measured commit_visible(Subject& subject, const Task& task) {
  return add_one_by_one(subject, task, task.scale.commits);
}

Measured commit_durable(Subject& subject, const Task& task) {
  subject.store->set_durable(true);
  Measured measured = add_one_by_one(subject, task, task.scale.durable_commits);
  subject.store->set_durable(false);
  return measured;
}

Measured delete_by_id(Subject& subject, const Task& task) {
  Stopwatch watch;
  for (int64_t i = 0; i < task.scale.deletes; ++i) {
    const std::string id = task.maker.id(subject.deleted++ * kDeleteStride % task.scale.documents);
    watch.start();
    subject.store->remove(id);
    watch.stop();
  }
  Measured measured{watch.nanoseconds(), task.scale.deletes, {}};
  measured.answer.documents = subject.store->count();
  return measured;
}

}  // namespace bench
