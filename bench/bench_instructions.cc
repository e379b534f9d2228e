// Does one operation a given number of times, for a counter of instructions to watch: the count of
// one call is the difference of two runs divided by the difference of their numbers. No upkeep
// thread, so that two runs of one number are alike.
//
//     bench_instructions OPERATION FOLDER TIMES
#include <dam.h>

#include <filesystem>

#include "candidate.h"

namespace bench {
namespace {

constexpr size_t kDocumentSize = 1024;
constexpr int64_t kDocuments = 2000;

void check(dam_status status) {
  // A text only where it is needed: this is counted too.
  if (status != DAM_OK) require(false, dam_last_error());
}

dam_array* open_array(const char* folder) {
  std::filesystem::remove_all(folder);
  dam_options* options = nullptr;
  dam_array* array = nullptr;
  check(dam_options_create(&options));
  check(dam_options_set(options, DAM_OPTION_UPKEEP_THREAD, 0));
  check(dam_open(folder, options, &array));
  dam_options_free(options);
  return array;
}

struct Call {
  dam_array* array;
  dam_snapshot* snapshot;
  std::string id;
  Bytes document;
  int64_t number;
};

void append(const Call& call) {
  check(dam_append(call.array, call.document.data, call.document.size, 0, nullptr, nullptr));
}

void read_by_id(const Call& call) {
  char buffer[kReadBufferSize];
  size_t size = 0;
  check(dam_read(call.array, call.id.data(), call.id.size(), buffer, sizeof buffer, &size));
}

void lend_by_id(const Call& call) {
  const void* data = nullptr;
  size_t size = 0;
  check(dam_snapshot_get(call.snapshot, call.id.data(), call.id.size(), &data, &size));
}

void hold_by_id(const Call& call) {
  dam_document* document = nullptr;
  check(dam_get(call.array, call.id.data(), call.id.size(), &document));
  dam_document_free(document);
}

void lend_by_position(const Call& call) {
  const void* data = nullptr;
  size_t size = 0;
  check(dam_snapshot_get_at(call.snapshot, call.number % kDocuments, &data, &size));
}

void remove_by_id(const Call& call) {
  check(dam_delete(call.array, call.id.data(), call.id.size(), DAM_ANY_REVISION, 0, nullptr));
}

void do_nothing(const Call&) {}

struct Operation {
  const char* name;
  void (*run)(const Call& call);
  bool adds;
};

constexpr Operation kOperations[] = {
    {"nothing", do_nothing, false},    {"append", append, true},
    {"get_copied", read_by_id, false}, {"get_lent", lend_by_id, false},
    {"get_handle", hold_by_id, false}, {"get_position", lend_by_position, false},
    {"delete", remove_by_id, false},
};

// Making the input costs the same whatever the operation: `nothing` counts it alone.
int run_operation(const Operation& operation, const char* folder, int64_t times) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, kDocuments);
  Call call{open_array(folder), nullptr, {}, {}, 0};
  DocumentBatch batch;
  maker.fill(&batch, 0, kDocuments);
  check(dam_extend(call.array, batch.bytes.data(), batch.offsets.data(), kDocuments, 0, nullptr,
                   nullptr));
  check(dam_snapshot_open(call.array, &call.snapshot));
  for (call.number = 0; call.number < times; ++call.number) {
    maker.fill(&batch, operation.adds ? kDocuments + call.number : call.number % kDocuments, 1);
    call.id.assign(batch.id(0));
    call.document = batch.document(0);
    operation.run(call);
  }
  check(dam_snapshot_release(call.snapshot));
  // Without a close: what closing costs depends on what was written.
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  bench::require(argument_count == 4, "usage: bench_instructions OPERATION FOLDER TIMES");
  for (const bench::Operation& operation : bench::kOperations) {
    if (operation.name != std::string_view(arguments[1])) continue;
    return bench::run_operation(operation, arguments[2], std::stoll(arguments[3]));
  }
  bench::require(false, "no such operation");
}
