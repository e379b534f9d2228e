#include "match/coded_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "match/embedding_vector.h"
#include "match/worker_group.h"

namespace dam {
namespace {

constexpr size_t kTogether = 8;  // queries of one pass over the codes
constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Bounded {
  double key;
  uint64_t row;

  bool operator<(const Bounded& other) const {
    return key < other.key || (key == other.key && row < other.row);
  }
};

}  // namespace

struct CodedSearch::Search {
  EmbeddingVector query;
  CodedQuery coded;
  double norm = 0;
  uint64_t self = 0;             // row that is left out, or the number of rows
  std::vector<double> least;     // key of each group
  std::vector<Bounded> bounded;  // rows to look at
  double limit_key = kInfinite;
  mutable EmbeddingVector row;  // memory for the one that is compared
};

// docs/match.md, "From a distance to a key".
double CodedSearch::greatest_key(const Search& search, double distance) const {
  const double unit = index_.table().basis().unit();
  const auto dim = static_cast<double>(index_.table().basis().dim());
  const double share = (dim + 64) * 0x1p-52;
  if (choices_.metric == Metric::kInnerProduct) {
    const double norms = search.norm * index_.greatest_norm();
    const double slack = share * norms + 0x1p-48 * (1 + std::abs(distance));
    const double query_square = (search.norm * unit) * (search.norm * unit);
    const double product = 2 * unit * unit * (1 - distance - slack);
    return query_square - product + 0x1p-40 * (query_square + std::abs(product));
  }
  double square = distance;
  if (choices_.metric == Metric::kCosine) square = 2 * distance;
  if (choices_.metric == Metric::kEuclidean) square = distance * distance;
  return square * unit * unit * (1 + share + 0x1p-48);
}

Status CodedSearch::distance_of(const Search& search, uint64_t row, double& out) const {
  Record record;
  DAM_TRY(view_.record(index_.row(row).slot, View::Check::kFirstTouch, record));
  (void)read_embedding(*document_embedding(record.document), search.row);  // in range: it is coded
  prepare(choices_.metric, search.row);
  out = embedding_distance(choices_.metric, search.query, search.row);
  return {};
}

Status CodedSearch::begin(const Query& query, uint64_t number, Search& search) const {
  search.query = *query.embedding;
  prepare(choices_.metric, search.query);
  search.norm = reference_norm(search.query.values) * (1 + 0x1p-30);
  search.coded = index_.table().code_query(search.query.values);
  search.coded.less_norms = choices_.metric == Metric::kInnerProduct;
  const double unit = index_.table().basis().unit();
  // Of inner products the lengths count too, so no square of one may vanish.
  const bool fits = !search.coded.less_norms ||
                    (unit > 0x1p-100 && unit < 0x1p100 && search.norm * unit <= kGreatestLength);
  if (!fits || !(search.coded.length <= kGreatestLength))
    return Status::error(Code::kUnsupported, "a query lies too far off");
  search.self = excluded_.empty() ? index_.row_count() : index_.row_at(excluded_[number]);
  search.least.resize(index_.table().groups());
  search.bounded.clear();
  search.limit_key = kInfinite;
  return {};
}

void CodedSearch::find_allowed() {
  if (choices_.filter == nullptr) return;
  allowed_.assign(index_.table().groups(), 0);
  for (uint64_t row = 0; row < index_.row_count(); row++) {
    const unsigned bit = choices_.filter->has(index_.row(row).position) ? 1U : 0U;
    allowed_[row / kGroupRows] |= static_cast<uint16_t>(bit << row % kGroupRows);
  }
}

// The table's keys, without the rows that do not count.
void CodedSearch::keys(const Search& search, uint64_t first, uint64_t groups, double* out) const {
  index_.table().keys(search.coded, first, groups, out);
  const uint64_t own_group = search.self / kGroupRows;
  if (own_group >= first && own_group < first + groups)
    out[search.self - first * kGroupRows] = kInfinite;
  if (allowed_.empty()) return;
  for (uint64_t r = 0; r < groups * kGroupRows; r++) {
    const bool passes = (allowed_[first + r / kGroupRows] >> r % kGroupRows & 1) != 0;
    if (!passes) out[r] = kInfinite;
  }
}

void CodedSearch::scan(std::span<Search> searches) const {
  constexpr uint64_t kBlock = CodeTable::kBlockGroups;
  const uint64_t all = index_.table().groups();
  double some[kBlock * kGroupRows];
  for (uint64_t first = 0; first < all; first += kBlock) {
    const uint64_t groups = std::min(kBlock, all - first);
    for (Search& search : searches) {
      keys(search, first, groups, some);
      for (uint64_t i = 0; i < groups; i++)
        search.least[first + i] =
            *std::min_element(some + i * kGroupRows, some + (i + 1) * kGroupRows);
    }
  }
}

// As many rows as the limit are compared; none of the nearest is farther than the last of them.
Status CodedSearch::find_limit(Search& search) const {
  if (search.least.size() < choices_.limit) return {};
  std::vector<Bounded> groups(search.least.size());
  for (uint64_t i = 0; i < groups.size(); i++) groups[i] = {search.least[i], i};
  const auto last = groups.begin() + static_cast<ptrdiff_t>(choices_.limit);
  std::nth_element(groups.begin(), last - 1, groups.end());
  double farthest = -kInfinite, some[kGroupRows];
  for (auto group = groups.begin(); group != last; ++group) {
    if (group->key == kInfinite) return {};
    keys(search, group->row, 1, some);
    const auto nearest = std::min_element(some, some + kGroupRows) - some;
    const uint64_t row = group->row * kGroupRows + static_cast<uint64_t>(nearest);
    if (row >= index_.row_count()) return {};
    double distance = 0;
    DAM_TRY(distance_of(search, row, distance));
    farthest = std::max(farthest, distance);
  }
  search.limit_key = greatest_key(search, farthest);
  return {};
}

void CodedSearch::collect(Search& search) const {
  double some[kGroupRows];
  for (uint64_t group = 0; group < search.least.size(); group++) {
    if (search.least[group] > search.limit_key) continue;
    keys(search, group, 1, some);
    const uint64_t first = group * kGroupRows;
    const uint64_t count = std::min(kGroupRows, index_.row_count() - first);
    for (uint64_t r = 0; r < count; r++) {
      const bool counts = !(some[r] > search.limit_key) && some[r] != kInfinite;
      if (counts) search.bounded.push_back({some[r], first + r});
    }
  }
  std::sort(search.bounded.begin(), search.bounded.end());
}

Status CodedSearch::finish(Search& search, std::vector<Neighbor>& out) const {
  NearestList nearest(choices_.limit);
  double limit_key = search.limit_key;
  for (const Bounded& bounded : search.bounded) {
    if (bounded.key > limit_key) break;
    double distance = 0;
    DAM_TRY(distance_of(search, bounded.row, distance));
    const double before = nearest.is_full() ? nearest.last().distance : kInfinite;
    nearest.add({distance, index_.row(bounded.row).position});
    if (nearest.is_full() && nearest.last().distance < before)
      limit_key = std::min(limit_key, greatest_key(search, nearest.last().distance));
  }
  out = nearest.take_sorted();
  return {};
}

Status CodedSearch::take_queries(const QuerySet& queries, std::vector<std::vector<Neighbor>>& out) {
  std::vector<Search> searches(std::min(kTogether, queries.size()));
  while (!stopped_.load(std::memory_order_relaxed)) {
    const size_t first = next_.fetch_add(searches.size(), std::memory_order_relaxed);
    if (first >= queries.size()) break;
    const size_t end = std::min(queries.size(), first + searches.size());
    std::vector<size_t> numbers;
    for (size_t i = first; i < end; i++) {
      const Query& query = queries.all()[i];
      if (!query.embedding) continue;
      DAM_TRY(begin(query, i, searches[numbers.size()]));
      numbers.push_back(i);
    }
    scan({searches.data(), numbers.size()});
    for (size_t i = 0; i < numbers.size(); i++) {
      DAM_TRY(find_limit(searches[i]));
      collect(searches[i]);
      DAM_TRY(finish(searches[i], out[numbers[i]]));
    }
    DAM_TRY(tell(end - first));
  }
  return {};
}

Status CodedSearch::run(const QuerySet& queries, std::vector<std::vector<Neighbor>>& out) {
  out.assign(queries.size(), {});
  asked_ = queries.size();
  find_allowed();
  const size_t batches = (queries.size() + kTogether - 1) / kTogether;
  const auto threads =
      static_cast<unsigned>(std::min<size_t>(batches, thread_count(choices_.threads)));
  return run_workers(threads, [&](unsigned) {
    Status status = take_queries(queries, out);
    if (!status.ok()) stopped_.store(true, std::memory_order_relaxed);
    return status;
  });
}

Status CodedSearch::tell(uint64_t queries) {
  if (!choices_.progress) return {};
  const std::lock_guard lock(mutex_);
  done_ += queries;
  const auto share = static_cast<double>(done_) / static_cast<double>(asked_);
  const auto rows = static_cast<uint64_t>(static_cast<double>(view_.count()) * share);
  if (choices_.progress(done_ == asked_ ? view_.count() : rows, view_.count())) return {};
  return Status::error(Code::kCancelled, "the match was cancelled");
}

}  // namespace dam
