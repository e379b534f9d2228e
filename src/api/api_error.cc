// Names of codes, and the text of the latest failure.
#include "api/last_error.h"

namespace dam {
namespace {

constexpr bool equals(Code code, dam_status status) { return static_cast<int32_t>(code) == status; }

static_assert(equals(Code::kOk, DAM_OK) && equals(Code::kNotFound, DAM_NOT_FOUND) &&
              equals(Code::kAlreadyExists, DAM_ALREADY_EXISTS) &&
              equals(Code::kConflict, DAM_CONFLICT) &&
              equals(Code::kInvalidArgument, DAM_INVALID_ARGUMENT) &&
              equals(Code::kInvalidDocument, DAM_INVALID_DOCUMENT) &&
              equals(Code::kOutOfRange, DAM_OUT_OF_RANGE) &&
              equals(Code::kReadOnly, DAM_READ_ONLY) && equals(Code::kBusy, DAM_BUSY) &&
              equals(Code::kNoSpace, DAM_NO_SPACE) && equals(Code::kIo, DAM_IO) &&
              equals(Code::kCorrupt, DAM_CORRUPT) && equals(Code::kUnsupported, DAM_UNSUPPORTED) &&
              equals(Code::kPoisoned, DAM_POISONED) && equals(Code::kClosed, DAM_CLOSED) &&
              equals(Code::kForked, DAM_FORKED) && equals(Code::kTooBig, DAM_TOO_BIG) &&
              equals(Code::kNoMemory, DAM_NO_MEMORY) && equals(Code::kCancelled, DAM_CANCELLED) &&
              equals(Code::kInternal, DAM_INTERNAL));

// Entry i names the code -i.
constexpr const char* kNames[] = {
    "OK",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "CONFLICT",
    "INVALID_ARGUMENT",
    "INVALID_DOCUMENT",
    "OUT_OF_RANGE",
    "READ_ONLY",
    "BUSY",
    "NO_SPACE",
    "IO",
    "CORRUPT",
    "UNSUPPORTED",
    "POISONED",
    "CLOSED",
    "FORKED",
    "TOO_BIG",
    "NO_MEMORY",
    "CANCELLED",
    "INTERNAL",
};
constexpr dam_status kLowest = DAM_INTERNAL;
static_assert(std::size(kNames) == size_t{1 - kLowest});

}  // namespace
}  // namespace dam

const char* dam_status_name(dam_status status) {
  if (status > DAM_OK || status < dam::kLowest) return "UNKNOWN";
  return dam::kNames[-status];
}

const char* dam_last_error(void) { return dam::last_error(); }
