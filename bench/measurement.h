// What a benchmark measures and says: a stopwatch that can pause, the answer a store gave, and one
// JSON line a figure on stdout, which render_benchmarks.py turns into docs/benchmarks.md.
#ifndef BENCH_MEASUREMENT_H_
#define BENCH_MEASUREMENT_H_

#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>

namespace bench {

// Ends the program with a text when a step that must succeed did not.
void require(bool succeeded, const std::string& what);

struct Bytes {
  const char* data = nullptr;
  size_t size = 0;
};

// Sums up which documents came back, whatever their order, so that stores can be compared. Cheap
// enough for a timed loop: it reads one word from the middle of the document.
struct Answer {
  int64_t documents = 0;
  uint64_t digest = 0;
  uint64_t checksum = 0;  // over every byte, where a walk asked for it

  void take(Bytes document) {
    uint64_t word = 0;
    std::memcpy(&word, document.data + document.size / 2, sizeof word);
    digest += (word ^ document.size) * 0x9e3779b97f4a7c15U;
    ++documents;
  }
};

// Time of the laps between start and stop, so that making the input stays outside.
class Stopwatch {
 public:
  void start() { begin_ = Clock::now(); }
  void stop() { total_ += Clock::now() - begin_; }
  double nanoseconds() const { return std::chrono::duration<double, std::nano>(total_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin_;
  Clock::duration total_{};
};

// One figure of one repetition.
struct Figure {
  std::string workload;
  std::string subject;  // the store, or what else was measured
  std::string unit;
  double value = 0;
  int64_t operations = 0;
  uint64_t digest = 0;
};

void print_figure(const Figure& figure);

}  // namespace bench

#endif  // BENCH_MEASUREMENT_H_
