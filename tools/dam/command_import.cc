// `dam import`: JSON lines into an array, batch by batch.
//
// Threads convert lines (convert_pipeline.h), this one writes. Whatever ends an import early, every
// line before the one it names is stored and none behind it, so that it can go on from there.
#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <string>

#include "batch_store.h"
#include "command_table.h"
#include "convert_pipeline.h"
#include "handles.h"
#include "import_format.h"
#include "json_scan.h"
#include "result_stream.h"
#include "slice_text.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "import";
constexpr int64_t kMaxBatch = 1 << 20;

struct Import {
  const Arguments& arguments;
  LineSource& source;
  dam_array* array;
  ConvertPipeline::Plan plan;
  StoreOptions store;
  ResultStream& results;
  ImportTotals totals;
};

void list_skipped(Import& import, const LineProblem& problem) {
  ++import.totals.skipped;
  complain(kWhat, import.source.name() + " line " + std::to_string(problem.line), problem.reason);
  if (!import.arguments.json()) return;
  std::string line = "{\"line\":" + std::to_string(problem.line) + ",\"reason\":";
  append_json_string(line, problem.reason);
  import.results.write_line(line + "}");
}

// True when the import ends at a bad line.
bool tell_problems(Import& import, ConvertedBatch& batch) {
  std::sort(batch.problems.begin(), batch.problems.end(),
            [](const LineProblem& a, const LineProblem& b) { return a.line < b.line; });
  if (batch.problems.empty()) return false;
  if (import.store.stop_at_problem) {
    const LineProblem& first = batch.problems.front();
    complain(kWhat, import.source.name() + " line " + std::to_string(first.line), first.reason);
    return true;
  }
  for (const LineProblem& problem : batch.problems) list_skipped(import, problem);
  return false;
}

ExitStatus import_batches(Import& import) {
  Progress progress("documents", import.source.total_bytes());
  ConvertPipeline pipeline(import.source, import.plan);
  while (!interrupted()) {
    std::optional<ConvertedBatch> batch = pipeline.next();
    if (!batch) break;
    const dam_status status = store_batch(import.array, import.store, *batch, import.totals);
    if (status != DAM_OK) return failed_call(kWhat, import.arguments.array(), status);
    if (tell_problems(import, *batch)) return ExitStatus::kFailed;
    progress.show(import.totals.documents, import.totals.bytes);
  }
  clear_progress_line();
  if (interrupted()) {
    complain(kWhat, import.source.name(),
             "interrupted after line " + std::to_string(import.totals.last_line));
    return ExitStatus::kFailed;
  }
  return ExitStatus::kDone;
}

void print_summary(Import& import, double seconds) {
  const ImportTotals& totals = import.totals;
  const double rate = seconds > 0 ? static_cast<double>(totals.documents) / seconds : 0;
  char line[256];
  if (import.arguments.json()) {
    std::snprintf(line, sizeof line,
                  "{\"documents\":%" PRId64 ",\"bytes\":%" PRId64
                  ",\"seconds\":%.3f,\"rate\":%.0f,\"skipped\":%" PRId64 "}",
                  totals.documents, totals.bytes, seconds, rate, totals.skipped);
  } else {
    std::snprintf(line, sizeof line,
                  "%" PRId64 " documents, %" PRId64
                  " bytes, %.3f seconds, %.0f documents/s, %" PRId64 " lines skipped",
                  totals.documents, totals.bytes, seconds, rate, totals.skipped);
  }
  import.results.write_line(line);
}

