#include "write_floors.h"

#include <fcntl.h>
#include <unistd.h>

#include <vector>

#include "measurement.h"

namespace bench {
namespace {

constexpr int64_t kFrameBytes = 1088;
constexpr int64_t kEntryBytes = 64;
constexpr int64_t kPointAt = 4096;
constexpr int64_t kEntriesAt = 8192;

class Scratch {
 public:
  explicit Scratch(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0644);
    require(file_ >= 0, "cannot write " + path_);
  }
  ~Scratch() {
    ::close(file_);
    ::unlink(path_.c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void write(int64_t offset, int64_t size) const {
    static const std::string bytes(4096, 'x');
    const auto count = static_cast<size_t>(size);
    require(::pwrite(file_, bytes.data(), count, offset) == size, "a write failed");
  }
  void sync() const { require(::fdatasync(file_) == 0, "fdatasync failed"); }

 private:
  std::string path_;
  int file_ = -1;
};

template <typename Step>
void measure(const char* name, int64_t times, Step step) {
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < times; ++i) step(i);
  watch.stop();
  print_figure({name, "machine", "ns", watch.nanoseconds() / static_cast<double>(times), times, 0});
}

}  // namespace

void measure_write(const std::string& path, int64_t times) {
  const Scratch file(path);
  measure("pwrite", times, [&](int64_t i) { file.write(i * 1024, 1024); });
}

void measure_append_writes(const std::string& path, int64_t times) {
  const Scratch body(path);
  const Scratch header(path + "-header");
  measure("append_writes", times, [&](int64_t i) {
    body.write(i * kFrameBytes, kFrameBytes);
    header.write(kEntriesAt + i * kEntryBytes, kEntryBytes);
    header.write(kPointAt, kEntryBytes);
  });
}

void measure_synced_write(const std::string& path, int64_t times) {
  const Scratch file(path);
  measure("fdatasync", times, [&](int64_t i) {
    file.write(i * 4096, 4096);
    file.sync();
  });
}

}  // namespace bench
