// Whether bytes are a document: the one gate between what others made and what libdam stores.
//
// Nothing else in libdam checks a document again; everything that reads one (views, JSON, copies,
// the bindings) relies on what is proven here. Proven are: every offset, length and alignment
// lies within the bytes; text is UTF-8; ids have 1 to 65,535 bytes (none at all is allowed); there
// is at most one content; tensors have as many bytes as their shape says, sparse ones ascending
// coordinates inside it; tags hold as many values as they name, keys ascend; scores ascend by name.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

inline constexpr uint64_t kMaxDocumentBytes = 0x7fffffff;  // FlatBuffers offsets are signed
inline constexpr uint32_t kMaxDocumentLevels = 128;
inline constexpr size_t kMaxIdBytes = 65535;

struct DocumentLimits {
  uint64_t bytes = kMaxDocumentBytes;
  uint32_t levels = kMaxDocumentLevels;
};

// A hostile document may point at the same part from many places, so that a small buffer unfolds
// to a huge one. Time, and the size of any copy, stay linear: whatever a walk over the document
// visits, counted each time, is at most 8 times its size. Nesting is counted over documents, tags,
// tensors and scores alike, and bounds the stack.
//
// kInvalidDocument with the field, the value and the place, or kTooBig. The bytes may lie at any
// address; the views of a verified document need it at a multiple of 8.
Status verify_document(Bytes bytes, const DocumentLimits& limits = {});

// The rule for ids, of documents and as arguments: kInvalidArgument, and why.
Status check_id(std::string_view id);

}  // namespace dam