ExitStatus read_options(const Arguments& arguments, ConvertPipeline::Plan& plan,
                        StoreOptions& store) {
  if (arguments.has("--batch")) {
    std::optional<int64_t> lines = parse_integer(arguments.text("--batch"));
    if (!lines || *lines < 1 || *lines > kMaxBatch) {
      return wrong_usage(kWhat, "--batch is a number from 1 to " + std::to_string(kMaxBatch));
    }
    plan.batch_lines = *lines;
  }
  std::string_view on_error = arguments.has("--on-error") ? arguments.text("--on-error") : "stop";
  if (on_error != "stop" && on_error != "skip") {
    return wrong_usage(kWhat, "--on-error is stop or skip");
  }
  store.stop_at_problem = plan.convert.stop_at_problem = on_error == "stop";
  store.flags = (arguments.has("--upsert") ? DAM_UPSERT : 0u) |
                (arguments.has("--durable") ? DAM_DURABLE : 0u);
  plan.convert.json_flags = arguments.has("--unknown-to-tags") ? DAM_JSON_UNKNOWN_TO_TAGS : 0;
  return ExitStatus::kDone;
}

ExitStatus import_lines(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  ConvertPipeline::Plan plan;
  StoreOptions store;
  ExitStatus status = read_options(arguments, plan, store);
  if (status != ExitStatus::kDone) return status;
  LineSource source;
  if (!source.open(arguments.has("FILE") ? arguments.text("FILE") : "-")) {
    complain(kWhat, source.name(), source.error());
    return ExitStatus::kFailed;
  }
  Owned<dam_array> array;
  status = open_array(kWhat, arguments.array(), create_mode(arguments), array);
  if (status != ExitStatus::kDone) return status;
  ResultStream results;
  Import import{arguments, source, array.get(), plan, store, results, {}};
  status = import_batches(import);
  if (status == ExitStatus::kDone && !source.error().empty()) {
    complain(kWhat, source.name(), source.error());
    status = ExitStatus::kFailed;
  }
  const ExitStatus closed = close_writer(kWhat, arguments.array(), std::move(array));
  const auto taken = std::chrono::steady_clock::now() - start;
  print_summary(import, std::chrono::duration<double>(taken).count());
  const ExitStatus printed = results.finish(kWhat);
  if (status != ExitStatus::kDone) return status;
  return closed != ExitStatus::kDone ? closed : printed;
}

ExitStatus run_import(const Arguments& arguments) {
  ImportFormat format = ImportFormat::kJsonLines;
  const ExitStatus status = read_import_format(arguments, format);
  if (status != ExitStatus::kDone) return status;
  return format == ImportFormat::kJina ? import_jina(arguments) : import_lines(arguments);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array; made when it is absent", true, false},
    {"FILE", "JSON lines, - or left out: stdin; with --format jina a directory", false, false},
};
constexpr OptionRow kOptions[] = {
    {"--format", "NAME", "jsonl (JSON lines, the default), or jina: a DocumentArrayMemmap"},
    {"--upsert", "", "replace documents of the same id, which keep their position"},
    {"--batch", "N", "documents per commit (4096; fewer when they are large)"},
    {"--durable", "", "each commit survives a power loss before the next begins"},
    {"--on-error", "ACTION", "stop at a bad line (the default), or skip and list it"},
    {"--unknown-to-tags", "", "members that documents do not have become tags"},
    kSharedOption,
    {"--key-length", "N", "jina: characters of an id in header.bin (guessed when left out)"},
    {"--integers", "", "jina: whole numbers in tags become integers, not doubles"},
    {"--ids", "SOURCE", "jina: ids of each document (the default), or of the header, cut"},
    {"--deleted", "", "jina: list what is readable of deleted and replaced documents"},
    {"--strict", "", "jina: import nothing when anything is damaged"},
};

}  // namespace

const Command kImportCommand = {
    "import",
    "append documents from JSON lines or from a store of Jina",
    "Appends one document a line, in batches, and prints documents, bytes, seconds and rate. When\n"
    "it stops early, every line before the one it names is stored and none behind it. Ctrl-C "
    "stops\n"
    "it between batches. With --format jina it reads what Jina 2.0 to 2.6 wrote to a directory, "
    "as\n"
    "a whole, and prints what it decided, a line for each damaged record, and the number of\n"
    "documents; it exits with 3 when anything was damaged. The directory is only read.",
    kPositionals,
    kOptions,
    "dam import birds birds.jsonl",
    run_import,
};

}  // namespace dam::tool
