// What this machine can do at best, measured in the same run as the stores: reading memory in a
// row, one dependent cache miss, writing to the page cache, and making a small append durable.
//
//     bench_floors FOLDER [quick]
#include <fcntl.h>
#include <unistd.h>

#include <numeric>
#include <utility>
#include <vector>

#include "document_maker.h"
#include "measurement.h"

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

void chase_pointers(const FloorScale& scale) {
  std::vector<Line> lines(scale.memory_bytes / sizeof(Line));
  for (size_t i = 0; i < lines.size(); ++i) lines[i].next = i;
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

int open_scratch(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0644);
  require(file >= 0, "cannot write " + path);
  return file;
}

void write_without_sync(const std::string& path, const FloorScale& scale) {
  const int file = open_scratch(path);
  const std::string bytes(1024, 'x');
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < scale.writes; ++i) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), i * 1024);
    require(written == 1024, "a write failed");
  }
  watch.stop();
  print_floor("pwrite", watch, scale.writes, 0);
  ::close(file);
}

void append_with_sync(const std::string& path, const FloorScale& scale) {
  const int file = open_scratch(path);
  const std::string bytes(4096, 'x');
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < scale.syncs; ++i) {
    require(::pwrite(file, bytes.data(), bytes.size(), i * 4096) == 4096, "a write failed");
    require(::fdatasync(file) == 0, "fdatasync failed");
  }
  watch.stop();
  print_floor("fdatasync", watch, scale.syncs, 0);
  ::close(file);
  ::unlink(path.c_str());
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
    bench::write_without_sync(scratch, scale);
    bench::append_with_sync(scratch, scale);
  }
  bench::chase_pointers(scale);
  return 0;
}
