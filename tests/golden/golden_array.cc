#include "golden/golden_array.h"

#include "document/document_json.h"
#include "log/array_files.h"
#include "platform/calls.h"
#include "store/store.h"

namespace golden {
namespace {

using dam::Result;
using dam::Status;

uint8_t next_chance = 0;  // Why global: a table of calls holds plain functions.

ssize_t counted_chance(void* to, size_t size, unsigned) {
  auto* bytes = static_cast<uint8_t*>(to);
  for (size_t i = 0; i < size; ++i) bytes[i] = next_chance++;
  return static_cast<ssize_t>(size);
}

int stopped_clock(clockid_t, struct timespec* out) {
  *out = {1'000'000'000, 0};
  return 0;
}

using Kind = dam::WriteOperation::Kind;

// One commit; a document comes as JSON.
Status commit(dam::Store& store, Kind kind, std::string_view id, const char* json) {
  dam::JsonReader reader;
  dam::WriteOperation operation;
  operation.kind = kind;
  operation.id = id;
  if (json != nullptr) {
    DAM_ASSIGN(operation.document, reader.read(json));
  }
  return store.commit({&operation, 1}, dam::Durability::kVisible).status();
}

Status write_history(const std::string& directory) {
  dam::StoreOptions options;
  options.upkeep_thread = false;
  options.embedding_dim = 2;
  DAM_ASSIGN(const std::shared_ptr<dam::Store> store, dam::Store::open(directory, options));
  DAM_TRY(commit(*store, Kind::kAppend, "", R"({"id":"a","text":"hi"})"));
  DAM_TRY(commit(*store, Kind::kAppend, "", R"({"id":"00112233-4455-6677-8899-aabbccddeeff"})"));
  DAM_TRY(commit(*store, Kind::kSet, "a", R"({"id":"a","text":"hello"})"));
  DAM_TRY(commit(*store, Kind::kDelete, "00112233-4455-6677-8899-aabbccddeeff", nullptr));
  return store->close();
}

Result<std::vector<uint8_t>> read_whole(const std::string& path) {
  DAM_ASSIGN(const dam::File file, dam::File::open(path, dam::Access::kRead));
  DAM_ASSIGN(const uint64_t size, file.size());
  std::vector<uint8_t> bytes(size);
  DAM_TRY(file.read(0, bytes));
  return bytes;
}

Status write_whole(const std::string& path, const std::vector<uint8_t>& bytes) {
  DAM_ASSIGN(const dam::File file, dam::File::create(path));
  return file.write(0, bytes);
}

}  // namespace

Result<ArrayBytes> write_golden_array(const std::string& directory) {
  dam::Calls table = dam::operating_system_calls();
  table.getrandom = counted_chance;
  table.clock_gettime = stopped_clock;
  next_chance = 0xA0;
  const dam::CallsInForce replaced(table);
  DAM_TRY(write_history(directory));
  ArrayBytes bytes;
  DAM_ASSIGN(bytes.header, read_whole(dam::header_path(directory)));
  DAM_ASSIGN(bytes.body, read_whole(dam::body_path(directory)));
  return bytes;
}

Status write_files(const std::string& directory, const ArrayBytes& bytes) {
  DAM_TRY(dam::make_directories(directory));
  DAM_TRY(write_whole(dam::header_path(directory), bytes.header));
  return write_whole(dam::body_path(directory), bytes.body);
}

}  // namespace golden
