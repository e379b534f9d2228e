// `dam append`: one JSON document from stdin; prints its position and id.
#include <cstdio>
#include <string>

#include "command_table.h"
#include "handles.h"
#include "json_scan.h"
#include "result_stream.h"
#include "terminal.h"

namespace dam::tool {
namespace {

constexpr const char* kWhat = "append";

std::string read_stdin() {
  std::string text;
  char block[1 << 16];
  for (size_t got = 1; got > 0;) {
    got = std::fread(block, 1, sizeof block, stdin);
    text.append(block, got);
  }
  return text;
}

// The id that was stored: the document's own, or the fresh one that libdam gave it.
dam_status stored_id(dam_array* array, int64_t position, std::string& out_id) {
  size_t size = 0;
  dam_status status = dam_id_at(array, position, nullptr, 0, &size);
  if (status != DAM_TOO_BIG) return status;
  out_id.resize(size);
  return dam_id_at(array, position, out_id.data(), out_id.size(), &size);
}

ExitStatus print_stored(bool json, int64_t position, const std::string& id) {
  std::string line;
  if (json) {
    line = "{\"position\":" + std::to_string(position) + ",\"id\":";
    append_json_string(line, id);
    line += '}';
  } else {
    line = std::to_string(position) + '\t';
    append_printable(line, id);
  }
  ResultStream results;
  results.write_line(line);
  return results.finish(kWhat);
}

ExitStatus run_append(const Arguments& arguments) {
  const std::string text = read_stdin();
  if (std::ferror(stdin) != 0) {
    complain(kWhat, "stdin", "cannot be read");
    return ExitStatus::kFailed;
  }
  const uint32_t json_flags = arguments.has("--unknown-to-tags") ? DAM_JSON_UNKNOWN_TO_TAGS : 0;
  dam_document* raw_document = nullptr;
  dam_status status = dam_document_from_json(text.data(), text.size(), json_flags, &raw_document);
  if (status != DAM_OK) return failed_call(kWhat, "stdin", status);
  Owned<dam_document> document(raw_document);
  const void* data = nullptr;
  size_t size = 0;
  status = dam_document_bytes(raw_document, &data, &size);
  if (status != DAM_OK) return failed_call(kWhat, "stdin", status);

  Owned<dam_array> array;
  ExitStatus opened = open_array(kWhat, arguments.array(), create_mode(arguments), array);
  if (opened != ExitStatus::kDone) return opened;
  const uint32_t flags = (arguments.has("--upsert") ? DAM_UPSERT : 0u) |
                         (arguments.has("--durable") ? DAM_DURABLE : 0u);
  int64_t position = 0;
  std::string id;
  status = dam_append(array.get(), data, size, flags, &position, nullptr);
  if (status == DAM_OK) status = stored_id(array.get(), position, id);
  if (status != DAM_OK) return failed_call(kWhat, arguments.array(), status);
  ExitStatus closed = close_writer(kWhat, arguments.array(), std::move(array));
  ExitStatus printed = print_stored(arguments.json(), position, id);
  return closed == ExitStatus::kDone ? printed : closed;
}

constexpr OptionRow kOptions[] = {
    {"--upsert", "", "replace the document of the same id, which keeps its position"},
    {"--durable", "", "return only when the document would survive a power loss"},
    {"--unknown-to-tags", "", "members that documents do not have become tags"},
    kSharedOption,
};

}  // namespace

const Command kAppendCommand = {
    "append",
    "add one document from stdin",
    "Reads one JSON document from stdin, adds it at the end and prints its position and id.",
    kArrayOnly,
    kOptions,
    "echo '{\"id\":\"robin\",\"text\":\"sings\"}' | dam append birds",
    run_append,
};

}  // namespace dam::tool
