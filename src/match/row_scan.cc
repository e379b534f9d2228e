#include "match/row_scan.h"

#include <algorithm>
#include <limits>

#include "match/worker_group.h"

namespace dam {
namespace {

constexpr uint64_t kBlockBytes = uint64_t{4} << 20;
constexpr uint64_t kLeastBlockRows = 16;
constexpr uint64_t kMostBlockRows = 1024;
constexpr double kNothing = -std::numeric_limits<double>::infinity();

uint64_t rows_of_block(uint64_t dim) {
  const uint64_t fitting = kBlockBytes / (std::max<uint64_t>(dim, 1) * sizeof(double));
  return std::clamp(fitting, kLeastBlockRows, kMostBlockRows);
}

}  // namespace

RowScan::RowScan(const View& view, const QuerySet& queries, const MatchChoices& choices,
                 std::span<const uint64_t> excluded)
    : view_(view), queries_(queries), choices_(choices), excluded_(excluded) {}

void RowScan::prepare_queries() {
  wanted_.metric = choices_.metric;
  wanted_.filter = choices_.filter;
  wanted_.dim = queries_.dim().value_or(0);
  block_rows_ = rows_of_block(wanted_.dim);
  prepared_.resize(queries_.size());
  for (size_t i = 0; i < queries_.size(); i++) {
    const Query& query = queries_.all()[i];
    if (!query.embedding) continue;
    wanted_.listed |= query.embedding->is_sparse;
    prepared_[i] = *query.embedding;
    prepare(choices_.metric, prepared_[i]);
  }
}

Status RowScan::run(std::vector<QueryRows>& out) {
  prepare_queries();
  const uint64_t blocks = (view_.count() + block_rows_ - 1) / block_rows_;
  const auto threads = static_cast<unsigned>(
      std::clamp<uint64_t>(blocks, 1, std::max(1U, thread_count(choices_.threads))));
  const Lists none = {std::vector<NearestList>(queries_.size(), NearestList(choices_.limit)),
                      std::vector<double>(queries_.size(), kNothing)};
  std::vector<Lists> lists(threads, none);
  DAM_TRY(run_workers(threads, [&](unsigned worker) { return take_blocks(lists[worker]); }));
  DAM_TRY(failure_);
  out.resize(queries_.size());
  for (size_t i = 0; i < queries_.size(); i++) {
    out[i].greatest = lists[0].greatest[i];
    for (unsigned worker = 1; worker < threads; worker++) {
      lists[0].nearest[i].add_all(lists[worker].nearest[i]);
      out[i].greatest = std::max(out[i].greatest, lists[worker].greatest[i]);
    }
    out[i].nearest = lists[0].nearest[i].take_sorted();
  }
  return {};
}

Status RowScan::take_blocks(Lists& lists) {
  RowBlock block;
  const uint64_t count = view_.count();
  while (!stopped_.load(std::memory_order_relaxed)) {
    const uint64_t first = next_row_.fetch_add(block_rows_, std::memory_order_relaxed);
    if (first >= count) break;
    const uint64_t last = std::min(count, first + block_rows_);
    Status status = block.read(view_, first, last, wanted_);
    if (status.ok()) compare(block, lists);
    if (status.ok()) status = tell(last - first);
    if (!status.ok()) fail(first, std::move(status));
  }
  return {};
}

// Blocks are taken in order, so every block before the first that fails is looked at: which failure
// is told does not depend on the threads.
void RowScan::fail(uint64_t first, Status status) {
  stopped_.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (first >= failed_at_) return;
  failed_at_ = first;
  failure_ = std::move(status);
}

void RowScan::compare(const RowBlock& block, Lists& lists) const {
  for (size_t i = 0; i < queries_.size(); i++) {
    if (queries_.all()[i].embedding) compare_one(i, block, lists);
  }
}

void RowScan::compare_one(size_t query, const RowBlock& block, Lists& lists) const {
  const EmbeddingVector& own = prepared_[query];
  EmbeddingVector listed;
  if (block.has_sparse() && !own.is_sparse) {
    list_components(*queries_.all()[query].embedding, listed);
    prepare(choices_.metric, listed);
  }
  const uint64_t self = excluded_.empty() ? kNowhere : excluded_[query];
  NearestList& nearest = lists.nearest[query];
  double greatest = lists.greatest[query];
  for (const BlockRow& row : block.rows()) {
    if (row.position == self) continue;
    const EmbeddingVector& left = row.vector.is_sparse && !own.is_sparse ? listed : own;
    const EmbeddingVector& right = own.is_sparse && !row.vector.is_sparse ? row.listed : row.vector;
    const double distance = embedding_distance(choices_.metric, left, right);
    greatest = std::max(greatest, distance);
    nearest.add({distance, row.position});
  }
  lists.greatest[query] = greatest;
}

Status RowScan::tell(uint64_t rows) {
  if (!choices_.progress) return {};
  const std::lock_guard lock(mutex_);
  done_ += rows;
  if (choices_.progress(done_, view_.count())) return {};
  return Status::error(Code::kCancelled, "the match was cancelled");
}

}  // namespace dam
