// SQLite in WAL mode: a table of rowid, id (unique) and document, so that it keeps order as well as
// ids. Not durable means synchronous=NORMAL: a commit survives the death of the process, and after
// a power loss a prefix of the commits is there, just as with libdam. Durable means FULL.
// Checkpoints come every 64 MiB, as libdam's do; statements are prepared once. No checksums.
#include <sqlite3.h>

#include <filesystem>

#include "byte_checksum.h"
#include "candidate.h"

namespace bench {
namespace {

constexpr int kPatienceMs = 10000;  // with another process
constexpr char kSettings[] =
    "pragma journal_mode=wal; pragma synchronous=normal; pragma wal_autocheckpoint=16384;"
    "pragma mmap_size=2147418112;"
    "create table if not exists documents(place integer primary key, id text not null unique,"
    " document blob not null);";

constexpr const char* kStatements[] = {
    "insert into documents(id, document) values(?1, ?2)",
    "delete from documents where id=?1",
    "select document from documents where id=?1",
    "select document from documents where place=?1",
    "select document from documents order by place",
    "select count(*) from documents",
    "pragma data_version",
    "begin",
    "commit",
};
enum Statement { kInsert, kDelete, kById, kByPlace, kAll, kCount, kVersion, kBegin, kCommit, kEnd };

class Sqlite : public Candidate {
 public:
  std::string name() const override { return "SQLite"; }
  bool offers(Feature feature) const override {
    return feature == Feature::kPositions || feature == Feature::kCount ||
           feature == Feature::kNews;
  }
  void set_cache(size_t bytes) override { cache_ = bytes; }

  void open(const std::string& folder, Access) override {
    std::filesystem::create_directories(folder);
    check(sqlite3_open((folder + "/documents.db").c_str(), &database_));
    check(sqlite3_busy_timeout(database_, kPatienceMs));
    run(kSettings);
    run(("pragma cache_size=-" + std::to_string(cache_ / 1024)).c_str());
    for (int i = 0; i < kEnd; ++i) {
      check(sqlite3_prepare_v3(database_, kStatements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &statements_[i], nullptr));
    }
  }

  void close() override {
    run("pragma synchronous=full; pragma wal_checkpoint(truncate);");
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    check(sqlite3_close(database_));
  }

  void set_durable(bool durable) override {
    run(durable ? "pragma synchronous=full" : "pragma synchronous=normal");
  }

  int64_t count() override {
    require(sqlite3_step(statements_[kCount]) == SQLITE_ROW, "SQLite: no count");
    const int64_t count = sqlite3_column_int64(statements_[kCount], 0);
    sqlite3_reset(statements_[kCount]);
    return count;
  }

  void add(const DocumentBatch& batch) override {
    sqlite3_stmt* insert = statements_[kInsert];
    if (batch.count() > 1) finish(kBegin);
    for (int64_t i = 0; i < batch.count(); ++i) {
      const Bytes document = batch.document(i);
      bind_id(insert, batch.id(i));
      sqlite3_bind_blob(insert, 2, document.data, static_cast<int>(document.size), SQLITE_STATIC);
      finish(kInsert);
    }
    if (batch.count() > 1) finish(kCommit);
  }

  void remove(std::string_view id) override {
    bind_id(statements_[kDelete], id);
    finish(kDelete);
  }

  Bytes read(std::string_view id, char* buffer) override {
    const Bytes document = step_to(id);
    std::memcpy(buffer, document.data, document.size);
    sqlite3_reset(statements_[kById]);
    return {buffer, document.size};
  }

  void read_many(std::string_view ids, Answer* answer) override {
    copies_.resize(ids.size() / kIdSize * kReadBufferSize);
    char* out = copies_.data();
    finish(kBegin);
    for (size_t at = 0; at < ids.size(); at += kIdSize) {
      const Bytes document = read(ids.substr(at, kIdSize), out);
      answer->take(document);
      out += document.size;
    }
    finish(kCommit);
  }

  void reload() override {
    require(sqlite3_step(statements_[kVersion]) == SQLITE_ROW, "SQLite: no data_version");
    sqlite3_reset(statements_[kVersion]);
  }

  void begin_snapshot() override { finish(kBegin); }

  void end_snapshot() override {
    sqlite3_reset(statements_[kById]);
    sqlite3_reset(statements_[kByPlace]);
    finish(kCommit);
  }

  // Lent until the next call only: SQLite has nothing that lives longer.
  Bytes lend(std::string_view id) override {
    sqlite3_reset(statements_[kById]);
    return step_to(id);
  }

  Bytes lend_at(int64_t position) override {
    sqlite3_stmt* by_place = statements_[kByPlace];
    sqlite3_reset(by_place);
    sqlite3_bind_int64(by_place, 1, position + 1);
    require(sqlite3_step(by_place) == SQLITE_ROW, "SQLite: no such place");
    return column_bytes(by_place);
  }

  void scan(Answer* answer, bool) override {
    sqlite3_stmt* all = statements_[kAll];
    while (sqlite3_step(all) == SQLITE_ROW) {
      answer->take(column_bytes(all));
      answer->checksum += byte_checksum(column_bytes(all));
    }
    check(sqlite3_reset(all));
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) require(false, std::string("SQLite: ") + sqlite3_errmsg(database_));
  }

  void run(const char* text) { check(sqlite3_exec(database_, text, nullptr, nullptr, nullptr)); }

  void finish(Statement statement) {
    sqlite3_step(statements_[statement]);
    check(sqlite3_reset(statements_[statement]));
  }

  static void bind_id(sqlite3_stmt* statement, std::string_view id) {
    sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), nullptr);
  }

  Bytes step_to(std::string_view id) {
    bind_id(statements_[kById], id);
    require(sqlite3_step(statements_[kById]) == SQLITE_ROW, "SQLite: no such id");
    return column_bytes(statements_[kById]);
  }

  static Bytes column_bytes(sqlite3_stmt* statement) {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, 0));
    return {data, static_cast<size_t>(sqlite3_column_bytes(statement, 0))};
  }

  size_t cache_ = size_t{256} << 20;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* statements_[kEnd] = {};
  std::vector<char> copies_;
};

}  // namespace

std::unique_ptr<Candidate> make_sqlite() { return std::make_unique<Sqlite>(); }

}  // namespace bench
