// `dam patch`: a JSON merge patch applied to one stored document.
#include <cstdio>
#include <string>

#include "command_table.h"
#include "document_text.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "patch";

std::string read_stdin() {
  std::string text;
  char block[65536];
  size_t size = 0;
  while ((size = std::fread(block, 1, sizeof block, stdin)) > 0) text.append(block, size);
  return text;
}

// What the document is afterwards.
dam_status patched_json(dam_array* array, std::string_view id, std::string& out_json) {
  dam_document* document = nullptr;
  dam_status status = dam_get(array, id.data(), id.size(), &document);
  const Owned<dam_document> owned(document);
  if (status == DAM_OK) status = document_json(document, 0, out_json);
  return keep_failure(status);
}

ExitStatus run_patch(const Arguments& arguments) {
  const std::string_view id = arguments.text("ID");
  const std::string patch =
      arguments.has("PATCH") ? std::string(arguments.text("PATCH")) : read_stdin();
  Owned<dam_array> array;
  ExitStatus outcome = open_array(kWhat, arguments.array(), OpenMode::kWrite, array);
  if (outcome != ExitStatus::kDone) return outcome;
  dam_status status = dam_patch(array.get(), id.data(), id.size(), patch.data(), patch.size(),
                                DAM_ANY_REVISION, 0, nullptr);
  if (status == DAM_NOT_FOUND) {
    complain(kWhat, arguments.array(), "no document \"" + std::string(id) + "\"");
    return ExitStatus::kNothingFound;
  }
  std::string json;
  if (status == DAM_OK) status = patched_json(array.get(), id, json);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  outcome = close_writer(kWhat, arguments.array(), std::move(array));
  if (outcome != ExitStatus::kDone) return outcome;
  ResultStream results;
  results.write_line(json);
  return results.finish(kWhat);
}

constexpr PositionalRow kPositionals[] = {
    {"ARRAY", "directory of the array", true, false},
    {"ID", "id of the document", true, false},
    {"PATCH", "JSON merge patch (RFC 7396); left out: from stdin", false, false},
};

}  // namespace

const Command kPatchCommand = {
    "patch",
    "change fields of one document",
    "Applies a JSON merge patch to a document in one commit and prints it as it is then: null\n"
    "removes a member, objects are merged, any other value replaces.",
    kPositionals,
    {},
    "dam patch birds robin '{\"tags\":{\"color\":\"red\"}}'",
    run_patch,
};

}  // namespace dam::tool
