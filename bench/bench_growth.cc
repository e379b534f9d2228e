// What append, get, delete and open cost as an array grows tenfold and tenfold again, up to the
// given number of small documents. One JSON line a figure on stdout.
//
//     bench_growth FOLDER DOCUMENTS
#include <cstdio>
#include <filesystem>

#include "candidate.h"

namespace bench {
namespace {

constexpr int64_t kSmallest = 10000;
constexpr int64_t kBatchSize = 1000;
constexpr int64_t kAppends = 10000;
constexpr int64_t kGets = 100000;
constexpr int64_t kDeletes = 2000;
constexpr int64_t kOpens = 50;
constexpr int64_t kDeleteStride = 700001;  // prime

struct Growth {
  std::unique_ptr<Candidate> store = make_libdam();
  std::string folder;
  const DocumentMaker& maker;
  int64_t added = 0;
};

void print_cost(const Growth& growth, const char* name, const Stopwatch& watch, int64_t count) {
  print_figure({std::string("growth_") + name, std::to_string(growth.added), "ns",
                watch.nanoseconds() / static_cast<double>(count), count, 0});
}

void grow_to(Growth& growth, int64_t documents) {
  DocumentBatch batch;
  Stopwatch watch;
  const int64_t before = growth.added;
  while (growth.added < documents) {
    growth.maker.fill(&batch, growth.added, kBatchSize);
    watch.start();
    growth.store->add(batch);
    watch.stop();
    growth.added += kBatchSize;
  }
  print_cost(growth, "extend", watch, growth.added - before);
}

void append_each(Growth& growth) {
  DocumentBatch batch;
  Stopwatch watch;
  for (int64_t i = 0; i < kAppends; ++i) {
    growth.maker.fill(&batch, growth.added + i, 1);
    watch.start();
    growth.store->add(batch);
    watch.stop();
  }
  print_cost(growth, "append", watch, kAppends);
}

void get_each(Growth& growth) {
  RandomNumbers random(1);
  std::string ids;
  for (int64_t i = 0; i < kGets; ++i) ids += growth.maker.id(random.below(growth.added));
  char buffer[kReadBufferSize];
  Answer answer;
  Stopwatch watch;
  watch.start();
  for (size_t at = 0; at < ids.size(); at += kIdSize) {
    answer.take(growth.store->read(std::string_view(ids).substr(at, kIdSize), buffer));
  }
  watch.stop();
  print_cost(growth, "get", watch, answer.documents);
}

void get_each_position(Growth& growth, const char* name) {
  const int64_t count = growth.store->count();
  RandomNumbers random(2);
  Answer answer;
  growth.store->begin_snapshot();
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < kGets; ++i) answer.take(growth.store->lend_at(random.below(count)));
  watch.stop();
  growth.store->end_snapshot();
  print_cost(growth, name, watch, kGets);
}

void delete_each(Growth& growth) {
  Stopwatch watch;
  std::vector<std::string> gone;
  for (int64_t i = 0; i < kDeletes; ++i) {
    gone.push_back(growth.maker.id(i * kDeleteStride % growth.added));
    watch.start();
    growth.store->remove(gone.back());
    watch.stop();
  }
  print_cost(growth, "delete", watch, kDeletes);
}

void open_each(Growth& growth) {
  growth.store->close();
  Stopwatch watch;
  for (int64_t i = 0; i < kOpens; ++i) {
    watch.start();
    growth.store->open(growth.folder, Access::kRead);
    require(growth.store->count() > 0, "the array is empty");
    watch.stop();
    growth.store->close();
  }
  print_cost(growth, "open", watch, kOpens);
}

// Each size gets an array of its own: what one size deletes must not be asked for by the next.
void measure_size(const DocumentMaker& maker, const std::string& folder, int64_t documents) {
  std::filesystem::remove_all(folder);
  Growth growth{.folder = folder, .maker = maker};
  growth.store->open(folder, Access::kWrite);
  grow_to(growth, documents);
  get_each(growth);
  get_each_position(growth, "position");
  append_each(growth);
  delete_each(growth);
  get_each_position(growth, "position_after_delete");
  open_each(growth);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count == 3, "usage: bench_growth FOLDER DOCUMENTS");
  const int64_t most = std::stoll(arguments[2]);
  const bench::DocumentMaker maker(bench::IdForm::kUuid, 0, most);
  for (int64_t documents = bench::kSmallest; documents <= most; documents *= 10) {
    std::fprintf(stderr, "bench: growth, %lld documents of %zu bytes\n",
                 static_cast<long long>(documents), maker.document_size());
    bench::measure_size(maker, arguments[1], documents);
  }
  return 0;
}
