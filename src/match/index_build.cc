// Making an EmbeddingIndex: a sample gives the basis, then every document is coded along it.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>

#include "match/embedding_index.h"
#include "match/embedding_vector.h"
#include "match/worker_group.h"
#include "vector/basis_choice.h"
#include "vector/strict_float.h"

namespace dam {
namespace {

constexpr uint64_t kLeastRows = 1024;
constexpr uint64_t kSampleRows = 2048;
constexpr uint64_t kGroupsAtOnce = 8;  // taken by a thread
constexpr uint64_t kRowsBetweenAsking = 4096;

}  // namespace

class IndexBuild {
 public:
  using Request = EmbeddingIndex::Request;
  using Answer = Result<std::shared_ptr<const EmbeddingIndex>>;

  IndexBuild(const View& view, const Request& request)
      : view_(view),
        request_(request),
        metric_(request.kind == IndexKind::kNormalized ? Metric::kCosine : Metric::kSqEuclidean) {}

  Answer run() {
    const StrictFloat strict;
    const std::shared_ptr<const EmbeddingIndex> none;
    DAM_TRY(find_rows());
    if (rows_.size() < kLeastRows) return none;
    std::optional<CodeBasis> basis;
    DAM_TRY(choose_basis(basis));
    if (!basis) return none;
    CodeTable table(std::move(*basis), rows_.size());
    DAM_TRY(
        run_workers(thread_count(request_.threads), [&](unsigned) { return code_groups(table); }));
    if (unsuited_.load()) return none;
    return std::shared_ptr<const EmbeddingIndex>(
        new EmbeddingIndex(std::move(table), std::move(rows_), greatest_norm_));
  }

 private:
  Status find_rows() {
    uint64_t slot = 0;
    for (uint64_t position = 0; position < view_.count(); position++) {
      if (position % kRowsBetweenAsking == 0) DAM_TRY(ask());
      DAM_TRY(view_.next_slot(position == 0 ? 0 : slot + 1, slot));
      Record record;
      DAM_TRY(view_.record(slot, View::Check::kFirstTouch, record));
      const std::optional<TensorView> tensor = document_embedding(record.document);
      if (!tensor) continue;
      rows_.push_back({position, slot});
      if (tensor->format == schema::TensorFormat::Dense && tensor->values == request_.dim) continue;
      unsuited_.store(true);
      rows_.clear();
      return {};
    }
    return {};
  }

  // kCancelled once the work is not wanted any more; each thread finds out by itself.
  Status ask() {
    const std::lock_guard lock(mutex_);
    if (!request_.goes_on || request_.goes_on()) return {};
    return Status::error(Code::kCancelled, "the match was cancelled");
  }

  // Reads and prepares a row; false if it is out of range.
  Status read(uint64_t row, EmbeddingVector& out) {
    Record record;
    DAM_TRY(view_.record(rows_[row].slot, View::Check::kFirstTouch, record));
    if (!read_embedding(*document_embedding(record.document), out)) unsuited_.store(true);
    prepare(metric_, out);
    return {};
  }

  Status choose_basis(std::optional<CodeBasis>& out) {
    const uint64_t count = std::min<uint64_t>(rows_.size(), kSampleRows);
    std::vector<double> sample(count * request_.dim);
    EmbeddingVector vector;
    for (uint64_t i = 0; i < count; i++) {
      DAM_TRY(read(i * rows_.size() / count, vector));
      std::copy(vector.values.begin(), vector.values.end(),
                sample.begin() + static_cast<ptrdiff_t>(i * request_.dim));
    }
    if (!unsuited_.load()) out = dam::choose_basis(sample, request_.dim, rows_.size());
    return {};
  }

  Status code_groups(CodeTable& table) {
    EmbeddingVector vector;
    std::vector<double> values(kGroupRows * request_.dim);
    double greatest = 0;
    while (!unsuited_.load(std::memory_order_relaxed)) {
      const uint64_t first = next_group_.fetch_add(kGroupsAtOnce, std::memory_order_relaxed);
      if (first >= table.groups()) break;
      const uint64_t last = std::min(table.groups(), first + kGroupsAtOnce);
      DAM_TRY(ask());
      for (uint64_t group = first; group < last; group++) {
        DAM_TRY(read_group(group, vector, values, greatest));
        if (!table.set_group(group, values)) unsuited_.store(true);
      }
    }
    const std::lock_guard lock(mutex_);
    greatest_norm_ = std::max(greatest_norm_, greatest);
    return {};
  }

  Status read_group(uint64_t group, EmbeddingVector& vector, std::vector<double>& values,
                    double& greatest) {
    const uint64_t first = group * kGroupRows;
    const uint64_t last = std::min<uint64_t>(rows_.size(), first + kGroupRows);
    for (uint64_t row = first; row < last; row++) {
      DAM_TRY(read(row, vector));
      greatest = std::max(greatest, reference_norm(vector.values) * (1 + 0x1p-30));
      std::copy(vector.values.begin(), vector.values.end(),
                values.begin() + static_cast<ptrdiff_t>((row - first) * request_.dim));
    }
    return {};
  }

  const View& view_;
  const Request request_;
  const Metric metric_;
  std::vector<EmbeddingIndex::Row> rows_;
  std::atomic<bool> unsuited_{false};
  std::atomic<uint64_t> next_group_{0};
  std::mutex mutex_;
  double greatest_norm_ = 0;
};

Result<std::shared_ptr<const EmbeddingIndex>> EmbeddingIndex::build(const View& view,
                                                                    const Request& request) {
  return IndexBuild(view, request).run();
}

}  // namespace dam
