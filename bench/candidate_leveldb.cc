// LevelDB: id -> document. Not durable means a log that is written and not synced: a commit
// survives the death of the process, and after a power loss a prefix of the commits is there, just
// as with libdam. Durable means a sync of the log for each commit. Block checksums are asked for;
// they are checked when a block comes into its cache, which holds all of the data. One process at a
// time, so it has no news. No compression, as elsewhere.
#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include "byte_checksum.h"
#include "candidate.h"

namespace bench {
namespace {

void check(const leveldb::Status& status) {
  if (!status.ok()) require(false, "LevelDB: " + status.ToString());
}

leveldb::Slice slice_of(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
Bytes bytes_of(const leveldb::Slice& slice) { return {slice.data(), slice.size()}; }

class LevelDb : public Candidate {
 public:
  LevelDb() { reading_.verify_checksums = true; }

  std::string name() const override { return "LevelDB"; }
  bool offers(Feature feature) const override { return feature == Feature::kPrune; }
  void set_cache(size_t bytes) override { cache_size_ = bytes; }

  void open(const std::string& folder, Access access) override {
    leveldb::DB* database = nullptr;
    writable_ = access == Access::kWrite;
    cache_.reset(leveldb::NewLRUCache(cache_size_));
    leveldb::Options options;
    options.create_if_missing = true;
    options.compression = leveldb::kNoCompression;
    options.write_buffer_size = size_t{64} << 20;  // RocksDB's default
    options.block_cache = cache_.get();
    options.filter_policy = filter_.get();
    check(leveldb::DB::Open(options, folder, &database));
    database_.reset(database);
  }

  // What is in the log is synced by one more commit, an empty one.
  void close() override {
    if (writable_) {
      leveldb::WriteOptions synced;
      synced.sync = true;
      leveldb::WriteBatch nothing;
      check(database_->Write(synced, &nothing));
    }
    database_.reset();
  }

  void set_durable(bool durable) override { writing_.sync = durable; }

  void add(const DocumentBatch& batch) override {
    changes_.Clear();
    for (int64_t i = 0; i < batch.count(); ++i) {
      const Bytes document = batch.document(i);
      changes_.Put(slice_of(batch.id(i)), {document.data, document.size});
    }
    check(database_->Write(writing_, &changes_));
  }

  void remove(std::string_view id) override { check(database_->Delete(writing_, slice_of(id))); }

  Bytes read(std::string_view id, char* buffer) override {
    const Bytes document = lend(id);
    std::memcpy(buffer, document.data, document.size);
    return {buffer, document.size};
  }

  void read_many(std::string_view ids, Answer* answer) override {
    copies_.resize(ids.size() / kIdSize * kReadBufferSize);
    char* out = copies_.data();
    begin_snapshot();
    for (size_t at = 0; at < ids.size(); at += kIdSize) {
      const Bytes document = read(ids.substr(at, kIdSize), out);
      answer->take(document);
      out += document.size;
    }
    end_snapshot();
  }

  void begin_snapshot() override { reading_.snapshot = database_->GetSnapshot(); }

  void end_snapshot() override {
    database_->ReleaseSnapshot(reading_.snapshot);
    reading_.snapshot = nullptr;
  }

  // A copy of LevelDB's making, which lives until the next call: it lends nothing.
  Bytes lend(std::string_view id) override {
    check(database_->Get(reading_, slice_of(id), &lent_));
    return {lent_.data(), lent_.size()};
  }

  void scan(Answer* answer, bool whole) override {
    const std::unique_ptr<leveldb::Iterator> all(database_->NewIterator(reading_));
    for (all->SeekToFirst(); all->Valid(); all->Next()) {
      answer->take(bytes_of(all->value()));
      if (whole) answer->checksum += byte_checksum(bytes_of(all->value()));
    }
    check(all->status());
  }

  void prune() override { database_->CompactRange(nullptr, nullptr); }

 private:
  size_t cache_size_ = size_t{2} << 30;
  bool writable_ = false;
  // Both outlive the database.
  const std::unique_ptr<const leveldb::FilterPolicy> filter_{leveldb::NewBloomFilterPolicy(10)};
  std::unique_ptr<leveldb::Cache> cache_;
  std::unique_ptr<leveldb::DB> database_;
  leveldb::WriteOptions writing_;
  leveldb::ReadOptions reading_;
  leveldb::WriteBatch changes_;
  std::string lent_;
  std::vector<char> copies_;
};

}  // namespace

std::unique_ptr<Candidate> make_leveldb() { return std::make_unique<LevelDb>(); }

}  // namespace bench
