// libdam beside other stores on the same documents. One JSON line a figure on stdout.
//
//     bench_store run FOLDER uuid|text all|libdam [quick]
//     bench_store killed NAME FOLDER uuid|text DOCUMENTS ADDED COMMITS   (started by the first)
#include <unistd.h>

#include <cinttypes>
#include <cstdio>

#include "workload.h"
#include "write_floors.h"

namespace bench {
namespace {

// Each in a folder of its name.
std::vector<Subject> make_subjects(const std::string& folder, bool peers) {
  std::vector<Subject> subjects;
  for (std::unique_ptr<Candidate>& store : make_candidates()) {
    std::string own = folder + "/" + store->name();
    if (subjects.empty() || peers) subjects.push_back({std::move(store), std::move(own)});
  }
  return subjects;
}

uint64_t digest_of(const Answer& answer) {
  return answer.digest ^ answer.checksum ^ static_cast<uint64_t>(answer.documents);
}

// The answers of one repetition: the first store sets what the others must say too.
class Answers {
 public:
  void compare(size_t workload, const std::string& store, uint64_t digest) {
    if (digests_.size() <= workload) digests_.resize(workload + 1);
    if (digests_[workload] == 0) digests_[workload] = digest;
    require(digests_[workload] == digest,
            store + " answers otherwise in " + workloads()[workload].name);
  }

 private:
  std::vector<uint64_t> digests_;
};

void run_workloads(Subject& subject, Task task, Phase phase, Answers* answers) {
  const uint64_t first_seed = task.seed;
  for (size_t i = 0; i < workloads().size(); ++i) {
    const Workload& workload = workloads()[i];
    if (workload.phase != phase || (workload.needs && !subject.store->offers(*workload.needs)))
      continue;
    task.seed = first_seed + i;
    const Measured measured = workload.run(subject, task);
    const uint64_t digest = digest_of(measured.answer);
    answers->compare(i, subject.store->name(), digest);
    print_figure({workload.name, subject.store->name(),
                  std::string_view(workload.name) == "disk" ? "bytes" : "ns",
                  measured.nanoseconds / static_cast<double>(measured.operations),
                  measured.operations, digest});
  }
}

void run_phase(std::vector<Subject>& subjects, Task task, Phase phase) {
  const int64_t times =
      phase == Phase::kLoad ? task.scale.long_repetitions : task.scale.repetitions;
  for (int64_t repetition = 0; repetition < times; ++repetition) {
    task.seed = static_cast<uint64_t>(repetition) * workloads().size();
    Answers answers;
    // The disk is not the same from one minute to the next.
    if (phase == Phase::kWrite)
      measure_synced_write(subjects.front().folder + ".floor", task.scale.durable_commits);
    for (Subject& subject : subjects) {
      std::fprintf(stderr, "bench: phase %d, repetition %" PRId64 ", %s\n", static_cast<int>(phase),
                   repetition, subject.store->name().c_str());
      if (phase == Phase::kRead) subject.store->open(subject.folder, Access::kRead);
      if (phase == Phase::kWrite) subject.store->open(subject.folder, Access::kWrite);
      run_workloads(subject, task, phase, &answers);
      if (phase == Phase::kRead || phase == Phase::kWrite) subject.store->close();
    }
  }
  // What one phase left in the page cache must not be written back during the next.
  ::sync();
}

int run_all(const std::vector<std::string>& words) {
  const bool quick = words.size() == 6 && words[5] == "quick";
  const Scale scale = quick ? quick_scale() : Scale{};
  const IdForm form = words[3] == "uuid" ? IdForm::kUuid : IdForm::kText;
  const DocumentMaker maker(form, kDocumentSize, scale.documents);
  std::vector<Subject> subjects = make_subjects(words[2], words[4] == "all");
  const Task task{maker, scale, form};
  for (const Phase phase :
       {Phase::kLoad, Phase::kRead, Phase::kClosed, Phase::kWrite, Phase::kKilled}) {
    run_phase(subjects, task, phase);
  }
  return 0;
}

[[noreturn]] void run_killed(const std::vector<std::string>& words) {
  Scale scale;
  scale.documents = std::stoll(words[5]);
  scale.tail_commits = std::stoll(words[7]);
  const IdForm form = words[4] == "uuid" ? IdForm::kUuid : IdForm::kText;
  const DocumentMaker maker(form, kDocumentSize, scale.documents);
  const Task task{maker, scale, form};
  for (Subject& subject : make_subjects("", true)) {
    if (subject.store->name() != words[2]) continue;
    subject.folder = words[3];
    subject.added = std::stoll(words[6]);
    write_until_killed(subject, task);
  }
  require(false, "no store is named " + words[2]);
  std::abort();
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments, arguments + argument_count);
  if (words.size() == 8 && words[1] == "killed") bench::run_killed(words);
  if (words.size() >= 5 && words[1] == "run") return bench::run_all(words);
  std::fprintf(stderr, "usage: bench_store run FOLDER uuid|text all|libdam [quick]\n");
  return 2;
}
