// dam_extend with the search for a refused document; see batch_store.h.
#include "batch_store.h"

#include <vector>

#include "outcome.h"

namespace dam::tool {
namespace {

bool is_about_one_document(dam_status status) {
  switch (status) {
    case DAM_ALREADY_EXISTS:
    case DAM_CONFLICT:
    case DAM_INVALID_ARGUMENT:
    case DAM_INVALID_DOCUMENT:
    case DAM_TOO_BIG:
      return true;
    default:
      return false;
  }
}

class BatchWriter {
 public:
  BatchWriter(dam_array* array, const StoreOptions& options, ConvertedBatch& batch,
              ImportTotals& totals)
      : array_(array), options_(options), batch_(batch), totals_(totals) {}

  dam_status store(size_t first, size_t count) {
    if (count == 0 || stopped_) return DAM_OK;
    const dam_status status = extend(first, count);
    if (status == DAM_OK || !is_about_one_document(status)) return status;
    if (count == 1) {
      batch_.problems.push_back({batch_.lines[first], std::string(failure_text(status))});
      stopped_ = options_.stop_at_problem;
      return DAM_OK;
    }
    const size_t half = count / 2;
    const dam_status first_half = store(first, half);
    return first_half == DAM_OK ? store(first + half, count - half) : first_half;
  }

  // Input up to and with the last stored line.
  int64_t stored_bytes() const { return stored_bytes_; }

 private:
  dam_status extend(size_t first, size_t count) {
    const int64_t begin = batch_.offsets[first];
    std::vector<int64_t> offsets(count + 1);
    for (size_t i = 0; i <= count; ++i) offsets[i] = batch_.offsets[first + i] - begin;
    const dam_status status =
        dam_extend(array_, batch_.data.data() + begin, offsets.data(), static_cast<int64_t>(count),
                   options_.flags, nullptr, nullptr);
    if (status != DAM_OK) return status;
    totals_.documents += static_cast<int64_t>(count);
    totals_.last_line = batch_.lines[first + count - 1];
    stored_bytes_ = batch_.input_ends[first + count - 1];
    return DAM_OK;
  }

  dam_array* array_;
  const StoreOptions& options_;
  ConvertedBatch& batch_;
  ImportTotals& totals_;
  int64_t stored_bytes_ = 0;
  bool stopped_ = false;
};

}  // namespace

dam_status store_batch(dam_array* array, const StoreOptions& options, ConvertedBatch& batch,
                       ImportTotals& totals) {
  BatchWriter writer(array, options, batch, totals);
  const dam_status status = writer.store(0, batch.lines.size());
  const bool whole = status == DAM_OK && (batch.problems.empty() || !options.stop_at_problem);
  totals.bytes += whole ? batch.input_bytes : writer.stored_bytes();
  return status;
}

}  // namespace dam::tool
