// Finds documents by comparisons and regular expressions: libdam in place, RE2 alone over the same
// texts, and SQLite's JSON functions over the same lines, all in memory and warm.
//
//     bench_find LINES FOLDER REPETITIONS
//
// LINES: JSON lines, as scripts/make-wordnet-jsonl writes them. One thread. Each repetition asks
// one after the other, and their answers must be equal.
#include <dam.h>
#include <re2/re2.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "measurement.h"

namespace bench {
namespace {

struct Question {
  const char* name;
  const char* filter;
  const char* where;    // the same for SQLite
  const char* pattern;  // nullptr: none
};

constexpr Question kQuestions[] = {
    {"find integer", R"({"tags.lemma_count":{"$gte":5}})", "j ->> '$.tags.lemma_count' >= 5",
     nullptr},
    {"find text", R"({"tags.lexical_file":"noun.animal"})",
     "j ->> '$.tags.lexical_file' = 'noun.animal'", nullptr},
    {"find two", R"({"tags.lexical_file":"noun.animal","tags.pointer_count":{"$lt":3}})",
     "j ->> '$.tags.lexical_file' = 'noun.animal' and j ->> '$.tags.pointer_count' < 3", nullptr},
    {"find literal", R"({"text":{"$regex":"songbird"}})", "instr(j ->> '$.text', 'songbird') > 0",
     "songbird"},
    {"find regex", R"({"text":{"$regex":"[a-z]+ birds? of "}})", nullptr, "[a-z]+ birds? of "},
    {"find rare regex", R"({"text":{"$regex":"(red|blue|grey)[- ]breasted"}})", nullptr,
     "(red|blue|grey)[- ]breasted"},
};

void check(dam_status status) { require(status == DAM_OK, dam_last_error()); }
void check_sqlite(int code, sqlite3* store) {
  require(code < SQLITE_ERROR || code >= SQLITE_ROW, sqlite3_errmsg(store));
}

std::vector<std::string> read_lines(const char* path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  require(!lines.empty(), std::string("no lines in ") + path);
  return lines;
}

class Own {
 public:
  Own(const std::vector<std::string>& lines, const char* folder) {
    std::filesystem::remove_all(folder);
    check(dam_open(folder, nullptr, &array_));
    dam_batch* batch = nullptr;
    check(dam_batch_begin(array_, &batch));
    for (const std::string& line : lines) add(batch, line);
    check(dam_batch_commit(batch, 0, nullptr));
    check(dam_snapshot_open(array_, &snapshot_));
  }
  ~Own() {
    (void)dam_snapshot_release(snapshot_);
    (void)dam_close(array_);
  }
  Own(const Own&) = delete;
  Own& operator=(const Own&) = delete;

  int64_t count(const Question& question) const {
    dam_filter* filter = nullptr;
    int64_t found = 0;
    check(dam_filter_parse(question.filter, DAM_NUL_TERMINATED, &filter));
    check(dam_count_where(snapshot_, filter, nullptr, 0, nullptr, &found));
    dam_filter_free(filter);
    return found;
  }

 private:
  void add(dam_batch* batch, const std::string& line) {
    dam_document* document = nullptr;
    const void* data = nullptr;
    size_t size = 0;
    check(dam_document_from_json(line.data(), line.size(), 0, &document));
    check(dam_document_bytes(document, &data, &size));
    check(dam_batch_append(batch, data, size, 0));
    dam_document_free(document);
  }

  dam_array* array_ = nullptr;
  dam_snapshot* snapshot_ = nullptr;
};

class Sqlite {
 public:
  explicit Sqlite(const std::vector<std::string>& lines) {
    check_sqlite(sqlite3_open(":memory:", &store_), store_);
    run("create table documents (j text)");
    run("begin");
    sqlite3_stmt* insert = prepared("insert into documents values (?)");
    for (const std::string& line : lines) {
      check_sqlite(
          sqlite3_bind_text(insert, 1, line.data(), static_cast<int>(line.size()), SQLITE_STATIC),
          store_);
      check_sqlite(sqlite3_step(insert), store_);
      check_sqlite(sqlite3_reset(insert), store_);
    }
    (void)sqlite3_finalize(insert);
    run("commit");
  }
  ~Sqlite() { (void)sqlite3_close(store_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  int64_t count(const Question& question) const {
    sqlite3_stmt* query =
        prepared(std::string("select count(*) from documents where ") + question.where);
    check_sqlite(sqlite3_step(query), store_);
    const int64_t found = sqlite3_column_int64(query, 0);
    (void)sqlite3_finalize(query);
    return found;
  }

 private:
  sqlite3_stmt* prepared(const std::string& text) const {
    sqlite3_stmt* statement = nullptr;
    check_sqlite(sqlite3_prepare_v2(store_, text.c_str(), -1, &statement, nullptr), store_);
    return statement;
  }
  void run(const char* text) {
    check_sqlite(sqlite3_exec(store_, text, nullptr, nullptr, nullptr), store_);
  }

  sqlite3* store_ = nullptr;
};

// The texts as a program would have them that needs no documents.
std::vector<std::string> texts_of(const std::vector<std::string>& lines) {
  std::vector<std::string> texts;
  for (const std::string& line : lines) {
    dam_document* document = nullptr;
    const char* text = nullptr;
    size_t size = 0;
    check(dam_document_from_json(line.data(), line.size(), 0, &document));
    check(dam_document_string(document, DAM_FIELD_TEXT, &text, &size));
    texts.emplace_back(text, size);
    dam_document_free(document);
  }
  return texts;
}

int64_t count_matches(const std::vector<std::string>& texts, const Question& question) {
  const RE2 pattern(question.pattern, RE2::Quiet);
  int64_t found = 0;
  for (const std::string& text : texts) found += RE2::PartialMatch(text, pattern) ? 1 : 0;
  return found;
}

template <typename Count>
void measure(const Question& question, const char* subject, size_t documents, Count&& count) {
  Stopwatch watch;
  watch.start();
  const int64_t found = count();
  watch.stop();
  print_figure({question.name, subject, "ns a document",
                watch.nanoseconds() / static_cast<double>(documents),
                static_cast<int64_t>(documents), static_cast<uint64_t>(found)});
}

void ask(const Question& question, const Own& own, const Sqlite& sqlite,
         const std::vector<std::string>& texts) {
  const int64_t wanted = own.count(question);
  measure(question, "libdam", texts.size(), [&] { return own.count(question); });
  if (question.pattern != nullptr) {
    require(count_matches(texts, question) == wanted, "RE2 finds others");
    measure(question, "RE2 alone", texts.size(), [&] { return count_matches(texts, question); });
  }
  if (question.where != nullptr) {
    require(sqlite.count(question) == wanted, "SQLite finds others");
    measure(question, "SQLite", texts.size(), [&] { return sqlite.count(question); });
  }
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
  bench::require(count == 4, "usage: bench_find LINES FOLDER REPETITIONS");
  const std::vector<std::string> lines = bench::read_lines(words[1]);
  const std::vector<std::string> texts = bench::texts_of(lines);
  const bench::Own own(lines, words[2]);
  const bench::Sqlite sqlite(lines);
  for (int repetition = std::atoi(words[3]); repetition > 0; --repetition) {
    for (const bench::Question& question : bench::kQuestions)
      bench::ask(question, own, sqlite, texts);
  }
}
