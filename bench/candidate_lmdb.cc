// LMDB: id -> document in one database. Not durable means MDB_NOSYNC: a commit survives the death
// of the process; after a power loss the file may be damaged, so this promises less than libdam
// does. Durable means LMDB's default, a sync for each commit. It keeps no checksums and no order.
#include <lmdb.h>

#include <filesystem>

#include "byte_checksum.h"
#include "candidate.h"

namespace bench {
namespace {

constexpr size_t kMapBytes = size_t{16} << 30;

void check(int code) {
  if (code != MDB_SUCCESS) require(false, std::string("LMDB: ") + mdb_strerror(code));
}

MDB_val value_of(std::string_view bytes) {
  // LMDB only reads what it is given here.
  return {bytes.size(), const_cast<char*>(bytes.data())};
}

Bytes bytes_of(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

class Lmdb : public Candidate {
 public:
  std::string name() const override { return "LMDB"; }
  bool offers(Feature feature) const override {
    return feature == Feature::kCount || feature == Feature::kNews;
  }

  // It has no cache, but a way to read data that is larger than memory.
  void set_cache(size_t) override { read_ahead_ = MDB_NORDAHEAD; }

  void open(const std::string& folder, Access access) override {
    std::filesystem::create_directories(folder);
    check(mdb_env_create(&environment_));
    check(mdb_env_set_mapsize(environment_, kMapBytes));
    const unsigned flags = (access == Access::kRead ? MDB_RDONLY : MDB_NOSYNC) | read_ahead_;
    check(mdb_env_open(environment_, folder.c_str(), flags, 0644));
    writable_ = access == Access::kWrite;
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment_, nullptr, writable_ ? 0 : MDB_RDONLY, &transaction));
    check(mdb_dbi_open(transaction, nullptr, 0, &database_));
    check(mdb_txn_commit(transaction));
    check(mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &reader_));
    mdb_txn_reset(reader_);
  }

  void close() override {
    mdb_txn_abort(reader_);
    if (writable_) check(mdb_env_sync(environment_, 1));
    mdb_env_close(environment_);
  }

  void set_durable(bool durable) override {
    check(mdb_env_set_flags(environment_, MDB_NOSYNC, durable ? 0 : 1));
  }

  int64_t count() override {
    MDB_stat facts{};
    check(mdb_txn_renew(reader_));
    check(mdb_stat(reader_, database_, &facts));
    mdb_txn_reset(reader_);
    return static_cast<int64_t>(facts.ms_entries);
  }

  void add(const DocumentBatch& batch) override {
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment_, nullptr, 0, &transaction));
    for (int64_t i = 0; i < batch.count(); ++i) {
      const Bytes document = batch.document(i);
      MDB_val key = value_of(batch.id(i));
      MDB_val value = value_of({document.data, document.size});
      check(mdb_put(transaction, database_, &key, &value, MDB_NOOVERWRITE));
    }
    check(mdb_txn_commit(transaction));
  }

  void remove(std::string_view id) override {
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment_, nullptr, 0, &transaction));
    MDB_val key = value_of(id);
    check(mdb_del(transaction, database_, &key, nullptr));
    check(mdb_txn_commit(transaction));
  }

  Bytes read(std::string_view id, char* buffer) override {
    begin_snapshot();
    const Bytes document = lend(id);
    std::memcpy(buffer, document.data, document.size);
    end_snapshot();
    return {buffer, document.size};
  }

  void read_many(std::string_view ids, Answer* answer) override {
    copies_.resize(ids.size() / kIdSize * kReadBufferSize);
    char* out = copies_.data();
    begin_snapshot();
    for (size_t at = 0; at < ids.size(); at += kIdSize) {
      const Bytes document = lend(ids.substr(at, kIdSize));
      std::memcpy(out, document.data, document.size);
      answer->take({out, document.size});
      out += document.size;
    }
    end_snapshot();
  }

  void reload() override {
    begin_snapshot();
    end_snapshot();
  }

  void begin_snapshot() override { check(mdb_txn_renew(reader_)); }
  void end_snapshot() override { mdb_txn_reset(reader_); }

  Bytes lend(std::string_view id) override {
    MDB_val key = value_of(id);
    MDB_val value{};
    check(mdb_get(reader_, database_, &key, &value));
    return bytes_of(value);
  }

  void scan(Answer* answer, bool) override {
    MDB_cursor* cursor = nullptr;
    check(mdb_cursor_open(reader_, database_, &cursor));
    MDB_val key{};
    MDB_val value{};
    int code = MDB_SUCCESS;
    while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
      answer->take(bytes_of(value));
      answer->checksum += byte_checksum(bytes_of(value));
    }
    if (code != MDB_NOTFOUND) check(code);
    mdb_cursor_close(cursor);
  }

 private:
  MDB_env* environment_ = nullptr;
  MDB_dbi database_ = 0;
  MDB_txn* reader_ = nullptr;
  unsigned read_ahead_ = 0;
  bool writable_ = false;
  std::vector<char> copies_;
};

}  // namespace

std::unique_ptr<Candidate> make_lmdb() { return std::make_unique<Lmdb>(); }

}  // namespace bench
