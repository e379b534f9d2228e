// JSON merge patches (RFC 7396) of documents.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "document/document_draft.h"

namespace dam {

// The document whose JSON is that of `source` with the patch merged into it: null removes a member,
// an object is merged member by member, every other value replaces. Beyond the RFC: a content that
// is set takes the place of another one, and {"$bytes": ...} and {"$double": ...} in tags are
// values, not objects. Fields that the patch does not name are copied as they are.
Result<std::vector<uint8_t>> patched_document(const DocumentSource& source, std::string_view patch);

}  // namespace dam
