// One store of the comparison, behind what every workload needs of it. An adapter gives each store
// its best ordinary way of doing the same job with the same promise; what a store has no notion of
// it does not offer, and the workload leaves it out.
#ifndef BENCH_CANDIDATE_H_
#define BENCH_CANDIDATE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document_maker.h"

namespace bench {

enum class Access { kRead, kWrite };
// kNews: a store open for reading sees what another process commits. kCount: without a walk.
enum class Feature { kHandles, kPositions, kCount, kNews, kPrune };

// Largest document that a workload reads.
constexpr size_t kReadBufferSize = 4096;

// Opened once at a time, by one thread. Any failure ends the program with the store's own text;
// so does what a store does not offer.
class Candidate {
 public:
  Candidate() = default;
  Candidate(const Candidate&) = delete;
  Candidate& operator=(const Candidate&) = delete;
  virtual ~Candidate() = default;

  virtual std::string name() const = 0;
  virtual bool offers(Feature feature) const = 0;
  // The data will not fit in memory, from the next open on: the size of a cache of its own, where a
  // store has one.
  virtual void set_cache(size_t) {}
  virtual void open(const std::string& folder, Access access) = 0;
  // Everything written is on disk for good afterwards.
  virtual void close() = 0;
  // Whether a commit survives a power loss. Not durable: it survives the death of the process.
  virtual void set_durable(bool durable) = 0;
  virtual int64_t count();

  // One commit each.
  virtual void add(const DocumentBatch& batch) = 0;
  virtual void remove(std::string_view id) = 0;

  // Copies into `buffer`, as of the latest commit, whatever snapshot is open.
  virtual Bytes read(std::string_view id, char* buffer) = 0;
  // All copied, packed ids in, as of one commit.
  virtual void read_many(std::string_view ids, Answer* answer) = 0;
  // Handles that outlive everything else; each is given back at once.
  virtual void hold(std::string_view id, Answer* answer);
  virtual void hold_many(std::string_view ids, Answer* answer);
  // Sees what other processes committed.
  virtual void reload();

  // Between these, lend* and scan show one commit; what they lend lives until the end.
  virtual void begin_snapshot() = 0;
  virtual void end_snapshot() = 0;
  virtual Bytes lend(std::string_view id) = 0;
  virtual Bytes lend_at(int64_t position);
  // Every document, checksummed: by the store where it can, else by the reader. With `whole` the
  // answer's checksum is made of every byte too.
  virtual void scan(Answer* answer, bool whole) = 0;

  // Rewrites what is live and gives the space of the rest back; durable when it returns.
  virtual void prune();

 private:
  [[noreturn]] void refuse(const char* what) const;
};

std::unique_ptr<Candidate> make_libdam();
std::unique_ptr<Candidate> make_lmdb();
std::unique_ptr<Candidate> make_sqlite();
std::unique_ptr<Candidate> make_rocksdb();
std::unique_ptr<Candidate> make_leveldb();
// All of them, libdam first.
std::vector<std::unique_ptr<Candidate>> make_candidates();

}  // namespace bench

#endif  // BENCH_CANDIDATE_H_
