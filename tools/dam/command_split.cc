// `dam split`: documents in groups of a value, or in portions of a size; listed, or as arrays.
#include <optional>
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "json_scan.h"
#include "result_rows.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "split";
constexpr size_t kBatchDocuments = 4096;

// The rows of one group, which follow one another.
struct Group {
  int64_t number;
  std::span<const int64_t> positions;
};

// What an answer says, group by group.
class Groups {
 public:
  dam_status read(const dam_results* results) {
    const dam_status status = column_of(results, DAM_RESULTS_POSITION, positions_);
    return status == DAM_OK ? column_of(results, DAM_RESULTS_GROUP, groups_) : status;
  }
  bool next(Group& out_group) {
    if (row_ == groups_.size()) return false;
    const size_t first = row_;
    while (row_ < groups_.size() && groups_[row_] == groups_[first]) ++row_;
    out_group = {groups_[first], positions_.subspan(first, row_ - first)};
    return true;
  }

 private:
  std::span<const int64_t> positions_;
  std::span<const int64_t> groups_;
  size_t row_ = 0;
};

class Splitter {
 public:
  Splitter(const Arguments& arguments, dam_snapshot* snapshot)
      : arguments_(arguments), snapshot_(snapshot) {}

  ExitStatus run(Groups groups) {
    Group group = {};
    ExitStatus outcome = ExitStatus::kDone;
    while (outcome == ExitStatus::kDone && stream_.open() && !interrupted() && groups.next(group)) {
      if (arguments_.has("--into")) outcome = write_array(group);
      if (outcome == ExitStatus::kDone) outcome = print(group);
    }
    const ExitStatus finished = stream_.finish(kWhat);
    return outcome == ExitStatus::kDone ? finished : outcome;
  }

 private:
  // A line of number, count and, for groups of a value, that value.
  ExitStatus print(const Group& group) {
    std::string value;
    const dam_status status = value_of(group.positions.front(), value);
    if (status != DAM_OK) return failed_call(kWhat, arguments_.array(), status);
    const std::string number = std::to_string(group.number);
    const std::string count = std::to_string(group.positions.size());
    if (arguments_.json())
      stream_.write_line("{\"group\":" + number + ",\"documents\":" + count +
                         (value.empty() ? "" : ",\"value\":" + value) + "}");
    else
      stream_.write_line(number + '\t' + count + (value.empty() ? "" : '\t' + value));
    return ExitStatus::kDone;
  }

  // As JSON; empty where there is none.
  dam_status value_of(int64_t position, std::string& out_value) const {
    if (!arguments_.has("PATH")) return DAM_OK;
    const void* data = nullptr;
    size_t size = 0;
    std::string json;
    dam_status status = dam_snapshot_get_at(snapshot_, position, &data, &size);
    if (status == DAM_OK) status = bytes_json(data, size, 0, json);
    if (status != DAM_OK) return status;
    const auto value = find_json(json, split_path(arguments_.text("PATH")));
    if (value) out_value = *value;
    return DAM_OK;
  }

  ExitStatus write_array(const Group& group) {
    const std::string path =
        std::string(arguments_.text("--into")) + '/' + std::to_string(group.number);
    Owned<dam_array> array;
    const ExitStatus opened = open_array(kWhat, path, OpenMode::kCreate, array);
    if (opened != ExitStatus::kDone) return opened;
    for (size_t row = 0; row < group.positions.size(); row += kBatchDocuments) {
      const size_t count = std::min(kBatchDocuments, group.positions.size() - row);
      const dam_status status = copy(group.positions.subspan(row, count), array.get());
      if (status != DAM_OK) return failed_call(kWhat, path, status);
    }
    return close_writer(kWhat, path, std::move(array));
  }

  dam_status copy(std::span<const int64_t> positions, dam_array* array) const {
    dam_batch* raw_batch = nullptr;
    dam_status status = dam_batch_begin(array, &raw_batch);
    Owned<dam_batch> batch(raw_batch);
    for (size_t row = 0; status == DAM_OK && row < positions.size(); ++row) {
      const void* data = nullptr;
      size_t size = 0;
      status = dam_snapshot_get_at(snapshot_, positions[row], &data, &size);
      if (status == DAM_OK) status = dam_batch_append(raw_batch, data, size, 0);
    }
    if (status != DAM_OK) return keep_failure(status);
    return dam_batch_commit(batch.release(), 0, nullptr);
  }

  const Arguments& arguments_;
  dam_snapshot* snapshot_;
  ResultStream stream_;
};

ExitStatus run_split(const Arguments& arguments) {
  int64_t size = 0;
  int64_t seed = 0;
  ExitStatus outcome = take_integer(kWhat, arguments, "--size", 0, size);
  if (outcome == ExitStatus::kDone) outcome = take_integer(kWhat, arguments, "--seed", 0, seed);
  if (outcome != ExitStatus::kDone) return outcome;
  if (arguments.has("PATH") == arguments.has("--size"))
    return wrong_usage(kWhat, "PATH or --size is needed, and one of them only");
  if (arguments.has("--seed") && !arguments.has("--size"))
    return wrong_usage(kWhat, "--seed belongs to --size");
  QueriedArray queried;
  outcome = open_queried(kWhat, arguments.array(), OpenMode::kRead, queried);
  if (outcome != ExitStatus::kDone) return outcome;
  const std::string_view path = arguments.text("PATH");
  const uint32_t flags = arguments.has("--seed") ? DAM_PORTIONS_SHUFFLED : 0;
  dam_snapshot* const snapshot = queried.snapshot.get();
  dam_results* raw_results = nullptr;
  dam_status status = arguments.has("--size")
                          ? dam_portions(snapshot, size, flags, seed, &raw_results)
                          : dam_split(snapshot, path.data(), path.size(), &raw_results);
  const Owned<dam_results> results(raw_results);
  if (status == DAM_INVALID_ARGUMENT) return wrong_usage(kWhat, failure_text(status));
  Groups groups;
  if (status == DAM_OK) status = groups.read(raw_results);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  return Splitter(arguments, snapshot).run(groups);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"PATH", "such as tags.color: documents of equal values are a group", false, false},
};

constexpr OptionRow kOptions[] = {
    {"--size", "N", "instead of PATH: portions of N documents, the last may be smaller"},
    {"--seed", "N", "draw the portions by this integer instead of in order"},
    {"--into", "DIRECTORY", "also write each group to an array there, named by its number"},
};

}  // namespace

const Command kSplitCommand = {
    "split",
    "put documents into groups",
    "Prints number, size and value of each group, tab-separated, in the order in which the values\n"
    "first appear. Documents without the value, or with a list or map there, are left out.",
    kPositionals,
    kOptions,
    "dam split birds text --into groups",
    run_split,
};

}  // namespace dam::tool
