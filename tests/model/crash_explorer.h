// From one moment of a running array to all that a crash could make of it, each checked.
//
// A state is a file system that a kill or a power cut left. It is opened for reading and then for
// writing, and must show one of the contents that the model allows, the same both times; ids,
// positions and the integrity check must agree; the next append must work and outlive the next cut.
// Then recovery itself is cut at each change it makes, and so on, two deep.
#pragma once

#include <functional>

#include "model/model_commits.h"
#include "store/store.h"
#include "support/crash_images.h"

namespace dam::test {

struct ExplorerOptions {
  uint64_t seed = 1;
  uint64_t images = 24;          // of one moment
  uint64_t recovery_images = 4;  // of one moment inside a recovery
  uint64_t thorough_each = 4;    // every n-th state is checked in full
  uint64_t deep_each = 64;       // every n-th has its recovery cut
  int depth = 2;
  uint64_t most_violations = 8;
  // A revision that only a power cut can have taken back must not be given again either.
  bool strict_revisions = false;
};

// What a state may hold.
struct Expectation {
  std::vector<Content> contents;
  std::vector<Content> after_cut;  // the same once a power cut comes on top of it
  uint64_t greatest_revision = 0;
  bool may_be_absent = false;  // while the array is being created
  std::string place;           // how to get there, for --replay
};

class CrashExplorer {
 public:
  explicit CrashExplorer(const ExplorerOptions& options) : options_(options) {}

  // All crashes of this moment; the file system stays as it is.
  void explore(const MemoryFileSystem& files, const ArrayModel& model, const std::string& place);
  void explore_creation(const MemoryFileSystem& files, const std::string& place);

  void report(const std::string& place, const std::string& what);
  uint64_t states() const { return states_; }
  uint64_t recoveries() const { return recoveries_; }
  const std::vector<std::string>& violations() const { return violations_; }
  bool is_done() const { return violations_.size() >= options_.most_violations; }
  // How many images of one moment: fewer where histories are many.
  void set_images(uint64_t images) { options_.images = images; }
  // Only the state with this place is checked.
  void replay(const std::string& place) { replayed_ = place; }

 private:
  void explore_kill(const MemoryFileSystem& files, const Expectation& expected);
  void explore_cuts(const MemoryFileSystem& files, const Expectation& expected, uint64_t limit,
                    int depth);
  void check_state(MemoryFileSystem& files, const Expectation& expected, int depth);
  void cut_recovery(const MemoryFileSystem& files, const Expectation& expected, int depth);
  Status check_opens(MemoryFileSystem& files, const Expectation& expected, bool thorough);
  Status check_append(MemoryFileSystem& files, Store& store, const Expectation& expected,
                      Content& content);
  Status check_prune(MemoryFileSystem& files, Store& store, const Content& content);
  Status check_kept(const MemoryFileSystem& files, const Content& content, const char* what);

  ExplorerOptions options_;
  std::string replayed_;
  uint64_t states_ = 0;
  uint64_t recoveries_ = 0;
  std::vector<std::string> violations_;
};

extern const char kArrayPath[];
// Time passes only when told.
void pass_time(int64_t nanoseconds);
StoreOptions model_options(bool read_only);
// Lets a process die: no call it makes from here on does anything.
void stop_process(MemoryFileSystem& files, std::shared_ptr<Store>& store);

}  // namespace dam::test
