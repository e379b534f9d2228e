// What this machine can do at best, measured in the same run as the stores: reading memory in a
// row, one dependent cache miss, writing to the page cache, and making a small write durable.
//
//     bench_floors FOLDER [quick]
#include <numeric>
#include <utility>
#include <vector>

#include "document_maker.h"
#include "measurement.h"
#include "write_floors.h"

namespace bench {
namespace {

struct FloorScale {
  size_t memory_bytes = size_t{1} << 30;
  int64_t jumps = 3000000;
  int64_t writes = 20000;
  int64_t syncs = 200;
};

void print_floor(const char* name, const Stopwatch& watch, int64_t operations, uint64_t digest) {
  print_figure({name, "machine", "ns", watch.nanoseconds() / static_cast<double>(operations),
                operations, digest});
}

// Nanoseconds a kilobyte of 1,000 bytes: its inverse is GB/s.
void read_in_a_row(const FloorScale& scale) {
  std::vector<uint64_t> words(scale.memory_bytes / sizeof(uint64_t));
  std::iota(words.begin(), words.end(), uint64_t{1});
  uint64_t sums[8] = {};
  Stopwatch watch;
  watch.start();
  for (size_t i = 0; i < words.size(); i += 8) {
    for (size_t lane = 0; lane < 8; ++lane) sums[lane] += words[i + lane];
  }
  watch.stop();
  print_floor("read_memory", watch, static_cast<int64_t>(scale.memory_bytes / 1000),
              std::accumulate(sums, sums + 8, uint64_t{0}));
}

struct alignas(64) Line {
  uint64_t next = 0;
};

void chase_pointers(std::vector<Line>& lines, const FloorScale& scale) {
  RandomNumbers random(7);
  // Sattolo's shuffle: one cycle through all lines.
  for (size_t i = lines.size() - 1; i > 0; --i) {
    std::swap(lines[i].next, lines[random.next() % i].next);
  }
  uint64_t at = 0;
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < scale.jumps; ++i) at = lines[at].next;
  watch.stop();
  print_floor("random_access", watch, scale.jumps, at);
}

// What a get by position cannot do without: an entry of a table, then the line that it names; one
// such pair does not wait for the one before.
void follow_entries(const std::vector<Line>& lines, const FloorScale& scale) {
  std::vector<Line> table(lines.size() / 16);
  RandomNumbers random(8);
  for (Line& entry : table) entry.next = random.next() % lines.size();
  uint64_t sum = 0;
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < scale.jumps; ++i)
    sum += lines[table[random.next() % table.size()].next].next;
  watch.stop();
  print_floor("entry_access", watch, scale.jumps, sum);
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count >= 2, "usage: bench_floors FOLDER [quick]");
  bench::FloorScale scale;
  if (argument_count > 2) scale = {size_t{1} << 26, 100000, 1000, 20};
  const std::string scratch = std::string(arguments[1]) + "/floor";
  for (int repetition = 0; repetition < 3; ++repetition) {
    bench::read_in_a_row(scale);
    bench::measure_write(scratch, scale.writes);
    bench::measure_append_writes(scratch, scale.writes);
    bench::measure_synced_write(scratch, scale.syncs);
  }
  std::vector<bench::Line> lines(scale.memory_bytes / sizeof(bench::Line));
  for (size_t i = 0; i < lines.size(); ++i) lines[i].next = i;
  bench::chase_pointers(lines, scale);
  bench::follow_entries(lines, scale);
  return 0;
}
