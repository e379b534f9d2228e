#include "import_format.h"

#include <string>

namespace dam::tool {
namespace {

struct FormatOption {
  const char* option;
  ImportFormat format;
};

constexpr FormatOption kOptions[] = {
    {"--batch", ImportFormat::kJsonLines},
    {"--on-error", ImportFormat::kJsonLines},
    {"--unknown-to-tags", ImportFormat::kJsonLines},
    {"--key-length", ImportFormat::kJina},
    {"--integers", ImportFormat::kJina},
    {"--ids", ImportFormat::kJina},
    {"--deleted", ImportFormat::kJina},
    {"--strict", ImportFormat::kJina},
};

}  // namespace

ExitStatus read_import_format(const Arguments& arguments, ImportFormat& out_format) {
  const std::string_view name = arguments.has("--format") ? arguments.text("--format") : "jsonl";
  if (name != "jsonl" && name != "jina") return wrong_usage("import", "--format is jsonl or jina");
  out_format = name == "jina" ? ImportFormat::kJina : ImportFormat::kJsonLines;
  for (const FormatOption& row : kOptions) {
    if (row.format != out_format && arguments.has(row.option))
      return wrong_usage("import",
                         std::string(row.option) + " is not for --format " + std::string(name));
  }
  return ExitStatus::kDone;
}

}  // namespace dam::tool
