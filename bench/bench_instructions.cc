// Does each operation some hundred times, for valgrind's callgrind to count the instructions of: it
// begins anew before begin_counting and writes down before end_counting. Prints each operation's
// name and number of calls, in the order of those counts. No upkeep thread, and what an operation
// is given is made beforehand, so that two runs count alike. See count_instructions.py.
//
//     bench_instructions FOLDER
#include <dam.h>

#include <cstdio>
#include <filesystem>

#include "candidate.h"

extern "C" {
void begin_counting();
void end_counting();
[[gnu::noinline]] void begin_counting() { asm volatile(""); }
[[gnu::noinline]] void end_counting() { asm volatile(""); }
}

namespace bench {
namespace {

constexpr size_t kDocumentSize = 1024;
constexpr int64_t kDocuments = 2048;
constexpr int64_t kCalls = 512;
constexpr int64_t kPacked = 64;  // of calls that take many

void check(dam_status status) {
  // A text only where it is needed: this is counted too.
  if (status != DAM_OK) require(false, dam_last_error());
}

dam_array* open_array(const std::string& folder) {
  std::filesystem::remove_all(folder);
  dam_options* options = nullptr;
  dam_array* array = nullptr;
  check(dam_options_create(&options));
  check(dam_options_set(options, DAM_OPTION_UPKEEP_THREAD, 0));
  check(dam_open(folder.c_str(), options, &array));
  dam_options_free(options);
  return array;
}

void fill(dam_array* array, const DocumentBatch& batch) {
  check(dam_extend(array, batch.bytes.data(), batch.offsets.data(), batch.count(), 0, nullptr,
                   nullptr));
}

// What the operations work on. Documents `stored` are in the array, `fresh` are not.
struct Stage {
  dam_array* array = nullptr;
  dam_snapshot* snapshot = nullptr;
  dam_cursor* cursor = nullptr;
  DocumentBatch stored;
  DocumentBatch fresh;
  std::vector<DocumentBatch> fresh_packs;
  std::vector<int64_t> id_offsets;
};

void read_by_id(const Stage& stage, int64_t number) {
  char buffer[kReadBufferSize];
  size_t size = 0;
  const std::string_view id = stage.stored.id(number);
  check(dam_read(stage.array, id.data(), id.size(), buffer, sizeof buffer, &size));
}

void read_many_by_id(const Stage& stage, int64_t number) {
  void* data = nullptr;
  int64_t* offsets = nullptr;
  check(dam_read_many(stage.array, stage.stored.id(number * kPacked).data(),
                      stage.id_offsets.data(), kPacked, &data, &offsets));
  dam_free(data);
  dam_free(offsets);
}

void lend_by_id(const Stage& stage, int64_t number) {
  const void* data = nullptr;
  size_t size = 0;
  const std::string_view id = stage.stored.id(number);
  check(dam_snapshot_get(stage.snapshot, id.data(), id.size(), &data, &size));
}

void hold_by_id(const Stage& stage, int64_t number) {
  dam_document* document = nullptr;
  const std::string_view id = stage.stored.id(kCalls + number);
  check(dam_get(stage.array, id.data(), id.size(), &document));
  dam_document_free(document);
}

void lend_by_position(const Stage& stage, int64_t number) {
  const void* data = nullptr;
  size_t size = 0;
  check(dam_snapshot_get_at(stage.snapshot, 2 * kCalls + number, &data, &size));
}

void step(const Stage& stage, int64_t) {
  const void* data = nullptr;
  size_t size = 0;
  check(dam_cursor_next(stage.cursor, &data, &size, nullptr));
}

void append(const Stage& stage, int64_t number) {
  const Bytes document = stage.fresh.document(number);
  check(dam_append(stage.array, document.data, document.size, 0, nullptr, nullptr));
}

void extend(const Stage& stage, int64_t number) {
  fill(stage.array, stage.fresh_packs[static_cast<size_t>(number)]);
}

void remove_by_id(const Stage& stage, int64_t number) {
  const std::string_view id = stage.stored.id(number);
  check(dam_delete(stage.array, id.data(), id.size(), DAM_ANY_REVISION, 0, nullptr));
}

struct Operation {
  const char* name;
  void (*run)(const Stage& stage, int64_t number);
  int64_t documents_a_call = 1;
};

// Each kind of lending has documents of its own, which it touches for the first time once.
constexpr Operation kOperations[] = {
    {"get_copied", read_by_id},
    {"get_many_copied", read_many_by_id, kPacked},
    {"get_lent_checked", lend_by_id},
    {"get_lent", lend_by_id},
    {"get_handle_checked", hold_by_id},
    {"get_handle", hold_by_id},
    {"get_position_checked", lend_by_position},
    {"get_position", lend_by_position},
    {"scan", step},
    {"append", append},
    {"extend", extend, kPacked},
    {"delete", remove_by_id},
};

void prepare(const std::string& folder, Stage* stage) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, kDocuments);
  maker.fill(&stage->stored, 0, kDocuments);
  maker.fill(&stage->fresh, kDocuments, kCalls);
  stage->fresh_packs.resize(kCalls / kPacked);
  int64_t next = kDocuments + kCalls;
  for (DocumentBatch& pack : stage->fresh_packs) {
    maker.fill(&pack, next, kPacked);
    next += kPacked;
  }
  for (int64_t i = 0; i <= kPacked; ++i)
    stage->id_offsets.push_back(i * static_cast<int64_t>(kIdSize));
  stage->array = open_array(folder);
  fill(stage->array, stage->stored);
  check(dam_snapshot_open(stage->array, &stage->snapshot));
  check(dam_cursor_open(stage->snapshot, DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, &stage->cursor));
}

void run(const std::string& folder) {
  Stage stage;
  prepare(folder, &stage);
  for (const Operation& operation : kOperations) {
    begin_counting();
    for (int64_t i = 0; i < kCalls / operation.documents_a_call; ++i) operation.run(stage, i);
    end_counting();
    std::printf("%s %lld\n", operation.name, static_cast<long long>(kCalls));
  }
  check(dam_cursor_close(stage.cursor));
  check(dam_snapshot_release(stage.snapshot));
  check(dam_close(stage.array));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count == 2, "usage: bench_instructions FOLDER");
  bench::run(arguments[1]);
  return 0;
}
