// Exact nearest neighbours of libdam on a matrix: one query after the other, and batches.
//
//     bench_match FOLDER ROWS QUERIES DIM LABEL FOUND
// ROWS and QUERIES are files of f32, row by row; positions of the ten nearest of each query go to
// FOUND, for bench/match_peers.py, which measures others and compares.
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
  std::string subject = "libdam";
};

// The answer to queries first .. last - 1.
dam_results* match_rows(const Asked& asked, const Floats& queries, int64_t first, int64_t last) {
  dam_queries* list = nullptr;
  dam_results* results = nullptr;
  const uint32_t shape[] = {static_cast<uint32_t>(last - first), queries.dim};
  check(dam_queries_create(&list));
  check(dam_queries_add_matrix(list, DAM_DTYPE_F32, shape, 2, queries.row(first),
                               static_cast<size_t>(last - first) * queries.dim * sizeof(float)));
  check(dam_match(asked.snapshot, list, nullptr, asked.options, nullptr, &results));
  dam_queries_free(list);
  return results;
}

// Nanoseconds of one call with queries first .. last - 1.
double time_match(const Asked& asked, const Floats& queries, int64_t first, int64_t last) {
  Stopwatch watch;
  watch.start();
  dam_results* const results = match_rows(asked, queries, first, last);
  watch.stop();
  dam_results_free(results);
  return watch.nanoseconds();
}

void print(const Asked& asked, const std::string& what, double nanoseconds, int64_t count) {
  print_figure({"match " + asked.label + " " + what, asked.subject, "ns", nanoseconds, count, 0});
}

void measure_single(const Asked& asked, const Floats& queries) {
  std::vector<double> times;
  for (int64_t i = 0; i < std::min<int64_t>(1000, queries.rows()); ++i)
    times.push_back(time_match(asked, queries, i, i + 1));
  std::sort(times.begin(), times.end());
  print(asked, "one", times[times.size() / 2], 1);
  print(asked, "p99", times[times.size() * 99 / 100], 1);
}

void measure_batch(const Asked& asked, const Floats& queries) {
  const int64_t count = std::min<int64_t>(1000, queries.rows());
  double best = time_match(asked, queries, 0, count);
  for (int i = 0; i < 4; ++i) best = std::min(best, time_match(asked, queries, 0, count));
  print(asked, "batch", best / static_cast<double>(count), count);
}

// The first queries of a commit make its index.
void measure(Asked asked, const Floats& queries, int64_t rows) {
  check(dam_options_set(asked.options, DAM_OPTION_THREADS, 1));
  print(asked, "row by row", time_match(asked, queries, 0, 1), rows);
  print(asked, "with index", time_match(asked, queries, 0, 8), rows);
  measure_single(asked, queries);
  measure_batch(asked, queries);
  check(dam_options_set(asked.options, DAM_OPTION_THREADS, 2));
  asked.subject = "libdam, 2 threads";
  measure_single(asked, queries);
  measure_batch(asked, queries);
}

// What was found: for each query the positions of its ten nearest, as int64.
void write_found(const Asked& asked, const Floats& queries, const char* path) {
  dam_results* const results = match_rows(asked, queries, 0, queries.rows());
  const void* positions = nullptr;
  size_t size = 0;
  check(dam_results_read(results, DAM_RESULTS_POSITION, &positions, &size));
  std::ofstream file(path, std::ios::binary);
  file.write(static_cast<const char*>(positions), static_cast<std::streamsize>(size));
  require(file.good(), path);
  dam_results_free(results);
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
  check(dam_options_set(asked.options, DAM_OPTION_METRIC, DAM_METRIC_EUCLIDEAN));
  measure(asked, queries, rows.rows());
  write_found(asked, queries, arguments[6]);
  dam_options_free(asked.options);
  check(dam_snapshot_release(asked.snapshot));
  check(dam_close(array));
  return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
  bench::require(count == 7, "usage: bench_match FOLDER ROWS QUERIES DIM LABEL FOUND");
  return bench::run(arguments);
}
