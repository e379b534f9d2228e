// `dam import --format jina`: what was decided and what is damaged, then how many documents came.
#include <cinttypes>
#include <string>

#include "followed_work.h"
#include "handles.h"
#include "import_format.h"
#include "json_scan.h"
#include "result_stream.h"
#include "slice_text.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "import";
constexpr int64_t kMostKeyLength = 4096;

struct Imported {
  WorkOutcome outcome;
  int64_t damaged = 0;
  std::string report;
};

ExitStatus read_options(const Arguments& arguments, Owned<dam_options>& out_options) {
  dam_options* options = nullptr;
  dam_status status = dam_options_create(&options);
  out_options.reset(options);
  const auto set = [&](int32_t option, int64_t value) {
    if (status == DAM_OK) status = dam_options_set(options, option, value);
  };
  if (arguments.has("--key-length")) {
    const std::optional<int64_t> length = parse_integer(arguments.text("--key-length"));
    if (!length || *length < 1 || *length > kMostKeyLength)
      return wrong_usage(kWhat,
                         "--key-length is a number from 1 to " + std::to_string(kMostKeyLength));
    set(DAM_OPTION_IMPORT_KEY_LENGTH, *length);
  }
  const std::string_view ids = arguments.has("--ids") ? arguments.text("--ids") : "document";
  if (ids != "document" && ids != "header")
    return wrong_usage(kWhat, "--ids is document or header");
  set(DAM_OPTION_IMPORT_HEADER_IDS, ids == "header");
  set(DAM_OPTION_IMPORT_INTEGERS, arguments.has("--integers"));
  set(DAM_OPTION_IMPORT_LIST_DELETED, arguments.has("--deleted"));
  set(DAM_OPTION_IMPORT_STRICT, arguments.has("--strict"));
  set(DAM_OPTION_IMPORT_UPSERT, arguments.has("--upsert"));
  return status == DAM_OK ? ExitStatus::kDone : failed_call(kWhat, "options", status);
}

// Embeddings of several dimensions are what a store without a column could hold: all come over.
ExitStatus open_target(const Arguments& arguments, Owned<dam_array>& out_array) {
  dam_options* options = nullptr;
  dam_status status = dam_options_create(&options);
  const Owned<dam_options> owner(options);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_ANY_EMBEDDING, 1);
  if (status == DAM_OK && arguments.has("--durable"))
    status = dam_options_set(options, DAM_OPTION_DURABILITY, DAM_DURABLE);
  dam_array* array = nullptr;
  if (status == DAM_OK) status = dam_open(std::string(arguments.array()).c_str(), options, &array);
  out_array.reset(array);
  return status == DAM_OK ? ExitStatus::kDone : failed_call(kWhat, arguments.array(), status);
}

Imported import_followed(const Arguments& arguments, dam_array* array, const dam_options* options) {
  const std::string source(arguments.text("FILE"));
  Imported imported;
  imported.outcome = run_followed([&](dam_task* task) {
    char* report = nullptr;
    size_t size = 0;
    const dam_status status =
        dam_import(array, source.c_str(), options, task, &imported.damaged, &report, &size);
    if (report != nullptr) imported.report.assign(report, size);
    const Owned<char> owner(report);
    return keep_failure(status);
  });
  return imported;
}

std::string json_of(const Imported& imported) {
  std::string json = "{\"damaged\":" + std::to_string(imported.damaged) + ",\"report\":[";
  std::string_view rest = imported.report;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    if (json.back() != '[') json += ',';
    append_json_string(json, rest.substr(0, end));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
  return json + "]}";
}

ExitStatus tell(const Arguments& arguments, const Imported& imported) {
  ResultStream results;
  if (arguments.json())
    results.write_line(json_of(imported));
  else
    results.write(imported.report);
  const ExitStatus printed = results.finish(kWhat);
  const dam_status status = imported.outcome.status;
  if (status != DAM_OK) {
    complain(kWhat, arguments.text("FILE"), imported.outcome.failure);
    return exit_status_of(status);
  }
  if (printed != ExitStatus::kDone) return printed;
  return imported.damaged == 0 ? ExitStatus::kDone : ExitStatus::kDamaged;
}

}  // namespace

ExitStatus import_jina(const Arguments& arguments) {
  if (!arguments.has("FILE") || arguments.text("FILE") == "-")
    return wrong_usage(kWhat, "--format jina reads a directory");
  Owned<dam_options> options;
  ExitStatus status = read_options(arguments, options);
  if (status != ExitStatus::kDone) return status;
  Owned<dam_array> array;
  status = open_target(arguments, array);
  if (status != ExitStatus::kDone) return status;
  const Imported imported = import_followed(arguments, array.get(), options.get());
  const ExitStatus closed = close_writer(kWhat, arguments.array(), std::move(array));
  status = tell(arguments, imported);
  return status == ExitStatus::kDone ? closed : status;
}

}  // namespace dam::tool
