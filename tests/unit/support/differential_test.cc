// The in-memory file system against the operating system's: the same random calls, the same
// answers.
//
// Both get one sequence of calls on a few names in a directory of their own; results, errno values,
// bytes read, sizes and lock conflicts must agree call by call. DAM_TEST_SEED replays a sequence.
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "support/memory_file_system.h"
#include "unit/platform/temporary_directory.h"

namespace {

using dam::Calls;
using dam::test::MemoryFileSystem;
using dam::test::Mount;
using dam::test::next_random;

constexpr int kDescriptors = 6;
constexpr uint64_t kWindow = 64 << 10;

// One file system under test, with descriptors and windows under small numbers of our own.
struct Side {
  const Calls& calls;
  std::string root;
  int fds[kDescriptors];
  uint8_t* windows[kDescriptors];
};

// One call's outcome, for both sides to agree on.
struct Outcome {
  int64_t result = 0;
  int error = 0;
  std::string bytes;
  bool operator==(const Outcome&) const = default;
};

struct Step {
  uint64_t kind;
  int which;
  int other;
  uint64_t offset;
  uint64_t size;
  uint64_t choice;
  std::string from;
  std::string to;
};

Outcome outcome_of(int64_t result) {
  return result < 0 ? Outcome{-1, errno, ""} : Outcome{result, 0, ""};
}

Outcome open_one(Side& side, const Step& step) {
  constexpr int kFlags[] = {O_RDONLY,         O_RDWR,
                            O_RDWR | O_CREAT, O_RDWR | O_CREAT | O_EXCL,
                            O_WRONLY,         O_RDONLY | O_DIRECTORY,
                            O_RDWR | O_TRUNC};
  int& fd = side.fds[step.which];
  if (fd >= 0) side.calls.close(fd);
  fd = side.calls.open((side.root + step.from).c_str(),
                       kFlags[step.choice % 7] | O_CLOEXEC | O_NOFOLLOW, 0600);
  return outcome_of(fd < 0 ? -1 : 0);
}

Outcome read_some(Side& side, const Step& step) {
  std::string bytes(step.size, '\0');
  const ssize_t count = side.calls.pread(side.fds[step.which], bytes.data(), step.size,
                                         static_cast<off_t>(step.offset) - (step.choice == 0));
  Outcome outcome = outcome_of(count);
  if (count > 0) outcome.bytes = bytes.substr(0, static_cast<size_t>(count));
  return outcome;
}

Outcome write_some(Side& side, const Step& step) {
  const std::string bytes(step.size, static_cast<char>('a' + step.choice % 26));
  return outcome_of(side.calls.pwrite(side.fds[step.which], bytes.data(), step.size,
                                      static_cast<off_t>(step.offset)));
}

Outcome stat_one(Side& side, const Step& step) {
  struct stat facts = {};
  const bool by_path = step.choice % 2 == 0;
  const int result = by_path ? side.calls.lstat((side.root + step.from).c_str(), &facts)
                             : side.calls.fstat(side.fds[step.which], &facts);
  Outcome outcome = outcome_of(result);
  if (result != 0) return outcome;
  outcome.bytes = std::to_string(facts.st_mode & ~static_cast<mode_t>(S_ISGID));
  if (S_ISREG(facts.st_mode))
    outcome.bytes += " " + std::to_string(facts.st_size) + " " + std::to_string(facts.st_nlink);
  return outcome;
}

Outcome lock_some(Side& side, const Step& step) {
  constexpr short kTypes[] = {F_RDLCK, F_WRLCK, F_UNLCK};
  struct flock range = {};
  range.l_type = kTypes[step.choice % 3];
  range.l_start = static_cast<off_t>(step.offset % 4);
  range.l_len = static_cast<off_t>(step.size % 3);
  // Asking for F_UNLCK means something of its own since Linux 6.6.
  const bool asks = range.l_type != F_UNLCK && step.choice / 3 % 3 == 0;
  const int command = asks ? F_OFD_GETLK : F_OFD_SETLK;
  Outcome outcome = outcome_of(side.calls.lock(side.fds[step.which], command, &range));
  // Which of several conflicting locks is told is up to the system.
  if (asks && outcome.result == 0) outcome.bytes = range.l_type == F_UNLCK ? "free" : "held";
  return outcome;
}

Outcome map_one(Side& side, const Step& step) {
  uint8_t*& window = side.windows[step.which];
  if (window != nullptr) {
    const int result = side.calls.munmap(window, kWindow);
    window = nullptr;
    return outcome_of(result);
  }
  void* address = side.calls.mmap(nullptr, kWindow, PROT_READ, MAP_SHARED, side.fds[step.which], 0);
  if (address == MAP_FAILED) return outcome_of(-1);
  window = static_cast<uint8_t*>(address);
  return {};
}

// The symbolic link stays where it is: the file system in memory does not follow one.
Outcome move_name(Side& side, const Step& step) {
  if (step.from == "/link" || step.to == "/link") return {};
  const std::string from = side.root + step.from;
  const std::string to = side.root + step.to;
  switch (step.choice % 4) {
    case 0:
      return outcome_of(side.calls.mkdir(to.c_str(), 0700));
    case 1:
      return outcome_of(side.calls.unlink(from.c_str()));
    default:
      return outcome_of(side.calls.rename(from.c_str(), to.c_str()));
  }
}

Outcome resize_one(Side& side, const Step& step) {
  const int fd = side.fds[step.which];
  const auto offset = static_cast<off_t>(step.offset);
  const auto size = static_cast<off_t>(step.size);
  switch (step.choice % 4) {
    case 0:
      return outcome_of(side.calls.ftruncate(fd, offset));
    case 1:
      return outcome_of(side.calls.fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, size));
    case 2:
      return outcome_of(side.calls.fallocate(fd, 0, offset, size));
    default:
      return outcome_of(step.offset % 2 == 0 ? side.calls.fsync(fd) : side.calls.fdatasync(fd));
  }
}

