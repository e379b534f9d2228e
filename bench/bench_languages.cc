// The C side of scripts/bench languages: makes the array that each language reads, and does in C
// what LanguageBench.java, language_bench.go and language_bench.mjs do in theirs. The questions are
// the same in each, and so must the answers be.
#include <dam.h>

#include <filesystem>
#include <vector>

#include "document_maker.h"
#include "measurement.h"

namespace bench {
namespace {

constexpr size_t kDocumentSize = 1024;
constexpr int64_t kBatch = 1000;
constexpr size_t kWalkBytes = 256 << 10;
constexpr int64_t kWalkDocuments = 1024;

struct Scale {
  int64_t gets;
  int64_t extends;
  int64_t rounds;
};

void check(dam_status status) {
  require(status == DAM_OK, std::string(dam_status_name(status)) + " " + dam_last_error());
}

dam_array* opened(const std::string& folder, bool for_reading) {
  dam_options* options = nullptr;
  dam_array* array = nullptr;
  check(dam_options_create(&options));
  check(dam_options_set(options, DAM_OPTION_READ_ONLY, for_reading));
  check(dam_open(folder.c_str(), options, &array));
  dam_options_free(options);
  return array;
}

void prepare(const std::string& folder, int64_t count) {
  const DocumentMaker maker(IdForm::kUuid, kDocumentSize, 1);
  dam_array* const array = opened(folder, false);
  DocumentBatch batch;
  for (int64_t first = 0; first < count; first += kBatch) {
    batch.clear();
    maker.fill(&batch, first, kBatch);
    check(dam_extend(array, batch.bytes.data(), batch.offsets.data(), batch.count(), 0, nullptr,
                     nullptr));
  }
  check(dam_close(array));
}

// What each language makes of a document: enough to see that it came whole.
uint64_t digest_of(const char* data, size_t size) {
  return size * 31 + static_cast<unsigned char>(data[size / 2]);
}

// Positions to ask for; the generator is one that every language has the numbers for.
std::vector<int64_t> questions(int64_t gets, int64_t count) {
  uint32_t state = 1;
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < gets; ++i) {
    state = (state * 1103515245U + 12345U) & 0x7fffffffU;
    positions.push_back(static_cast<int64_t>(state >> 8) % count);
  }
  return positions;
}

void print(const char* workload, const Stopwatch& watch, int64_t operations, uint64_t digest) {
  const double each = watch.nanoseconds() / static_cast<double>(operations);
  print_figure({workload, "C", "ns", each, operations, digest});
}

void get_copied(dam_array* array, const Scale& scale) {
  char* ids = nullptr;
  int64_t* offsets = nullptr;
  int64_t count = 0;
  check(dam_ids(array, 0, INT64_MAX, &ids, &offsets, &count));
  const std::vector<int64_t> positions = questions(scale.gets, count);
  std::vector<char> buffer(1 << 16);
  for (int64_t round = 0; round <= scale.rounds; ++round) {
    uint64_t digest = 0;
    Stopwatch watch;
    watch.start();
    for (const int64_t position : positions) {
      size_t size = 0;
      check(dam_read(array, ids + offsets[position],
                     static_cast<size_t>(offsets[position + 1] - offsets[position]), buffer.data(),
                     buffer.size(), &size));
      digest += digest_of(buffer.data(), size);
    }
    watch.stop();
    if (round > 0) print("get_copied", watch, scale.gets, digest);
  }
  dam_free(ids);
  dam_free(offsets);
}

struct Packed {
  std::vector<char> bytes = std::vector<char>(kWalkBytes);
  std::vector<int64_t> offsets = std::vector<int64_t>(kWalkDocuments + 1);
  int64_t count = 0;
};

// Calls back with each batch of documents that one call brings.
template <typename Take>
void walk(dam_array* array, Take take) {
  dam_snapshot* snapshot = nullptr;
  dam_cursor* cursor = nullptr;
  Packed packed;
  check(dam_snapshot_open(array, &snapshot));
  check(dam_cursor_open(snapshot, DAM_OMITTED, DAM_OMITTED, 1, &cursor));
  do {
    check(dam_cursor_read(cursor, packed.bytes.data(), packed.bytes.size(), packed.offsets.data(),
                          kWalkDocuments, &packed.count));
    take(packed);
  } while (packed.count > 0);
  check(dam_cursor_close(cursor));
  check(dam_snapshot_release(snapshot));
}

void iterate(dam_array* array, const Scale& scale) {
  for (int64_t round = 0; round <= scale.rounds; ++round) {
    uint64_t digest = 0;
    int64_t count = 0;
    Stopwatch watch;
    watch.start();
    walk(array, [&](const Packed& packed) {
      for (size_t i = 0; i < static_cast<size_t>(packed.count); ++i) {
        const int64_t at = packed.offsets[i];
        digest += digest_of(&packed.bytes[static_cast<size_t>(at)],
                            static_cast<size_t>(packed.offsets[i + 1] - at));
      }
      count += packed.count;
    });
    watch.stop();
    if (round > 0) print("iterate", watch, count, digest);
  }
}

// The documents to extend by, in batches of kBatch, as C has them: packed.
std::vector<DocumentBatch> batches_of(dam_array* array, int64_t extends) {
  std::vector<DocumentBatch> batches(1);
  int64_t left = extends;
  walk(array, [&](const Packed& packed) {
    for (size_t i = 0; i < static_cast<size_t>(packed.count) && left > 0; ++i, --left) {
      if (batches.back().count() == kBatch) batches.emplace_back();
      const auto at = static_cast<size_t>(packed.offsets[i]);
      batches.back().bytes.append(&packed.bytes[at],
                                  static_cast<size_t>(packed.offsets[i + 1]) - at);
      batches.back().offsets.push_back(static_cast<int64_t>(batches.back().bytes.size()));
    }
  });
  return batches;
}

void extend(dam_array* array, const std::string& scratch, const Scale& scale) {
  const std::vector<DocumentBatch> batches = batches_of(array, scale.extends);
  for (int64_t round = 0; round <= scale.rounds; ++round) {
    dam_array* const target = opened(scratch, false);
    Stopwatch watch;
    watch.start();
    for (const DocumentBatch& batch : batches) {
      check(dam_extend(target, batch.bytes.data(), batch.offsets.data(), batch.count(), 0, nullptr,
                       nullptr));
    }
    watch.stop();
    int64_t count = 0;
    check(dam_count(target, &count));
    check(dam_close(target));
    std::filesystem::remove_all(scratch);
    if (round > 0) print("extend", watch, count, static_cast<uint64_t>(count));
  }
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  const std::vector<std::string> given(arguments + 1, arguments + argument_count);
  if (given.size() == 3 && given[0] == "prepare") {
    bench::prepare(given[1], std::stoll(given[2]));
    return 0;
  }
  bench::require(given.size() == 5, "usage: bench_languages ARRAY SCRATCH GETS EXTENDS ROUNDS");
  const bench::Scale scale = {std::stoll(given[2]), std::stoll(given[3]), std::stoll(given[4])};
  dam_array* const array = bench::opened(given[0], true);
  bench::get_copied(array, scale);
  bench::iterate(array, scale);
  bench::extend(array, given[1], scale);
  bench::check(dam_close(array));
  return 0;
}
