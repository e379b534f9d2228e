// What a document says, as bytes that do not depend on who encoded it: hashed, or compared.
//
// docs/document.md has the bytes. They are for ever: hashes are kept by users.
#pragma once

#include <cstdint>

#include "document/document_generated.h"

namespace dam {

// XXH3-64 of the content: all but id, parent_id, granularity and adjacency, here and below.
uint64_t content_hash(const schema::Document* document);

// Whether all fields are equal, ids and levels too. NaN equals NaN.
bool equal_documents(const schema::Document* a, const schema::Document* b);

}  // namespace dam
