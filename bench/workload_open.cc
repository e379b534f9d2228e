// Opening: a store that was closed, up to its first answers; one whose writer was killed with
// commits that no checkpoint has covered; and looking again where nothing changed.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload.h"

namespace bench {
namespace {

template <typename Use>
Measured open_often(Subject& subject, const Task& task, Access access, Use use) {
  Measured measured;
  Stopwatch watch;
  for (int64_t i = 0; i < task.scale.opens; ++i) {
    watch.start();
    subject.store->open(subject.folder, access);
    use(i, &measured.answer);
    watch.stop();
    subject.store->close();
  }
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = task.scale.opens;
  return measured;
}

void add_in_killed_process(Subject& subject, const Task& task) {
  const std::string form = task.form == IdForm::kUuid ? "uuid" : "text";
  const std::string added = std::to_string(subject.added);
  const std::string commits = std::to_string(task.scale.tail_commits);
  const std::string documents = std::to_string(task.scale.documents);
  const std::string name = subject.store->name();
  std::vector<std::string> words = {"bench_store", "killed",  name,  subject.folder,
                                    form,          documents, added, commits};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  require(posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ) == 0,
          "the writer to be killed did not start");
  int outcome = 0;
  require(waitpid(child, &outcome, 0) == child, "waitpid failed");
  require(WIFSIGNALED(outcome) && WTERMSIG(outcome) == SIGKILL, "the writer ended otherwise");
  subject.added += task.scale.tail_commits;
}

}  // namespace

Measured open_clean(Subject& subject, const Task& task) {
  return open_often(subject, task, Access::kRead,
                    [&](int64_t, Answer* answer) { answer->documents += subject.store->count(); });
}

Measured open_for_first_get(Subject& subject, const Task& task) {
  char buffer[kReadBufferSize];
  return open_often(subject, task, Access::kRead, [&](int64_t i, Answer* answer) {
    answer->take(subject.store->read(task.maker.id(i), buffer));
  });
}

Measured open_for_writing(Subject& subject, const Task& task) {
  return open_often(subject, task, Access::kWrite,
                    [&](int64_t, Answer* answer) { answer->documents += subject.store->count(); });
}

Measured open_after_kill(Subject& subject, const Task& task) {
  char buffer[kReadBufferSize];
  Measured measured;
  Stopwatch watch;
  add_in_killed_process(subject, task);
  const std::string last = task.maker.id(subject.added - 1);
  watch.start();
  subject.store->open(subject.folder, Access::kWrite);
  measured.answer.take(subject.store->read(last, buffer));
  watch.stop();
  subject.store->close();
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = 1;
  return measured;
}

void write_until_killed(Subject& subject, const Task& task) {
  subject.store->open(subject.folder, Access::kWrite);
  DocumentBatch batch;
  for (int64_t i = 0; i < task.scale.tail_commits; ++i) {
    task.maker.fill(&batch, subject.added++, 1);
    subject.store->add(batch);
  }
  raise(SIGKILL);
  std::abort();
}

Measured reload_unchanged(Subject& subject, const Task& task) {
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < task.scale.gets; ++i) subject.store->reload();
  watch.stop();
  return {watch.nanoseconds(), task.scale.gets, {}};
}

}  // namespace bench
