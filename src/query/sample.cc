#include "query/sample.h"

#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/random.h"

namespace dam {
namespace {

// Where a list would take more memory than what changes in it.
constexpr int64_t kSparseShare = 8;

// The list 0 .. total - 1, of which only what was moved is kept.
class SparseOrder {
 public:
  explicit SparseOrder(int64_t count) { moved_.reserve(static_cast<size_t>(count)); }

  // What stands at `at`, which gets `value`.
  int64_t exchange(int64_t at, int64_t value) {
    const auto [entry, is_new] = moved_.try_emplace(at, value);
    return is_new ? at : std::exchange(entry->second, value);
  }
  // What stands at `at`, where nobody will look again.
  int64_t take(int64_t at) {
    const auto entry = moved_.find(at);
    if (entry == moved_.end()) return at;
    const int64_t value = entry->second;
    moved_.erase(entry);
    return value;
  }

 private:
  std::unordered_map<int64_t, int64_t> moved_;
};

std::vector<int64_t> draw_sparse(int64_t total, int64_t count, Random& random) {
  SparseOrder order(count);
  std::vector<int64_t> drawn;
  drawn.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    const int64_t j = i + static_cast<int64_t>(random.below(static_cast<uint64_t>(total - i)));
    const int64_t here = order.take(i);
    drawn.push_back(j == i ? here : order.exchange(j, here));
  }
  return drawn;
}

std::vector<int64_t> draw_dense(int64_t total, int64_t count, Random& random) {
  std::vector<int64_t> order(static_cast<size_t>(total));
  std::iota(order.begin(), order.end(), int64_t{0});
  for (int64_t i = 0; i < count; ++i) {
    const int64_t j = i + static_cast<int64_t>(random.below(static_cast<uint64_t>(total - i)));
    std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(j)]);
  }
  order.resize(static_cast<size_t>(count));
  return order;
}

}  // namespace

Result<std::vector<int64_t>> sample_positions(int64_t total, int64_t count, uint64_t seed) {
  if (count < 0)
    return Status::error(Code::kInvalidArgument, "count is %lld", static_cast<long long>(count));
  if (count > total)
    return Status::error(Code::kInvalidArgument, "a sample of %lld cannot be had of %lld documents",
                         static_cast<long long>(count), static_cast<long long>(total));
  Random random(seed);
  if (count < total / kSparseShare) return draw_sparse(total, count, random);
  return draw_dense(total, count, random);
}

Result<std::vector<int64_t>> shuffle_positions(int64_t total, uint64_t seed) {
  return sample_positions(total, total, seed);
}

}  // namespace dam
