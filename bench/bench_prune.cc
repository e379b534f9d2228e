// Pruning what bench_store left: some documents are deleted, what is live is written anew. Beside
// it the machine's own copy of as many bytes, each of them synced. One JSON line a figure on
// stdout, in nanoseconds a document.
//
//     bench_prune FOLDER [quick]     FOLDER: what bench_store worked in
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "candidate.h"
#include "scale.h"

namespace bench {
namespace {

void copy_with_sync(const std::string& from, const std::string& to, int64_t bytes) {
  const int source = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  const int target = ::open(to.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  require(source >= 0 && target >= 0, "cannot copy " + from);
  std::string block(size_t{1} << 20, '\0');
  for (int64_t at = 0; at < bytes;) {
    const auto wanted = std::min(block.size(), static_cast<size_t>(bytes - at));
    const ssize_t size = ::pread(source, block.data(), wanted, at);
    require(size > 0 && ::pwrite(target, block.data(), static_cast<size_t>(size), at) == size,
            "cannot copy " + from);
    // The disk begins at once, as it does for a prune, so that the sync has less to wait for.
    require(::sync_file_range(target, at, size, SYNC_FILE_RANGE_WRITE) == 0, "no writeback");
    at += size;
  }
  require(::fdatasync(target) == 0, "fdatasync failed");
  ::close(source);
  ::close(target);
  ::unlink(to.c_str());
}

void print_cost(const char* workload, const std::string& subject, const Stopwatch& watch,
                const Answer& answer) {
  const auto documents = static_cast<double>(answer.documents);
  print_figure({workload, subject, "ns", watch.nanoseconds() / documents, answer.documents,
                answer.digest ^ answer.checksum});
}

Answer walk(Candidate& store) {
  Answer answer;
  store.begin_snapshot();
  store.scan(&answer, true);
  store.end_snapshot();
  return answer;
}

// What is live afterwards.
Answer prune_once(Candidate& store, const DocumentMaker& maker, const Scale& scale,
                  int64_t repetition) {
  const int64_t first = first_pruned(scale) + repetition * scale.pruned;
  for (int64_t i = 0; i < scale.pruned; ++i) store.remove(maker.id(nth_deleted(scale, first + i)));
  const Answer before = walk(store);
  Stopwatch watch;
  watch.start();
  store.prune();
  watch.stop();
  const Answer after = walk(store);
  require(after.documents == before.documents && after.checksum == before.checksum,
          store.name() + " pruned live documents");
  print_cost("prune", store.name(), watch, after);
  return after;
}

void measure_copy(const std::string& folder, const Answer& live) {
  Stopwatch watch;
  watch.start();
  copy_with_sync(folder + "/libdam/body.bin", folder + "/copy",
                 live.documents * static_cast<int64_t>(kDocumentSize));
  watch.stop();
  print_cost("copy_file", "machine", watch, live);
}

void measure(const std::string& folder, const Scale& scale) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, scale.documents);
  Answer expected;
  for (const std::unique_ptr<Candidate>& store : make_candidates()) {
    if (!store->offers(Feature::kPrune)) continue;
    store->open(folder + "/" + store->name(), Access::kWrite);
    for (int64_t i = 0; i < scale.long_repetitions; ++i) {
      std::fprintf(stderr, "bench: prune %d, %s\n", static_cast<int>(i), store->name().c_str());
      const Answer live = prune_once(*store, maker, scale, i);
      if (store->name() == "libdam") measure_copy(folder, live);
      if (i == 0 && expected.documents == 0) expected = live;
      require(i != 0 || (live.documents == expected.documents && live.digest == expected.digest),
              store->name() + " holds other documents after its prune");
    }
    store->close();
    ::sync();
  }
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count >= 2, "usage: bench_prune FOLDER [quick]");
  bench::measure(arguments[1], argument_count > 2 ? bench::quick_scale() : bench::Scale());
  return 0;
}
