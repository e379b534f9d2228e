// What every builder of documents keeps to: the alignment of the whole, and the size limit, which
// FlatBuffers itself only asserts.
#pragma once

#include "base/status.h"
#include "document/document_generated.h"

namespace dam {

// Starts a document in an empty builder so that its bytes end up a multiple of 8 long, with
// 8-byte values aligned.
void begin_document(flatbuffers::FlatBufferBuilder* builder);

// kTooBig if this many bytes more would make the document too large. To be asked before each part,
// with something on top for its padding and length.
Status check_room(const flatbuffers::FlatBufferBuilder& builder, uint64_t bytes);

}  // namespace dam
