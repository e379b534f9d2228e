// How good rankings are, by the standard measures of retrieval.
//
// A ranking is the matches of a document in their order; what is relevant are the matches of the
// document of the same id in the truth. The gain of a relevant one is its weight there, 1 without
// one; a weight of 0 or less, or none that is finite, says that it is not relevant.
// docs/evaluate.md has the definitions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/status.h"
#include "document/document_view.h"
#include "store/view.h"

namespace dam {

// Numbers equal to DAM_MEASURE_*.
enum class Measure : int32_t {
  kPrecision = 1,
  kRecall,
  kF1,
  kRPrecision,
  kHit,
  kAveragePrecision,
  kReciprocalRank,
  kDcg,
  kNdcg,
  kCount
};

struct EvaluationChoices {
  Measure measure = Measure::kPrecision;
  int64_t depth = 0;  // how many of the first matches count; 0: all
};

// One ranking as the measures see it.
struct JudgedRanking {
  std::vector<double> gains;  // of each match, 0 for one that is not relevant
  std::vector<double> ideal;  // of all that is relevant, descending
};

JudgedRanking judge_ranking(const schema::Document* ranked, const schema::Document* truth);
double evaluate_ranking(const JudgedRanking& ranking, const EvaluationChoices& choices);

struct Evaluation {
  std::vector<int64_t> positions;  // of the documents whose ids the truth has
  std::vector<double> values;
  double mean = 0;
};

Result<Evaluation> evaluate_view(const View& view, const View& truth,
                                 const EvaluationChoices& choices);

}  // namespace dam
