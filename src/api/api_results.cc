// Reading the answer of a query, whole columns at a time.
#include <string>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "api/results_object.h"

using dam::Status;

namespace dam {

const std::vector<int64_t>* find_column(const dam_results& results, int32_t column) {
  for (const ResultColumn& one : results.columns) {
    if (one.column == column) return &one.values;
  }
  return nullptr;
}

namespace {

Status no_column(int32_t column) {
  static constexpr const char* kNames[] = {"position", "query",    "rank",
                                           "group",    "distance", "value"};
  if (column < DAM_RESULTS_POSITION || column > DAM_RESULTS_VALUE)
    return Status::error(Code::kInvalidArgument, "column %d is not known", column);
  return Status::error(Code::kInvalidArgument, "the answer has no column \"%s\"",
                       kNames[column - DAM_RESULTS_POSITION]);
}

template <typename T>
void lend(const std::vector<T>& values, const void** out_data, size_t* out_size) {
  *out_data = values.data();
  *out_size = values.size() * sizeof(T);
}

Result<int64_t> position_of_row(const dam_results& results, size_t row) {
  const std::vector<int64_t>* positions = find_column(results, DAM_RESULTS_POSITION);
  if (positions == nullptr) return no_column(DAM_RESULTS_POSITION);
  return (*positions)[row];
}

Status append_row_id(const dam_results& results, size_t row, PackedIds& out) {
  if (!results.parts.empty()) {
    out.add(as_view(results.parts[row]->id()));
    return {};
  }
  uint64_t slot = 0;
  DAM_ASSIGN(const int64_t position, position_of_row(results, row));
  DAM_TRY(results.view->slot_at(static_cast<uint64_t>(position), slot));
  DAM_TRY(results.view->append_id(slot, out.ids));
  out.end_one();
  return {};
}

Status read_ids(const dam_results& results, PackedIds& out) {
  const auto count = static_cast<size_t>(results.count);
  out.ends.reserve(count);
  for (size_t row = 0; row < count; ++row) DAM_TRY(append_row_id(results, row, out));
  return {};
}

Status read_document(const dam_results& results, size_t row, OwnedDocument& out) {
  DAM_ASSIGN(const int64_t position, position_of_row(results, row));
  Record record;
  DAM_TRY(
      results.view->record_at(static_cast<uint64_t>(position), View::Check::kFirstTouch, record));
  out = pinned_document(results.view, record.document);
  const bool is_part = !results.parts.empty() && results.parts[row] != out->root();
  if (is_part) out = child_document(out.get(), results.parts[row]);
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_results_count(const dam_results* results, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(results, "results"));
    DAM_TRY(dam::require(out_count, "out_count"));
    *out_count = results->count;
    return {};
  });
}

dam_status dam_results_read(const dam_results* results, int32_t column, const void** out_data,
                            size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(results, "results"));
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    if (column == DAM_RESULTS_DISTANCE && results->distances) {
      dam::lend(*results->distances, out_data, out_size);
      return {};
    }
    if (column == DAM_RESULTS_VALUE && results->values) {
      dam::lend(*results->values, out_data, out_size);
      return {};
    }
    const std::vector<int64_t>* values = dam::find_column(*results, column);
    if (values == nullptr) return dam::no_column(column);
    dam::lend(*values, out_data, out_size);
    return {};
  });
}

dam_status dam_results_ids(const dam_results* results, char** out_ids, int64_t** out_offsets) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(results, "results"));
    DAM_TRY(dam::require(out_ids, "out_ids"));
    DAM_TRY(dam::require(out_offsets, "out_offsets"));
    if (results->ids) return dam::hand_out_ids(*results->ids, out_ids, out_offsets);
    dam::PackedIds read;
    DAM_TRY(dam::read_ids(*results, read));
    return dam::hand_out_ids(read, out_ids, out_offsets);
  });
}

dam_status dam_results_document(const dam_results* results, int64_t row,
                                dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(results, "results"));
    DAM_TRY(dam::require(out_document, "out_document"));
    if (row < 0 || row >= results->count)
      return Status::error(dam::Code::kOutOfRange, "row %lld is none of an answer of %lld rows",
                           static_cast<long long>(row), static_cast<long long>(results->count));
    dam::OwnedDocument document;
    DAM_TRY(dam::read_document(*results, static_cast<size_t>(row), document));
    *out_document = document.release();
    return {};
  });
}

void dam_results_free(dam_results* results) { delete results; }
