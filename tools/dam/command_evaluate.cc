// `dam evaluate`: the matches of an array measured against those of another one.
#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "command_table.h"
#include "json_scan.h"
#include "result_rows.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "evaluate";

struct MeasureName {
  const char* name;
  int32_t measure;
};

constexpr MeasureName kMeasures[] = {
    {"precision", DAM_MEASURE_PRECISION},
    {"recall", DAM_MEASURE_RECALL},
    {"f1", DAM_MEASURE_F1},
    {"r_precision", DAM_MEASURE_R_PRECISION},
    {"hit", DAM_MEASURE_HIT},
    {"average_precision", DAM_MEASURE_AVERAGE_PRECISION},
    {"reciprocal_rank", DAM_MEASURE_RECIPROCAL_RANK},
    {"dcg", DAM_MEASURE_DCG},
    {"ndcg", DAM_MEASURE_NDCG},
};

const MeasureName* find_measure(std::string_view name) {
  for (const MeasureName& one : kMeasures) {
    if (name == one.name) return &one;
  }
  return nullptr;
}

std::string text_of(double value) {
  std::array<char, 32> text = {};
  (void)std::snprintf(text.data(), text.size(), "%.17g", value);
  return text.data();
}

// What is asked of which two arrays.
class Evaluator {
 public:
  Evaluator(const Arguments& arguments, int64_t depth) : arguments_(arguments), depth_(depth) {}

  ExitStatus open() {
    const ExitStatus opened = open_queried(kWhat, arguments_.array(), OpenMode::kRead, ranked_);
    if (opened != ExitStatus::kDone) return opened;
    return open_queried(kWhat, arguments_.text("TRUTH"), OpenMode::kRead, truth_);
  }

  ExitStatus run(const MeasureName& measure, ResultStream& stream) {
    double mean = 0;
    dam_results* raw_results = nullptr;
    const dam_status status = dam_evaluate(ranked_.snapshot.get(), truth_.snapshot.get(),
                                           measure.measure, depth_, &mean, &raw_results);
    const Owned<dam_results> results(raw_results);
    if (status == DAM_NOT_FOUND) {
      complain(kWhat, arguments_.array(), "no document has an id of the truth");
      return ExitStatus::kNothingFound;
    }
    if (status != DAM_OK) return failed_call(kWhat, arguments_.array(), status);
    if (arguments_.has("--each")) return print_each(measure, raw_results, stream);
    stream.write_line(arguments_.json() ? "{\"measure\":\"" + std::string(measure.name) +
                                              "\",\"mean\":" + text_of(mean) + "}"
                                        : std::string(measure.name) + '\t' + text_of(mean));
    return ExitStatus::kDone;
  }

 private:
  ExitStatus print_each(const MeasureName& measure, const dam_results* results,
                        ResultStream& stream) {
    char* ids = nullptr;
    int64_t* offsets = nullptr;
    const void* data = nullptr;
    size_t size = 0;
    dam_status status = dam_results_read(results, DAM_RESULTS_VALUE, &data, &size);
    if (status == DAM_OK) status = dam_results_ids(results, &ids, &offsets);
    if (status != DAM_OK) return failed_call(kWhat, arguments_.array(), status);
    const std::span<const double> values(static_cast<const double*>(data), size / sizeof(double));
    for (size_t row = 0; row < values.size(); ++row) {
      const std::string_view id(ids + offsets[row],
                                static_cast<size_t>(offsets[row + 1] - offsets[row]));
      print_one(measure, id, values[row], stream);
    }
    dam_free(ids);
    dam_free(offsets);
    return ExitStatus::kDone;
  }

  void print_one(const MeasureName& measure, std::string_view id, double value,
                 ResultStream& stream) const {
    std::string line;
    if (!arguments_.json()) {
      line = std::string(measure.name) + '\t' + text_of(value) + '\t' + std::string(id);
    } else {
      line = "{\"measure\":\"" + std::string(measure.name) + "\",\"id\":";
      append_json_string(line, id);
      line += ",\"value\":" + text_of(value) + "}";
    }
    stream.write_line(line);
  }

  const Arguments& arguments_;
  int64_t depth_;
  QueriedArray ranked_;
  QueriedArray truth_;
};

ExitStatus run_evaluate(const Arguments& arguments) {
  int64_t depth = 0;
  ExitStatus outcome = take_integer(kWhat, arguments, "--depth", depth);
  if (outcome != ExitStatus::kDone) return outcome;
  if (depth < 0) return wrong_usage(kWhat, "--depth is 0 or more");
  const MeasureName* only = find_measure(arguments.text("--measure"));
  if (arguments.has("--measure") && only == nullptr)
    return wrong_usage(kWhat, "--measure is none that is known");
  Evaluator evaluator(arguments, depth);
  outcome = evaluator.open();
  ResultStream stream;
  for (const MeasureName& measure : kMeasures) {
    if (outcome == ExitStatus::kDone && (only == nullptr || only == &measure))
      outcome = evaluator.run(measure, stream);
  }
  const ExitStatus finished = stream.finish(kWhat);
  return outcome == ExitStatus::kDone ? finished : outcome;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array whose matches are measured", true, false},
    {"TRUTH", "directory of the array with the matches there should be", true, false},
};

constexpr OptionRow kOptions[] = {
    {"--measure", "NAME", "only this one of the nine"},
    {"--depth", "N", "look at the first N matches of each document; default all"},
    {"--each", "", "a line for each document instead of the mean"},
};

}  // namespace

const Command kEvaluateCommand = {
    "evaluate",
    "measure matches against a truth",
    "Prints precision, recall, f1, r_precision, hit, average_precision, reciprocal_rank, dcg and\n"
    "ndcg, each the mean over the documents whose ids the truth has. Relevant are the matches\n"
    "there; their weights are gains.",
    kPositionals,
    kOptions,
    "dam evaluate birds birds --measure ndcg --depth 10",
    run_evaluate,
};

}  // namespace dam::tool