Outcome copy_descriptor(Side& side, const Step& step) {
  if (step.which == step.other) return {};
  int& to = side.fds[step.other];
  if (to >= 0 || step.choice % 2 == 0) {
    const int closed = side.calls.close(to);
    to = -1;
    return outcome_of(closed);
  }
  to = side.calls.duplicate_above(side.fds[step.which], 3);
  return outcome_of(to < 0 ? -1 : 0);
}

constexpr Outcome (*kSteps[])(Side&, const Step&) = {
    open_one,  open_one,  read_some, read_some,  write_some, write_some,      write_some,
    lock_some, lock_some, map_one,   resize_one, move_name,  copy_descriptor, stat_one};

bool takes_lock(const Step& step) { return kSteps[step.kind % std::size(kSteps)] == lock_some; }

Outcome run(Side& side, const Step& step) {
  errno = 0;
  return kSteps[step.kind % std::size(kSteps)](side, step);
}

Step draw(uint64_t* random) {
  static const char* const kNames[] = {"/a",  "/b",         "/d",   "/d/a",    "/d/b",
                                       "/e",  "/missing/x", "/a/x", "/d/../a", "/d/",
                                       "/a/", "/link",      "/./b"};
  constexpr uint64_t kNameCount = std::size(kNames);
  Step step;
  step.kind = next_random(random);
  step.which = static_cast<int>(next_random(random) % kDescriptors);
  step.other = static_cast<int>(next_random(random) % kDescriptors);
  step.offset = next_random(random) % 20000;
  step.size = next_random(random) % 3000;
  step.choice = next_random(random) % 64;
  step.from = kNames[next_random(random) % kNameCount];
  step.to = kNames[next_random(random) % kNameCount];
  return step;
}

// Bytes seen through windows, up to the end of their files (beyond it the system sends a signal).
void windows_show_the_same(Side& real, Side& memory) {
  for (int i = 0; i < kDescriptors; ++i) {
    struct stat facts = {};
    if (real.windows[i] == nullptr || real.fds[i] < 0) continue;
    uint8_t* probe = static_cast<uint8_t*>(
        real.calls.mmap(nullptr, kWindow, PROT_READ, MAP_SHARED, real.fds[i], 0));
    if (probe == MAP_FAILED) continue;
    real.calls.munmap(probe, kWindow);
    if (real.calls.fstat(real.fds[i], &facts) != 0) continue;
    // Why only after a fresh mapping: the descriptor may name another file than the window by now.
    Step fresh = {};
    fresh.which = i;
    for (Side* side : {&real, &memory}) {
      map_one(*side, fresh);
      map_one(*side, fresh);
    }
    const auto size = std::min<uint64_t>(static_cast<uint64_t>(facts.st_size), kWindow);
    assert_memory_equal(real.windows[i], memory.windows[i], size);
  }
}

void compare(const std::string& directory, uint64_t seed) {
  // Windows that are the file's slot share one address, so that munmap cannot tell which open file
  // it gives up, and that file's locks with it: locks are compared where windows are the system's.
  const bool real_windows = seed % 2 == 0;
  MemoryFileSystem file_system({.real_windows = real_windows});
  const Mount mount(file_system);
  Side real = {dam::operating_system_calls(), directory, {}, {}};
  Side memory = {dam::calls(), "", {}, {}};
  for (Side* side : {&real, &memory}) std::fill_n(side->fds, kDescriptors, -1);
  file_system.add_symbolic_link("/link");
  assert_int_equal(symlink("a", (directory + "/link").c_str()), 0);
  uint64_t random = seed;
  for (int i = 0; i < 3000; ++i) {
    const Step step = draw(&random);
    if (takes_lock(step) && !real_windows) continue;
    const Outcome expected = run(real, step);
    const Outcome found = run(memory, step);
    if (!(expected == found))
      fail_msg(
          "seed %llu step %d kind %llu choice %llu %s %s: system %lld errno %d, memory %lld "
          "errno %d",
          static_cast<unsigned long long>(seed), i,
          static_cast<unsigned long long>(step.kind % std::size(kSteps)),
          static_cast<unsigned long long>(step.choice), step.from.c_str(), step.to.c_str(),
          static_cast<long long>(expected.result), expected.error,
          static_cast<long long>(found.result), found.error);
    if (i % 16 == 0) windows_show_the_same(real, memory);
  }
  for (Side* side : {&real, &memory})
    for (int i = 0; i < kDescriptors; ++i) {
      if (side->windows[i] != nullptr) side->calls.munmap(side->windows[i], kWindow);
      if (side->fds[i] >= 0) side->calls.close(side->fds[i]);
    }
  assert_int_equal(file_system.open_descriptors() + file_system.windows(), 0);
  assert_int_equal(file_system.locks_held(), 0);
}

void memory_answers_as_the_operating_system_does(void** state) {
  const char* wanted = std::getenv("DAM_TEST_SEED");
  const uint64_t first = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 1;
  const uint64_t count = wanted != nullptr ? 1 : 16;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    const std::string directory = temporary_directory::at(state, std::to_string(seed).c_str());
    assert_int_equal(mkdir(directory.c_str(), 0700), 0);
    compare(directory, seed);
  }
}

}  // namespace

int main() {
  umask(022);
  const CMUnitTest tests[] = {TEST_IN_DIRECTORY(memory_answers_as_the_operating_system_does)};
  return cmocka_run_group_tests_name("differential", tests, nullptr, nullptr);
}
