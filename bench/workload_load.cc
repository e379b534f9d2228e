// Filling an empty store in batches of 1,000, none of them synced; then closing it, which makes all
// of it durable; then what it takes on disk.
#include <sys/stat.h>

#include <filesystem>

#include "workload.h"

namespace bench {
namespace {

constexpr int64_t kBatchSize = 1000;
constexpr int64_t kBytesPerBlock = 512;  // of st_blocks, whatever the file system's own

}  // namespace

Measured load_batches(Subject& subject, const Task& task) {
  std::filesystem::remove_all(subject.folder);
  subject.store->open(subject.folder, Access::kWrite);
  subject.added = 0;
  subject.deleted = 0;
  DocumentBatch batch;
  Stopwatch watch;
  while (subject.added < task.scale.documents) {
    task.maker.fill(&batch, subject.added, kBatchSize);
    watch.start();
    subject.store->add(batch);
    watch.stop();
    subject.added += kBatchSize;
  }
  return {watch.nanoseconds(), subject.added, {}};
}

Measured close_after_load(Subject& subject, const Task& task) {
  Stopwatch watch;
  watch.start();
  subject.store->close();
  watch.stop();
  return {watch.nanoseconds(), task.scale.documents, {}};
}

Measured measure_disk(Subject& subject, const Task& task) {
  int64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(subject.folder)) {
    struct stat facts{};
    require(::stat(entry.path().c_str(), &facts) == 0, "stat failed");
    bytes += facts.st_blocks * kBytesPerBlock;
  }
  return {static_cast<double>(bytes), task.scale.documents, {}};
}

}  // namespace bench
