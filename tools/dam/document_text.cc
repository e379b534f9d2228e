// Documents as JSON text; see document_text.h.
#include "document_text.h"

namespace dam::tool {

dam_status document_json(const dam_document* document, uint32_t flags, std::string& out_json) {
  char* text = nullptr;
  size_t size = 0;
  dam_status status = dam_document_to_json(document, flags, &text, &size);
  if (status != DAM_OK) return status;
  Owned<char> owner(text);
  out_json.assign(text, size);
  return DAM_OK;
}

dam_status bytes_json(const void* data, size_t size, uint32_t flags, std::string& out_json) {
  dam_document* document = nullptr;
  dam_status status = dam_document_from_bytes(data, size, &document);
  if (status != DAM_OK) return status;
  Owned<dam_document> owner(document);
  return keep_failure(document_json(document, flags, out_json));
}

std::string_view start_of(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  auto continues = [&](size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; };
  while (limit > 0 && continues(limit)) --limit;
  return text.substr(0, limit);
}

}  // namespace dam::tool
