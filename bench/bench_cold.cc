// Reading at random what memory cannot hold. The caller bounds the memory of this process, page
// cache included; here each store's files leave the cache first. Beside it one random read of the
// same disk that passes the cache by. One JSON line a figure on stdout.
//
//     bench_cold FOLDER [quick]     FOLDER: what bench_store worked in
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "candidate.h"
#include "scale.h"

namespace bench {
namespace {

constexpr size_t kCache = size_t{32} << 20;  // of a store that has its own
constexpr size_t kBlock = 4096;

void leave_cache(const std::string& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    require(file >= 0, "cannot open " + entry.path().string());
    ::fdatasync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
  }
}

// Of this process, from the disk.
int64_t bytes_read() {
  std::ifstream facts("/proc/self/io");
  std::string word;
  int64_t bytes = -1;
  while (facts >> word) {
    if (word == "read_bytes:") facts >> bytes;
  }
  require(bytes >= 0, "/proc/self/io names no read_bytes");
  return bytes;
}

void read_disk_at_random(const std::string& path, int64_t reads) {
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECT | O_CLOEXEC);
  struct stat facts{};
  require(file >= 0 && ::fstat(file, &facts) == 0, "cannot read " + path + " past the cache");
  void* const block = std::aligned_alloc(kBlock, kBlock);
  RandomNumbers random(5);
  const int64_t blocks = facts.st_size / static_cast<int64_t>(kBlock);
  Stopwatch watch;
  for (int64_t i = 0; i < reads; ++i) {
    const int64_t at = random.below(blocks) * static_cast<int64_t>(kBlock);
    watch.start();
    require(::pread(file, block, kBlock, at) == static_cast<ssize_t>(kBlock), "a read failed");
    watch.stop();
  }
  std::free(block);
  ::close(file);
  print_figure(
      {"disk_read", "machine", "ns", watch.nanoseconds() / static_cast<double>(reads), reads, 0});
}

Answer get_each(Candidate& store, const std::string& ids) {
  char buffer[kReadBufferSize];
  Answer answer;
  for (size_t at = 0; at < ids.size(); at += kIdSize)
    answer.take(store.read(std::string_view(ids).substr(at, kIdSize), buffer));
  return answer;
}

std::string some_ids(const DocumentMaker& maker, const Scale& scale, uint64_t seed) {
  RandomNumbers random(seed);
  std::string ids;
  for (int64_t i = 0; i < scale.cold_gets; ++i) ids += maker.id(surviving_document(scale, &random));
  return ids;
}

// The first questions bring in what every get needs; the second, others, are measured.
Answer measure_store(Candidate& store, const std::string& folder, const Scale& scale) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, scale.documents);
  const std::string questions = some_ids(maker, scale, 2);
  leave_cache(folder);
  store.set_cache(kCache);
  store.open(folder, Access::kRead);
  get_each(store, some_ids(maker, scale, 1));
  const int64_t bytes_before = bytes_read();
  Stopwatch watch;
  watch.start();
  const Answer answer = get_each(store, questions);
  watch.stop();
  const auto bytes = static_cast<double>(bytes_read() - bytes_before);
  const auto gets = static_cast<double>(scale.cold_gets);
  print_figure({"cold_get", store.name(), "ns", watch.nanoseconds() / gets, scale.cold_gets, 0});
  print_figure({"cold_bytes", store.name(), "bytes", bytes / gets, scale.cold_gets, 0});
  store.close();
  return answer;
}

void measure(const std::string& folder, const Scale& scale) {
  Answer expected;
  for (const std::unique_ptr<Candidate>& store : make_candidates()) {
    std::fprintf(stderr, "bench: more than memory holds, %s\n", store->name().c_str());
    const Answer answer = measure_store(*store, folder + "/" + store->name(), scale);
    if (expected.documents == 0) expected = answer;
    require(answer.digest == expected.digest, store->name() + " answers otherwise");
    leave_cache(folder + "/libdam");
    read_disk_at_random(folder + "/libdam/body.bin", scale.cold_gets);
  }
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count >= 2, "usage: bench_cold FOLDER [quick]");
  bench::measure(arguments[1], argument_count > 2 ? bench::quick_scale() : bench::Scale());
  return 0;
}
