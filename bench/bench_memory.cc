// Private memory that opening an array costs: after a clean close, and beside a living process that
// has appended without a sync. One JSON line a figure on stdout, in bytes.
//
//     bench_memory FOLDER DOCUMENTS          makes the array, measures
//     bench_memory open FOLDER NAME COUNT    one measurement in a fresh process
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "candidate.h"

namespace bench {
namespace {

constexpr size_t kDocumentSize = 1024;
constexpr int64_t kBatchSize = 1000;
constexpr int64_t kGets = 1000;

// Pages of this process that no file backs and nobody else shares.
int64_t private_bytes() {
  std::ifstream facts("/proc/self/smaps_rollup");
  std::string word;
  int64_t kilobytes = -1;
  while (facts >> word) {
    if (word == "Anonymous:") facts >> kilobytes;
  }
  require(kilobytes >= 0, "smaps_rollup names no Anonymous");
  return kilobytes * 1024;
}

void print_growth(const std::string& name, int64_t before, int64_t documents) {
  print_figure({"memory_" + name, "libdam", "bytes", static_cast<double>(private_bytes() - before),
                documents, 0});
}

int measure_open(const std::string& folder, const std::string& name, int64_t documents) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, 1);
  const std::unique_ptr<Candidate> store = make_libdam();
  const int64_t before = private_bytes();
  store->open(folder, Access::kRead);
  require(store->count() == documents, "the array holds another number of documents");
  print_growth(name + "_open", before, documents);
  char buffer[kReadBufferSize];
  RandomNumbers random(3);
  for (int64_t i = 0; i < kGets; ++i) store->read(maker.id(random.below(documents)), buffer);
  print_growth(name + "_gets", before, documents);
  store->close();
  return 0;
}

void measure_in_fresh_process(std::string folder, std::string name, int64_t documents) {
  std::string program = "bench_memory";
  std::string role = "open";
  std::string count = std::to_string(documents);
  char* arguments[] = {program.data(), role.data(),  folder.data(),
                       name.data(),    count.data(), nullptr};
  pid_t child = 0;
  require(posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments, environ) == 0,
          "a process did not start");
  int outcome = 0;
  require(waitpid(child, &outcome, 0) == child && outcome == 0, "a measurement failed");
}

void add(Candidate& store, int64_t first, int64_t count) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, 1);
  DocumentBatch batch;
  for (int64_t i = 0; i < count; i += kBatchSize) {
    maker.fill(&batch, first + i, kBatchSize);
    store.add(batch);
  }
}

int measure(const std::string& folder, int64_t documents) {
  std::filesystem::remove_all(folder);
  const std::unique_ptr<Candidate> store = make_libdam();
  store->open(folder, Access::kWrite);
  add(*store, 0, documents);
  store->close();
  measure_in_fresh_process(folder, "closed", documents);
  store->open(folder, Access::kWrite);
  add(*store, documents, documents);
  measure_in_fresh_process(folder, "unsynced", 2 * documents);
  store->close();
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments, arguments + argument_count);
  if (words.size() == 5) return bench::measure_open(words[2], words[3], std::stoll(words[4]));
  bench::require(words.size() == 3, "usage: bench_memory FOLDER DOCUMENTS");
  return bench::measure(words[1], std::stoll(words[2]));
}
