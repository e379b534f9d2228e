// Chosen fields of documents as JSON lines or CSV (RFC 4180), a line for each document.
//
// Fields are read by column, a few thousand documents at a time, as JSON: so a value is written as
// it is, whatever the documents around it hold. docs/select.md has paths and the rules of CSV.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "handles.h"
#include "result_stream.h"

namespace dam::tool {

enum class FieldFormat { kJsonLines, kCsv };

struct FieldExport {
  std::string_view what;   // the command
  std::string_view array;  // as messages call it
  dam_snapshot* snapshot;
  std::string_view fields;  // paths with commas between them
  FieldFormat format;
};

// Of the documents at these positions, in order.
ExitStatus export_fields(const FieldExport& wanted, std::span<const int64_t> positions,
                         ResultStream& results);

}  // namespace dam::tool
