// Whether bytes are a document: the one gate between what others made and what libdam stores.
//
// Nothing else in libdam checks a document again. Proven are: every offset, length and alignment
// lies within the bytes; text is UTF-8; ids have 1 to 65,535 bytes (none is allowed); there is at
// most one content; tensors fill their shape; coordinates, keys of tags and names of scores ascend.
//
// A hostile document may use one part from many places. Time, and the size of any copy, stay
// linear: what a walk visits, counted each time, is at most 8 times the size. Nesting bounds the
// stack.
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

// kInvalidDocument with the field, the value and the place, or kTooBig. The bytes may lie at any
// address; the views of a verified document need it at a multiple of 8.
Status verify_document(Bytes bytes, const DocumentLimits& limits = {});

// The rule for ids, of documents and as arguments: kInvalidArgument, and why.
Status check_id(std::string_view id);

}  // namespace dam
