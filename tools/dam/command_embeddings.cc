// `dam embeddings`: the n x d matrix of all embeddings, to a file of numpy or from one.
#include <string>

#include "command_table.h"
#include "handles.h"
#include "npy_file.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "embeddings";

ExitStatus print_count(const Arguments& arguments, int64_t count) {
  ResultStream results;
  const std::string number = std::to_string(count);
  results.write_line(arguments.json() ? "{\"embeddings\":" + number + "}" : number + " embeddings");
  return results.finish(kWhat);
}

ExitStatus set_embeddings(const Arguments& arguments) {
  NpyArray given;
  const ExitStatus read = read_npy(kWhat, std::string(arguments.text("FILE")), given);
  if (read != ExitStatus::kDone) return read;
  Owned<dam_array> array;
  const ExitStatus opened = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (opened != ExitStatus::kDone) return opened;
  if (given.shape.size() != 2) {
    complain(kWhat, arguments.text("FILE"), "has not two dimensions");
    return ExitStatus::kFailed;
  }
  const dam_status set = dam_embeddings_set(array.get(), given.dtype, given.shape.data(), 2,
                                            given.data.data(), given.data.size(), 0, nullptr);
  if (set != DAM_OK) return failed_call(kWhat, arguments.array(), set);
  const ExitStatus closed = close_writer(kWhat, arguments.array(), std::move(array));
  return closed == ExitStatus::kDone ? print_count(arguments, given.shape[0]) : closed;
}

struct LentMatrix {
  int64_t rows = 0;
  std::string_view bytes;
};

dam_status matrix_of(const dam_results* results, LentMatrix& out) {
  const void* data = nullptr;
  size_t size = 0;
  const dam_status counted = dam_results_count(results, &out.rows);
  if (counted != DAM_OK) return counted;
  const dam_status read = dam_results_read(results, DAM_RESULTS_EMBEDDING, &data, &size);
  out.bytes = {static_cast<const char*>(data), size};
  return read;
}

ExitStatus write_matrix(const Arguments& arguments, int32_t dtype, const dam_results* found) {
  LentMatrix matrix;
  const dam_status status = matrix_of(found, matrix);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  const auto rows = static_cast<uint64_t>(matrix.rows);
  const size_t item = dtype == DAM_DTYPE_F64 ? 8 : 4;
  const uint64_t columns = rows == 0 ? 0 : matrix.bytes.size() / item / rows;
  ResultStream file;
  const ExitStatus redirected = file.redirect(kWhat, arguments.text("FILE"));
  if (redirected != ExitStatus::kDone) return redirected;
  file.write(npy_head(dtype, rows, columns));
  file.write(matrix.bytes);
  const ExitStatus written = file.finish(kWhat);
  return written == ExitStatus::kDone ? print_count(arguments, matrix.rows) : written;
}

ExitStatus run_embeddings(const Arguments& arguments) {
  if (arguments.has("--set")) return set_embeddings(arguments);
  const int32_t dtype = arguments.has("--double") ? DAM_DTYPE_F64 : DAM_DTYPE_F32;
  Owned<dam_array> array;
  const ExitStatus opened = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (opened != ExitStatus::kDone) return opened;
  dam_snapshot* raw_snapshot = nullptr;
  dam_results* raw_found = nullptr;
  dam_status status = dam_snapshot_open(array.get(), &raw_snapshot);
  const Owned<dam_snapshot> snapshot(raw_snapshot);
  if (status == DAM_OK) status = dam_embeddings(snapshot.get(), dtype, &raw_found);
  const Owned<dam_results> found(raw_found);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  return write_matrix(arguments, dtype, found.get());
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"FILE", "the .npy file", true, false},
};

constexpr OptionRow kOptions[] = {
    {"--set", "", "read the file instead: row i becomes the embedding of document i"},
    {"--double", "", "write doubles, not floats"},
};

}  // namespace

const Command kEmbeddingsCommand = {
    "embeddings",
    "all embeddings as one matrix",
    "Writes the embeddings in order, a row each, to a file that numpy reads, and prints how many;\n"
    "documents without one have no row. With --set the file has a row for each document.",
    kPositionals,
    kOptions,
    "dam embeddings birds birds.npy",
    run_embeddings,
};

}  // namespace dam::tool
