#include "unit/vector/plain_distance.h"

#include <cmath>

namespace dam {
namespace {

class LaneSum {
 public:
  explicit LaneSum(unsigned lanes) : lanes_(lanes) {}
  void add(double term) { at_[next_++ % lanes_] += term; }
  double total() const {
    if (lanes_ == 1) return at_[0];
    double pairs[4], fours[2];
    for (int i = 0; i < 4; i++) pairs[i] = at_[2 * i] + at_[2 * i + 1];
    for (int i = 0; i < 2; i++) fours[i] = pairs[2 * i] + pairs[2 * i + 1];
    return fours[0] + fours[1];
  }

 private:
  unsigned lanes_;
  unsigned next_ = 0;
  double at_[8] = {};
};

template <typename Term>
double sum(const PlainVector& a, const PlainVector& b, unsigned lanes, Term term) {
  LaneSum total(lanes);
  for (size_t i = 0; i < a.size(); i++) total.add(term(a[i], b[i]));
  return total.total();
}

bool is_zero(const PlainVector& values) {
  for (const double value : values) {
    if (value != 0) return false;
  }
  return true;
}

void divide_by_norm(PlainVector& values, unsigned lanes) {
  double greatest = 0;
  for (const double value : values) greatest = std::fmax(greatest, std::fabs(value));
  if (greatest < std::ldexp(1.0, -400)) {
    for (double& value : values) value = std::ldexp(value, 600);
  }
  const double norm = std::sqrt(sum(values, values, lanes, [](double x, double) { return x * x; }));
  for (double& value : values) value = value / norm;
}

double plain_cosine(PlainVector& query, PlainVector& row, unsigned lanes) {
  const bool query_zero = is_zero(query), row_zero = is_zero(row);
  if (query_zero && row_zero) return 0;
  if (query_zero || row_zero) return 1;
  divide_by_norm(query, lanes);
  divide_by_norm(row, lanes);
  return plain_distance(Metric::kSqEuclidean, query, row, lanes) * 0.5;
}

double plain_jaccard(const PlainVector& query, const PlainVector& row) {
  double both = 0, any = 0;
  for (size_t i = 0; i < query.size(); i++) {
    if (query[i] != 0 && row[i] != 0) both++;
    if (query[i] != 0 || row[i] != 0) any++;
  }
  return any == 0 ? 0 : 1 - both / any;
}

}  // namespace

double plain_distance(Metric metric, PlainVector query, PlainVector row, unsigned lanes) {
  const auto squares = [](double a, double b) { return (a - b) * (a - b); };
  const auto products = [](double a, double b) { return a * b; };
  const auto absolutes = [](double a, double b) { return std::fabs(a - b); };
  const auto unequals = [](double a, double b) { return a == b ? 0.0 : 1.0; };
  if (metric == Metric::kCosine) return plain_cosine(query, row, lanes);
  if (metric == Metric::kJaccard) return plain_jaccard(query, row);
  if (metric == Metric::kEuclidean) return std::sqrt(sum(query, row, lanes, squares));
  if (metric == Metric::kSqEuclidean) return sum(query, row, lanes, squares);
  if (metric == Metric::kInnerProduct) return 1 - sum(query, row, lanes, products);
  if (metric == Metric::kManhattan) return sum(query, row, lanes, absolutes);
  const auto size = static_cast<double>(query.size());
  return query.empty() ? 0 : sum(query, row, lanes, unequals) / size;
}

}  // namespace dam
