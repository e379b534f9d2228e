// One write of a batch, as the store is asked for it; ids, documents and spans are the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "store/slice_range.h"
#include "store/store_options.h"

namespace dam {

struct WriteOperation {
  enum class Kind : uint8_t {
    kAppend,       // document; upsert replaces a live one of its id
    kSet,          // document replaces the live one of `id`, and must bear that id
    kSetAt,        // document replaces the one in `slot`
    kDelete,       // ends the document of `id`
    kDeleteAt,     // ends the document in `slot`
    kDeleteSlice,  // ends those at the positions of `slice`
  };

  // A version that a caller saw. Slots and offsets are numbers of one generation; id and revision
  // find it again behind a prune.
  struct Seen {
    uint64_t generation = 0;
    uint64_t offset = 0;  // 0: none was seen
    uint64_t revision = 0;
    std::string_view id;
  };

  Kind kind = Kind::kAppend;
  bool upsert = false;
  std::string_view id;
  uint64_t slot = 0;
  // Of kSetAt and kDeleteAt: instead of the slot, a position of the commit before this one.
  std::optional<int64_t> position;
  // Of kSetAt and kDeleteAt: the version the caller saw in the slot; another one now is CONFLICT.
  Seen seen;
  Slice slice;
  Bytes document;                  // verified by verify_document
  uint64_t expected_revision = 0;  // 0: any
};

struct CommitResult {
  uint64_t revision = 0;
  uint64_t last_slot = 0;     // of the last operation
  uint64_t first_slot = 0;    // of the first operation
  uint64_t deleted = 0;       // how many documents a slice held
  bool replaced_any = false;  // an append replaced a live document
};

}  // namespace dam
