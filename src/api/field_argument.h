// The fields of a document as callers name them: DAM_FIELD_*, and what each can hold.
#pragma once

#include <cstdint>

#include "base/status.h"
#include "document/document_field.h"

namespace dam {

// What a call is about; a field can serve more than one.
enum class FieldUse : uint8_t {
  kAny,
  kString,
  kBuffer,
  kInteger,
  kNumber,     // weight, and every integer
  kTensor,     // embedding, blob
  kNumbers,    // these and location
  kElements,   // what has a count
  kDocuments,  // chunks, matches
  kScores
};

// The number of the field, one less than the argument. INVALID_ARGUMENT for a field that is not
// known or holds something else.
Result<uint32_t> take_field(int32_t argument, FieldUse use);

}  // namespace dam
