#include "api/match_options.h"

#include <cmath>

#include "api/arguments.h"

namespace dam {
namespace {

constexpr bool equals(Metric metric, int32_t constant) {
  return static_cast<int32_t>(metric) == constant;
}
static_assert(equals(Metric::kCosine, DAM_METRIC_COSINE) &&
              equals(Metric::kEuclidean, DAM_METRIC_EUCLIDEAN) &&
              equals(Metric::kSqEuclidean, DAM_METRIC_SQEUCLIDEAN) &&
              equals(Metric::kInnerProduct, DAM_METRIC_INNER_PRODUCT) &&
              equals(Metric::kHamming, DAM_METRIC_HAMMING) &&
              equals(Metric::kJaccard, DAM_METRIC_JACCARD) &&
              equals(Metric::kManhattan, DAM_METRIC_MANHATTAN));

constexpr int64_t kMostThreads = 1024;

}  // namespace

Status set_match_option(MatchOptions& options, int32_t option, int64_t value) {
  switch (option) {
    case DAM_OPTION_METRIC:
      DAM_TRY(check_option(option, value, DAM_METRIC_COSINE, DAM_METRIC_MANHATTAN));
      options.choices.metric = static_cast<Metric>(value);
      return {};
    case DAM_OPTION_LIMIT:
      DAM_TRY(check_option(option, value, 1, DAM_NO_LIMIT));
      options.choices.limit = value == DAM_NO_LIMIT ? kNoLimit : static_cast<uint64_t>(value);
      return {};
    case DAM_OPTION_EXCLUDE_SELF:
      DAM_TRY(check_option(option, value, 0, 1));
      options.choices.exclude_self = value == 1;
      return {};
    case DAM_OPTION_THREADS:
      DAM_TRY(check_option(option, value, 0, kMostThreads));
      options.choices.threads = static_cast<unsigned>(value);
      return {};
    case DAM_OPTION_APPROXIMATE:
      DAM_TRY(check_option(option, value, 0, 1));
      options.approximate = value == 1;
      return {};
    default:
      return Status::error(Code::kInvalidArgument, "option %d is not known", option);
  }
}

Status set_match_number(MatchOptions& options, int32_t option, double number) {
  if (option != DAM_OPTION_RANGE_FROM && option != DAM_OPTION_RANGE_TO)
    return Status::error(Code::kInvalidArgument, "option %d is not known, or is no number", option);
  if (!std::isfinite(number))
    return Status::error(Code::kInvalidArgument, "option %d is to be finite, not %g", option,
                         number);
  ScoreRange range = options.choices.range.value_or(ScoreRange());
  (option == DAM_OPTION_RANGE_FROM ? range.from : range.to) = number;
  options.choices.range = range;
  return {};
}

}  // namespace dam
