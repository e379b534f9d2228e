// Conversion of lines, one document each; see line_convert.h. Runs on several threads at once.
#include "line_convert.h"

#include "handles.h"

namespace dam::tool {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// libdam sees one line at a time and calls it line 1; the caller names the line of the file.
std::string reason_without_line(std::string_view text) {
  constexpr std::string_view kLineOne = "JSON line 1, ";
  return std::string(text.starts_with(kLineOne) ? text.substr(kLineOne.size()) : text);
}

dam_status add_document(std::string_view line, uint32_t flags, ConvertedBatch& batch) {
  dam_document* raw_document = nullptr;
  dam_status status = dam_document_from_json(line.data(), line.size(), flags, &raw_document);
  if (status != DAM_OK) return status;
  Owned<dam_document> document(raw_document);
  const void* data = nullptr;
  size_t size = 0;
  status = dam_document_bytes(raw_document, &data, &size);
  if (status != DAM_OK) return keep_failure(status);
  batch.data.append(static_cast<const char*>(data), size);
  batch.data.resize((batch.data.size() + 7) / 8 * 8);
  batch.offsets.push_back(static_cast<int64_t>(batch.data.size()));
  return DAM_OK;
}

}  // namespace

ConvertedBatch convert_lines(const LineChunk& chunk, const ConvertOptions& options) {
  ConvertedBatch batch;
  batch.data.reserve(chunk.text.size() + chunk.text.size() / 2);
  std::string_view rest = chunk.text;
  for (int64_t number = chunk.first_line; !rest.empty(); ++number) {
    const size_t feed = rest.find('\n');
    const std::string_view line = rest.substr(0, feed);
    rest.remove_prefix(feed == std::string_view::npos ? rest.size() : feed + 1);
    batch.input_bytes = static_cast<int64_t>(chunk.text.size() - rest.size());
    if (is_blank(line)) continue;
    const dam_status status = add_document(line, options.json_flags, batch);
    if (status == DAM_OK) {
      batch.lines.push_back(number);
      batch.input_ends.push_back(batch.input_bytes);
      continue;
    }
    batch.problems.push_back({number, reason_without_line(failure_text(status))});
    if (options.stop_at_problem) break;
  }
  return batch;
}

}  // namespace dam::tool
