#include "query/evaluate.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>

#include "query/record_scan.h"

namespace dam {
namespace {

using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;

double gain_of(const schema::Document* relevant) {
  const flatbuffers::Optional<float> weight = relevant->weight();
  if (!weight) return 1;
  return std::isfinite(*weight) ? static_cast<double>(*weight) : 0;
}

double discounted(std::span<const double> gains) {
  double sum = 0;
  for (size_t i = 0; i < gains.size(); ++i) sum += gains[i] / std::log2(static_cast<double>(i) + 2);
  return sum;
}

std::span<const double> first_of(const std::vector<double>& gains, size_t count) {
  return {gains.data(), std::min(count, gains.size())};
}

double hits_in(std::span<const double> gains) {
  return static_cast<double>(std::ranges::count_if(gains, [](double gain) { return gain > 0; }));
}

// Of a part in a whole; 0 of nothing.
double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

double average_precision(std::span<const double> gains, double relevant) {
  double hits = 0;
  double sum = 0;
  for (size_t i = 0; i < gains.size(); ++i) {
    if (gains[i] <= 0) continue;
    hits += 1;
    sum += hits / (static_cast<double>(i) + 1);
  }
  return share(sum, relevant);
}

double reciprocal_rank(std::span<const double> gains) {
  for (size_t i = 0; i < gains.size(); ++i) {
    if (gains[i] > 0) return 1 / (static_cast<double>(i) + 1);
  }
  return 0;
}

}  // namespace

JudgedRanking judge_ranking(const schema::Document* ranked, const schema::Document* truth) {
  JudgedRanking judged;
  std::unordered_map<std::string_view, double> gains;
  const Documents* relevant = truth->matches();
  for (uint32_t i = 0; relevant != nullptr && i < relevant->size(); ++i) {
    const double gain = gain_of(relevant->Get(i));
    const std::string_view id = as_view(relevant->Get(i)->id());
    if (gain <= 0) continue;
    // What has no id is relevant, but nobody can find it.
    if (id.empty() || gains.try_emplace(id, gain).second) judged.ideal.push_back(gain);
  }
  std::ranges::sort(judged.ideal, std::greater<>());
  const Documents* matches = ranked->matches();
  for (uint32_t i = 0; matches != nullptr && i < matches->size(); ++i) {
    const auto found = gains.find(as_view(matches->Get(i)->id()));
    judged.gains.push_back(found == gains.end() ? 0 : found->second);
    // A match that is there twice is found once.
    if (found != gains.end()) gains.erase(found);
  }
  return judged;
}

double evaluate_ranking(const JudgedRanking& ranking, const EvaluationChoices& choices) {
  const size_t depth =
      choices.depth > 0 ? static_cast<size_t>(choices.depth) : ranking.gains.size();
  const std::span<const double> first = first_of(ranking.gains, depth);
  const auto relevant = static_cast<double>(ranking.ideal.size());
  const double hits = hits_in(first);
  switch (choices.measure) {
    case Measure::kPrecision:
      return share(hits, static_cast<double>(depth));
    case Measure::kRecall:
      return share(hits, relevant);
    case Measure::kF1:
      return share(2 * hits, static_cast<double>(depth) + relevant);
    case Measure::kRPrecision:
      return share(hits_in(first_of(ranking.gains, ranking.ideal.size())), relevant);
    case Measure::kHit:
      return hits > 0 ? 1 : 0;
    case Measure::kAveragePrecision:
      return average_precision(first, relevant);
    case Measure::kReciprocalRank:
      return reciprocal_rank(first);
    case Measure::kDcg:
      return discounted(first);
    default:
      return share(discounted(first),
                   discounted(first_of(ranking.ideal, choices.depth > 0 ? depth : SIZE_MAX)));
  }
}

Result<Evaluation> evaluate_view(const View& view, const View& truth,
                                 const EvaluationChoices& choices) {
  if (choices.depth < 0)
    return Status::error(Code::kInvalidArgument, "depth is %lld",
                         static_cast<long long>(choices.depth));
  Evaluation evaluation;
  DAM_TRY(scan_records(view, [&](int64_t position, Bytes document) -> Status {
    Record record;
    const Status found = truth.find_record(document_id(document), View::Check::kFirstTouch, record);
    if (found.code() == Code::kNotFound) return {};
    DAM_TRY(found);
    const JudgedRanking ranking =
        judge_ranking(document_root(document), document_root(record.document));
    evaluation.positions.push_back(position);
    evaluation.values.push_back(evaluate_ranking(ranking, choices));
    return {};
  }));
  const double sum = std::accumulate(evaluation.values.begin(), evaluation.values.end(), 0.0);
  evaluation.mean = share(sum, static_cast<double>(evaluation.values.size()));
  return evaluation;
}

}  // namespace dam
