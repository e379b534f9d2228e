// New documents out of stored ones.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "document/document_draft.h"

namespace dam {

// The verified document with this id in place of its own, if it has one, and all else equal.
// The result is verified too and a multiple of 8 bytes long. kInvalidArgument or kTooBig for an id
// that cannot be one, kTooBig for a document that the id makes too large.
Result<std::vector<uint8_t>> document_with_id(Bytes document, std::string_view id);

// `base` with every field that `update` has in place of its own; maps of tags are merged.
Result<std::vector<uint8_t>> merged_document(const DocumentSource& base,
                                             const DocumentSource& update);

// A document within a verified one, such as a chunk, as a document of its own.
Result<std::vector<uint8_t>> document_alone(const schema::Document* document);

}  // namespace dam
