// `dam traverse`: documents below documents, by paths of the letters r, c and m.
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "result_rows.h"
#include "terminal.h"
#include "where_option.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "traverse";

// One document on the way, and where it was met.
struct Visit {
  const dam_document* document = nullptr;
  int64_t position = 0;
  int64_t group = 0;
  int32_t path = 0;
  std::string json;
};

dam_status next_visit(dam_traversal* traversal, Visit& out_visit) {
  const dam_status status = dam_traversal_next(traversal, &out_visit.document, &out_visit.position,
                                               &out_visit.group, &out_visit.path);
  return status == DAM_OK ? document_json(out_visit.document, 0, out_visit.json) : status;
}

std::string placed(const Visit& visit) {
  return "{\"path\":" + std::to_string(visit.path) + ",\"group\":" + std::to_string(visit.group) +
         ",\"position\":" + std::to_string(visit.position) + ",\"document\":" + visit.json + "}";
}

ExitStatus print_flat(const Arguments& arguments, dam_traversal* traversal) {
  ResultStream stream;
  Visit visit;
  while (stream.open() && !interrupted()) {
    const dam_status status = next_visit(traversal, visit);
    if (status == DAM_NOT_FOUND) break;
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
    stream.write_line(arguments.json() ? placed(visit) : visit.json);
  }
  return stream.finish(kWhat);
}

// A line for each group that has documents: the list of them.
ExitStatus print_groups(const Arguments& arguments, dam_traversal* traversal) {
  ResultStream stream;
  Visit visit;
  int64_t open_group = -1;
  while (stream.open() && !interrupted()) {
    const dam_status status = next_visit(traversal, visit);
    if (status == DAM_NOT_FOUND) break;
    if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
    const bool is_new = visit.group != open_group;
    if (is_new && open_group >= 0) stream.write_line("]");
    stream.write(is_new ? "[" : ",");
    stream.write(visit.json);
    open_group = visit.group;
  }
  if (open_group >= 0) stream.write_line("]");
  return stream.finish(kWhat);
}

ExitStatus run_traverse(const Arguments& arguments) {
  QueriedArray queried;
  const ExitStatus opened = open_queried(kWhat, arguments.array(), OpenMode::kRead, queried);
  if (opened != ExitStatus::kDone) return opened;
  const std::string_view paths = arguments.text("PATHS");
  Owned<dam_filter> filter;
  if (arguments.has("--where")) {
    const ExitStatus taken = take_filter(kWhat, arguments.text("--where"), filter);
    if (taken != ExitStatus::kDone) return taken;
  }
  dam_traversal* raw_traversal = nullptr;
  const dam_status status = dam_traverse(queried.snapshot.get(), filter.get(), paths.data(),
                                         paths.size(), &raw_traversal);
  const Owned<dam_traversal> traversal(raw_traversal);
  if (status == DAM_INVALID_ARGUMENT) return wrong_usage(kWhat, failure_text(status));
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  return arguments.has("--groups") ? print_groups(arguments, raw_traversal)
                                   : print_flat(arguments, raw_traversal);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"PATHS", "such as c or r,c,cm: r stays, c goes to chunks, m to matches", true, false},
};

constexpr OptionRow kOptions[] = {
    {"--where", "FILTER", "only documents that pass, such as '{\"text\":{\"$exists\":true}}'"},
    {"--groups", "", "one list a line: the documents of one parent, of the array for r"},
};

}  // namespace

const Command kTraverseCommand = {
    "traverse",
    "print chunks, matches and what is below them",
    "Prints the documents that paths lead to as JSON lines, path by path. The letters of a path\n"
    "apply from left to right: cm are the matches of all chunks. With --json each line is an\n"
    "object of path, group, position in the array, and document.",
    kPositionals,
    kOptions,
    "dam traverse birds r,c",
    run_traverse,
};

}  // namespace dam::tool
