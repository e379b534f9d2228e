// Exact nearest neighbours of libdam on a matrix: one query after the other, and batches.
//
//     bench_match FOLDER ROWS QUERIES DIM LABEL
// ROWS and QUERIES are files of f32, row by row. Beside them bench/match_peers.py measures others.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "dam.h"
#include "measurement.h"

namespace bench {
namespace {

constexpr int64_t kRowsAtOnce = 1000;

struct Floats {
  std::vector<char> bytes;
  uint32_t dim = 0;

  int64_t rows() const { return static_cast<int64_t>(bytes.size() / sizeof(float) / dim); }
  const char* row(int64_t index) const {
    return bytes.data() + static_cast<size_t>(index) * dim * sizeof(float);
  }
};

void check(dam_status status) { require(status == DAM_OK, dam_last_error()); }

Floats read_floats(const char* path, uint32_t dim) {
  std::ifstream file(path, std::ios::binary);
  require(file.good(), path);
  return {{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}, dim};
}

void append_rows(dam_array* array, const Floats& rows, int64_t first, int64_t last) {
  std::vector<char> packed;
  std::vector<int64_t> offsets = {0};
  for (int64_t row = first; row < last; ++row) {
    dam_builder* builder = nullptr;
    dam_document* document = nullptr;
    const void* data = nullptr;
    size_t size = 0;
    check(dam_builder_create(nullptr, &builder));
    check(dam_builder_set_tensor(builder, DAM_FIELD_EMBEDDING, DAM_DTYPE_F32, &rows.dim, 1,
                                 rows.row(row), rows.dim * sizeof(float)));
    check(dam_builder_finish(builder, &document));
    check(dam_document_bytes(document, &data, &size));
    packed.insert(packed.end(), static_cast<const char*>(data),
                  static_cast<const char*>(data) + size);
    packed.resize((packed.size() + 7) / 8 * 8);
    offsets.push_back(static_cast<int64_t>(packed.size()));
    dam_document_free(document);
    check(dam_builder_discard(builder));
  }
  check(dam_extend(array, packed.data(), offsets.data(), last - first, 0, nullptr, nullptr));
}

dam_array* make_array(const char* folder, const Floats& rows) {
  dam_array* array = nullptr;
  check(dam_open(folder, nullptr, &array));
  for (int64_t first = 0; first < rows.rows(); first += kRowsAtOnce)
    append_rows(array, rows, first, std::min(rows.rows(), first + kRowsAtOnce));
  return array;
}

struct Asked {
  dam_snapshot* snapshot = nullptr;
  dam_options* options = nullptr;
  std::string label;
};

// Nanoseconds of one call with queries first .. last - 1.
double time_match(const Asked& asked, const Floats& queries, int64_t first, int64_t last) {
  dam_queries* list = nullptr;
  dam_results* results = nullptr;
  const uint32_t shape[] = {static_cast<uint32_t>(last - first), queries.dim};
  Stopwatch watch;
  watch.start();
  check(dam_queries_create(&list));
  check(dam_queries_add_matrix(list, DAM_DTYPE_F32, shape, 2, queries.row(first),
                               static_cast<size_t>(last - first) * queries.dim * sizeof(float)));
  check(dam_match(asked.snapshot, list, nullptr, asked.options, nullptr, &results));
  watch.stop();
  dam_results_free(results);
  dam_queries_free(list);
  return watch.nanoseconds();
}

void print(const Asked& asked, const std::string& what, double nanoseconds, int64_t queries) {
  print_figure({"match " + asked.label + ", " + what, "libdam", "ns", nanoseconds, queries, 0});
}

void measure_single(const Asked& asked, const Floats& queries) {
  std::vector<double> times;
  for (int64_t i = 0; i < std::min<int64_t>(1000, queries.rows()); ++i)
    times.push_back(time_match(asked, queries, i, i + 1));
  std::sort(times.begin(), times.end());
  print(asked, "one query, median", times[times.size() / 2], 1);
  print(asked, "one query, p99", times[times.size() * 99 / 100], 1);
}

void measure_batch(const Asked& asked, const Floats& queries, int64_t size) {
  const int64_t count = std::min(size, queries.rows());
  double best = time_match(asked, queries, 0, count);
  for (int i = 0; i < 4; ++i) best = std::min(best, time_match(asked, queries, 0, count));
  print(asked, "batch of " + std::to_string(count), best / static_cast<double>(count), count);
}

void measure(Asked asked, const Floats& queries, const char* metric, int64_t metric_id) {
  asked.label += std::string(" ") + metric;
  check(dam_options_set(asked.options, DAM_OPTION_METRIC, metric_id));
  check(dam_options_set(asked.options, DAM_OPTION_THREADS, 1));
  print(asked, "compared row by row, one query", time_match(asked, queries, 0, 1), 1);
  print(asked, "first batch of 8, with its index", time_match(asked, queries, 0, 8), 8);
  measure_single(asked, queries);
  for (const int64_t threads : {1, 2}) {
    check(dam_options_set(asked.options, DAM_OPTION_THREADS, threads));
    Asked with_threads = asked;
    with_threads.label += threads == 1 ? " 1 thread" : " 2 threads";
    measure_batch(with_threads, queries, 64);
    measure_batch(with_threads, queries, 1000);
  }
}

int run(char** arguments) {
  const auto dim = static_cast<uint32_t>(std::strtoul(arguments[4], nullptr, 10));
  const Floats rows = read_floats(arguments[2], dim), queries = read_floats(arguments[3], dim);
  dam_array* const array = make_array(arguments[1], rows);
  Asked asked;
  asked.label = arguments[5];
  check(dam_snapshot_open(array, &asked.snapshot));
  check(dam_options_create(&asked.options));
  check(dam_options_set(asked.options, DAM_OPTION_LIMIT, 10));
  measure(asked, queries, "euclidean", DAM_METRIC_EUCLIDEAN);
  measure(asked, queries, "cosine", DAM_METRIC_COSINE);
  dam_options_free(asked.options);
  check(dam_snapshot_release(asked.snapshot));
  check(dam_close(array));
  return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
  bench::require(count == 6, "usage: bench_match FOLDER ROWS QUERIES DIM LABEL");
  return bench::run(arguments);
}
