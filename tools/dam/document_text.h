// One document as text for stdout.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "handles.h"

namespace dam::tool {

// The canonical JSON of a document. flags: DAM_JSON_ARRAYS or 0.
dam_status document_json(const dam_document* document, uint32_t flags, std::string& out_json);

// The same for bytes that an array lent.
dam_status bytes_json(const void* data, size_t size, uint32_t flags, std::string& out_json);

// At most `limit` bytes of `text`, cut between characters.
std::string_view start_of(std::string_view text, size_t limit);

}  // namespace dam::tool
