// One write of a batch, as the store is asked for it; ids, documents and spans are the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "store/store_options.h"

namespace dam {

struct WriteOperation {
  enum class Kind : uint8_t {
    kAppend,    // document; upsert replaces a live one of its id
    kSet,       // document replaces the live one of `id`, and must bear that id
    kSetAt,     // document replaces the one in `slot`
    kDelete,    // ends the document of `id`
    kDeleteAt,  // ends the document in `slot`
  };

  Kind kind = Kind::kAppend;
  bool upsert = false;
  std::string_view id;
  uint64_t slot = 0;
  // Of kSetAt and kDeleteAt: the version the caller saw; another one now is CONFLICT. 0: any.
  uint64_t seen_version = 0;
  Bytes document;                  // verified by verify_document
  uint64_t expected_revision = 0;  // 0: any
};

struct CommitResult {
  uint64_t revision = 0;
  uint64_t last_slot = 0;     // of the last operation
  uint64_t first_slot = 0;    // of the first operation
  bool replaced_any = false;  // an append replaced a live document
};

}  // namespace dam
