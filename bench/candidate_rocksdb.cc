// RocksDB: id -> document. Not durable means a log that is written and not synced: a commit
// survives the death of the process, and after a power loss a prefix of the commits is there, just
// as with libdam. Durable means a sync of the log for each commit. Its block checksums are checked
// when a block comes into its cache, which holds all of the data. No compression, as elsewhere. A
// reader of another process sees what there was when it opened, so it has no news.
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <chrono>
#include <thread>

#include "byte_checksum.h"
#include "candidate.h"

namespace bench {
namespace {

void check(const rocksdb::Status& status) {
  if (!status.ok()) require(false, "RocksDB: " + status.ToString());
}

rocksdb::Slice slice_of(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
Bytes bytes_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

class RocksDb : public Candidate {
 public:
  std::string name() const override { return "RocksDB"; }
  bool offers(Feature feature) const override { return feature == Feature::kPrune; }
  void set_cache(size_t bytes) override { cache_ = bytes; }

  void open(const std::string& folder, Access access) override {
    rocksdb::DB* database = nullptr;
    writable_ = access == Access::kWrite;
    if (writable_) {
      check(rocksdb::DB::Open(options(), folder, &database));
    } else {
      check(rocksdb::DB::OpenForReadOnly(options(), folder, &database));
    }
    database_.reset(database);
  }

  void close() override {
    lent_.Reset();  // it lies in the cache
    if (writable_) {
      check(database_->Flush(rocksdb::FlushOptions()));
      await_compactions();
    }
    check(database_->Close());
    database_.reset();
  }

  void set_durable(bool durable) override { writing_.sync = durable; }

  void add(const DocumentBatch& batch) override {
    changes_.Clear();
    for (int64_t i = 0; i < batch.count(); ++i) {
      const Bytes document = batch.document(i);
      check(changes_.Put(slice_of(batch.id(i)), {document.data, document.size}));
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
    const size_t count = ids.size() / kIdSize;
    std::vector<rocksdb::Slice> keys;
    for (size_t i = 0; i < count; ++i) keys.push_back(slice_of(ids.substr(i * kIdSize, kIdSize)));
    std::vector<rocksdb::PinnableSlice> values(count);
    std::vector<rocksdb::Status> statuses(count);
    database_->MultiGet(reading_, database_->DefaultColumnFamily(), count, keys.data(),
                        values.data(), statuses.data());
    copies_.resize(count * kReadBufferSize);
    char* out = copies_.data();
    for (size_t i = 0; i < count; ++i) {
      check(statuses[i]);
      std::memcpy(out, values[i].data(), values[i].size());
      answer->take({out, values[i].size()});
      out += values[i].size();
    }
  }

  void begin_snapshot() override { reading_.snapshot = database_->GetSnapshot(); }

  void end_snapshot() override {
    database_->ReleaseSnapshot(reading_.snapshot);
    reading_.snapshot = nullptr;
  }

  // Lent until the next call only.
  Bytes lend(std::string_view id) override {
    lent_.Reset();
    check(database_->Get(reading_, database_->DefaultColumnFamily(), slice_of(id), &lent_));
    return bytes_of(lent_);
  }

  void scan(Answer* answer, bool whole) override {
    const std::unique_ptr<rocksdb::Iterator> all(database_->NewIterator(reading_));
    for (all->SeekToFirst(); all->Valid(); all->Next()) {
      answer->take(bytes_of(all->value()));
      if (whole) answer->checksum += byte_checksum(bytes_of(all->value()));
    }
    check(all->status());
  }

  void prune() override {
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    check(database_->CompactRange(all, nullptr, nullptr));
  }

 private:
  rocksdb::Options options() const {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(cache_);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    rocksdb::Options options;
    options.create_if_missing = true;
    options.compression = rocksdb::kNoCompression;
    options.max_background_jobs = static_cast<int>(std::thread::hardware_concurrency());
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
  }

  // What loading left to do would otherwise go on beside what is measured next.
  void await_compactions() {
    for (const char* what : {"rocksdb.compaction-pending", "rocksdb.num-running-compactions"}) {
      uint64_t left = 1;
      while (database_->GetIntProperty(what, &left) && left != 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  size_t cache_ = size_t{2} << 30;
  bool writable_ = false;
  std::unique_ptr<rocksdb::DB> database_;
  rocksdb::WriteOptions writing_;
  rocksdb::ReadOptions reading_;
  rocksdb::WriteBatch changes_;
  rocksdb::PinnableSlice lent_;
  std::vector<char> copies_;
};

}  // namespace

std::unique_ptr<Candidate> make_rocksdb() { return std::make_unique<RocksDb>(); }

}  // namespace bench
