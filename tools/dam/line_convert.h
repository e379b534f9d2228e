// A chunk of JSON lines to a batch of document bytes, as dam_extend takes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "line_source.h"

namespace dam::tool {

// A line that could not be imported, and why.
struct LineProblem {
  int64_t line;
  std::string reason;
};

struct ConvertedBatch {
  std::string data;                    // documents, each start a multiple of 8
  std::vector<int64_t> offsets = {0};  // one more than documents
  std::vector<int64_t> lines;          // line of each document
  std::vector<int64_t> input_ends;     // input bytes up to and with each document's line
  std::vector<LineProblem> problems;
  int64_t input_bytes = 0;

  int64_t count() const { return static_cast<int64_t>(lines.size()); }
};

struct ConvertOptions {
  uint32_t json_flags = 0;
  bool stop_at_problem = true;  // the lines behind the first bad one are left out
};

ConvertedBatch convert_lines(const LineChunk& chunk, const ConvertOptions& options);

}  // namespace dam::tool
