// Eight processes that read by id at random, one that adds a document a commit: each side alone,
// then both at once. One JSON line a figure on stdout.
//
//     bench_readers FOLDER [quick]     FOLDER: what bench_store worked in
//
// This process opens no store, so that it can fork: every role is a child of its own.
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "candidate.h"
#include "scale.h"

namespace bench {
namespace {

constexpr int kReaders = 8;
constexpr int64_t kGetsBetweenLooks = 100;
constexpr int64_t kOwnIds = 5000;
constexpr int64_t kFirstNumber = 100000000;  // no other benchmark adds documents beyond

struct Result {
  int64_t operations = 0;
  double nanoseconds = 0;
  double processor_nanoseconds = 0;
  uint64_t digest = 0;
};

// What the processes share.
struct Board {
  std::atomic<int> ready{0};
  std::atomic<bool> started{false};
  std::atomic<bool> stopped{false};
  std::atomic<int64_t> last_added{-1};
  Result results[kReaders + 1];  // the last is the writer's
};
static_assert(std::atomic<int64_t>::is_always_lock_free);

struct Round {
  std::string folder;
  const Scale& scale;
  int64_t first_added;
};

void await_start(Board* board) {
  ++board->ready;
  while (!board->started) ::usleep(100);
}

double processor_nanoseconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e9 + static_cast<double>(used.tv_nsec);
}

std::string own_ids(const Scale& scale, const DocumentMaker& maker, int reader) {
  RandomNumbers random(static_cast<uint64_t>(reader));
  std::string ids;
  for (int64_t i = 0; i < kOwnIds; ++i) ids += maker.id(surviving_document(scale, &random));
  return ids;
}

// Its answer is that of the first walk through its ids, which is not timed.
void read_until_stopped(Candidate& store, const Round& round, int reader, Board* board) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, round.scale.documents);
  const std::string ids = own_ids(round.scale, maker, reader);
  char buffer[kReadBufferSize];
  Answer answer;
  const auto read_next = [&](int64_t number) {
    const size_t at = static_cast<size_t>(number % kOwnIds) * kIdSize;
    answer.take(store.read(std::string_view(ids).substr(at, kIdSize), buffer));
  };
  store.open(round.folder, Access::kRead);
  for (int64_t i = 0; i < kOwnIds; ++i) read_next(i);
  Result& result = board->results[reader];
  result.digest = answer.digest;
  await_start(board);
  Stopwatch watch;
  watch.start();
  for (; !board->stopped; ++result.operations) {
    if (result.operations % kGetsBetweenLooks == 0) store.reload();
    read_next(result.operations);
  }
  watch.stop();
  result.nanoseconds = watch.nanoseconds();
  const int64_t seen = board->last_added;
  store.reload();
  if (seen >= 0) store.read(maker.id(seen), buffer);
  store.close();
}

void write_until_stopped(Candidate& store, const Round& round, Board* board) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, round.scale.documents);
  DocumentBatch batch;
  store.open(round.folder, Access::kWrite);
  Result& result = board->results[kReaders];
  await_start(board);
  Stopwatch watch;
  const double before = processor_nanoseconds();
  for (; !board->stopped; ++result.operations) {
    const int64_t number = round.first_added + result.operations;
    maker.fill(&batch, number, 1);
    watch.start();
    store.add(batch);
    watch.stop();
    board->last_added = number;
  }
  result.processor_nanoseconds = processor_nanoseconds() - before;
  result.nanoseconds = watch.nanoseconds();
  // Readers look at what it says; only then may it close.
  while (board->ready > 1) ::usleep(100);
  store.close();
}

std::unique_ptr<Candidate> make_store(const std::string& name) {
  for (std::unique_ptr<Candidate>& store : make_candidates()) {
    if (store->name() == name) return std::move(store);
  }
  std::abort();
}

void start_process(const std::string& name, const Round& round, int role, Board* board) {
  const pid_t child = ::fork();
  require(child >= 0, "a process did not start");
  if (child != 0) return;
  // They wait for each other: when one fails, all end with the process that started them.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::unique_ptr<Candidate> store = make_store(name);
  if (role < kReaders) {
    read_until_stopped(*store, round, role, board);
    --board->ready;
  } else {
    write_until_stopped(*store, round, board);
  }
  std::_Exit(0);
}

// Roles first to last at once; the last of all is the writer.
struct Mode {
  const char* name;
  int first;
  int last;
};
constexpr Mode kModes[] = {
    {"alone", 0, kReaders - 1}, {"alone", kReaders, kReaders}, {"beside", 0, kReaders}};

void run_roles(const std::string& name, const Round& round, const Mode& mode, Board* board) {
  // The writer comes first, and each opens alone: some stores recover in their open.
  for (int role = mode.last; role >= mode.first; --role) {
    start_process(name, round, role, board);
    while (board->ready <= mode.last - role) {
      require(::waitpid(-1, nullptr, WNOHANG) == 0, "a process failed");
      ::usleep(100);
    }
  }
  board->started = true;
  ::usleep(static_cast<useconds_t>(round.scale.side_by_side_ms * 1000));
  board->stopped = true;
  for (int role = mode.first; role <= mode.last; ++role) {
    int outcome = 0;
    require(::waitpid(-1, &outcome, 0) > 0 && outcome == 0, "a process failed");
  }
}

void print_readers(const Mode& mode, const std::string& store, const Board& board) {
  double reads_a_second = 0;
  int64_t reads = 0;
  uint64_t digest = 0;
  for (int i = 0; i < kReaders; ++i) {
    const Result& result = board.results[i];
    reads += result.operations;
    reads_a_second += 1e9 * static_cast<double>(result.operations) / result.nanoseconds;
    digest += result.digest;
  }
  static const uint64_t expected = digest;
  require(digest == expected, store + " answers otherwise");
  print_figure(
      {std::string("readers_") + mode.name, store, "ns", 1e9 / reads_a_second, reads, digest});
}

void print_writer(const Mode& mode, const std::string& store, const Board& board) {
  const Result& writer = board.results[kReaders];
  const auto commits = static_cast<double>(writer.operations);
  print_figure({std::string("writer_") + mode.name, store, "ns", writer.nanoseconds / commits,
                writer.operations, 0});
  print_figure({std::string("writer_cpu_") + mode.name, store, "ns",
                writer.processor_nanoseconds / commits, writer.operations, 0});
}

// How many documents the writers added.
int64_t measure_store(const std::string& name, Round round, void* shared) {
  const int64_t first = round.first_added;
  std::fprintf(stderr, "bench: readers beside a writer, %s\n", name.c_str());
  for (const Mode& mode : kModes) {
    auto* const board = new (shared) Board;
    run_roles(name, round, mode, board);
    if (mode.first < kReaders) print_readers(mode, name, *board);
    if (mode.last == kReaders) print_writer(mode, name, *board);
    round.first_added += board->results[kReaders].operations;
  }
  return round.first_added - first;
}

void measure(const std::string& folder, const Scale& scale) {
  void* const shared =
      ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  require(shared != MAP_FAILED, "no shared memory");
  int64_t added = kFirstNumber;
  for (int64_t repetition = 0; repetition < scale.long_repetitions; ++repetition) {
    for (const std::unique_ptr<Candidate>& store : make_candidates()) {
      if (!store->offers(Feature::kNews)) continue;
      added += measure_store(store->name(), {folder + "/" + store->name(), scale, added}, shared);
    }
  }
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count >= 2, "usage: bench_readers FOLDER [quick]");
  bench::measure(arguments[1], argument_count > 2 ? bench::quick_scale() : bench::Scale());
  return 0;
}
