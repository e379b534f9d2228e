// What a document must fit to be stored: the facts of the array, which META frames hold.
//
// The embedding column and the longest id are fixed at creation by option; the column also by the
// first embedding stored. Each META frame repeats all facts, so the newest one has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/status.h"
#include "log/frame_batch.h"
#include "log/log_view.h"
#include "store/store_options.h"

namespace dam {

// The facts in force at a commit.
Result<ArrayFacts> read_facts(const LogView& view, const CommitPoint& point);

// Adds to the facts of the array at `path` what is asked for at its creation, or INVALID_ARGUMENT
// when that is another array than the one there is.
Status choose_facts(const StoreOptions& options, const CommitPoint& point, const std::string& path,
                    ArrayFacts& facts);

// The column that a document's embedding would found; none: it has no embedding that could.
std::optional<ArrayFacts> column_of(Bytes document);

// TOO_BIG, naming both lengths, when the id has more code points than `key_length`; 0: any number.
Status check_key_length(std::string_view id, uint32_t key_length);

struct Admission {
  ArrayFacts facts;
  bool any_embedding = false;  // documents that do not fit the column are stored all the same

  // Checks a verified document, and founds the embedding column in `batch` when it is the first
  // with an embedding. INVALID_DOCUMENT names both shapes, or the component that is not finite;
  // TOO_BIG is of the id.
  Status admit(Bytes document, FrameBatch& batch);

 private:
  Status admit_embedding(Bytes document, FrameBatch& batch);
};

}  // namespace dam
