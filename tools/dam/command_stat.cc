// `dam stat`: the numbers dam_stat knows, one a line.
//
// Left out are the durable revision, which only the writer that synced knows, and what views pin,
// for this process has none.
#include <string>

#include "command_table.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

struct StatRow {
  const char* name;
  int32_t stat;
};

constexpr StatRow kStats[] = {
    {"documents", DAM_STAT_DOCUMENTS},         {"slots", DAM_STAT_SLOTS},
    {"live_bytes", DAM_STAT_LIVE_BYTES},       {"dead_bytes", DAM_STAT_DEAD_BYTES},
    {"generation", DAM_STAT_GENERATION},       {"revision", DAM_STAT_REVISION},
    {"body_bytes", DAM_STAT_BODY_BYTES},       {"header_bytes", DAM_STAT_HEADER_BYTES},
    {"index_bytes", DAM_STAT_INDEX_BYTES},     {"index_memory_bytes", DAM_STAT_INDEX_MEMORY},
    {"embedding_dim", DAM_STAT_EMBEDDING_DIM}, {"garbage_percent", DAM_STAT_GARBAGE_PERCENT},
    {"key_length", DAM_STAT_KEY_LENGTH},       {"sealed", DAM_STAT_SEALED},
};

ExitStatus run_stat(const Arguments& arguments) {
  Owned<dam_array> array;
  ExitStatus opened = open_array("stat", arguments.array(), OpenMode::kRead, array);
  if (opened != ExitStatus::kDone) return opened;
  std::string text;
  std::string json = "{";
  for (const StatRow& row : kStats) {
    int64_t value = 0;
    dam_status status = dam_stat(array.get(), row.stat, &value);
    if (status != DAM_OK) return failed_call("stat", arguments.array(), status);
    text += std::string(row.name) + '\t' + std::to_string(value) + '\n';
    json += (json.size() > 1 ? ",\"" : "\"") + std::string(row.name) + "\":";
    json += std::to_string(value);
  }
  ResultStream results;
  results.write(arguments.json() ? json + "}\n" : text);
  return results.finish("stat");
}

}  // namespace

const Command kStatCommand = {
    "stat",
    "print sizes and counts",
    "Prints the array's numbers, a name and a value a line; sizes are in bytes.",
    kArrayOnly,
    {},
    "dam stat birds",
    run_stat,
};

}  // namespace dam::tool
