// `dam get`: documents by id or position, as JSON lines in the order asked.
#include <optional>
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "handles.h"
#include "json_scan.h"
#include "position_list.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "get";

// Prints what was asked for and counts what was there.
class Getter {
 public:
  Getter(const Arguments& arguments, dam_array* array)
      : arguments_(arguments), array_(array), path_(split_path(arguments.text("--field"))) {}

  ExitStatus get_id(const std::string& id) {
    dam_document* document = nullptr;
    dam_status status = dam_get(array_, id.data(), id.size(), &document);
    if (status == DAM_NOT_FOUND) return absent("no document \"" + id + "\"");
    return status == DAM_OK ? print(document) : failed_call(kWhat, arguments_.array(), status);
  }

  ExitStatus get_position(int64_t position) {
    dam_document* document = nullptr;
    dam_status status = dam_get_at(array_, position, &document);
    if (status == DAM_OUT_OF_RANGE) return absent(std::string(failure_text(status)));
    return status == DAM_OK ? print(document) : failed_call(kWhat, arguments_.array(), status);
  }

  ExitStatus finish() {
    ExitStatus finished = results_.finish(kWhat);
    if (finished != ExitStatus::kDone) return finished;
    return found_ > 0 ? ExitStatus::kDone : ExitStatus::kNothingFound;
  }

 private:
  ExitStatus absent(const std::string& why) {
    complain(kWhat, arguments_.array(), why);
    if (arguments_.json()) results_.write_line("null");
    return ExitStatus::kDone;
  }

  ExitStatus print(dam_document* raw_document) {
    Owned<dam_document> document(raw_document);
    std::string json;
    dam_status status = document_json(raw_document, 0, json);
    if (status != DAM_OK) return failed_call(kWhat, arguments_.array(), status);
    if (!arguments_.has("--field")) {
      ++found_;
      results_.write_line(json);
      return ExitStatus::kDone;
    }
    std::optional<std::string_view> value = find_json(json, path_);
    if (!value) return absent("no field " + std::string(arguments_.text("--field")));
    ++found_;
    print_field(*value);
    return ExitStatus::kDone;
  }

  void print_field(std::string_view value) {
    std::optional<std::string> text;
    if (!arguments_.json()) text = json_string_value(value);
    if (!text) {
      results_.write_line(value);
      return;
    }
    // Bytes come out as they are, without a line end that is not theirs.
    bool is_buffer = path_.back() == "buffer" && path_.front() != "tags";
    std::optional<std::string> bytes = is_buffer ? decode_base64(*text) : std::nullopt;
    if (bytes) {
      results_.write(*bytes);
    } else {
      results_.write_line(*text);
    }
  }

  const Arguments& arguments_;
  dam_array* array_;
  std::vector<std::string> path_;
  ResultStream results_;
  int64_t found_ = 0;
};

ExitStatus run_get(const Arguments& arguments) {
  std::vector<int64_t> positions;
  ExitStatus status = parse_positions(kWhat, arguments.list("--at"), positions);
  if (status != ExitStatus::kDone) return status;
  if (arguments.list("ID").empty() == positions.empty()) {
    return wrong_usage(kWhat, "give either ids or --at positions");
  }
  Owned<dam_array> array;
  status = open_array(kWhat, arguments.array(), OpenMode::kRead, array);
  if (status != ExitStatus::kDone) return status;
  Getter getter(arguments, array.get());
  for (const std::string& id : arguments.list("ID")) {
    if (status == ExitStatus::kDone) status = getter.get_id(id);
  }
  for (int64_t position : positions) {
    if (status == ExitStatus::kDone) status = getter.get_position(position);
  }
  ExitStatus finished = getter.finish();
  return status == ExitStatus::kDone ? finished : status;
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"ID", "ids of documents (after -- when one starts with a dash)", false, true},
};
constexpr OptionRow kOptions[] = {
    {"--at", "POSITION", "documents at positions; negative ones count from the end", true},
    {"--field", "PATH", "only the value at a path such as tags.color or chunks.0.text"},
};

}  // namespace

const Command kGetCommand = {
    "get",
    "print documents by id or position",
    "Prints documents as JSON lines in the order asked. What is absent is named on stderr (and is\n"
    "null with --json); the exit status is 1 when nothing was found.",
    kPositionals,
    kOptions,
    "dam get birds --at 0 -1 --field text",
    run_get,
};

}  // namespace dam::tool
