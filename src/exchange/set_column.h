// One field of all documents of an array set at once, a value for each, as one commit.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "base/status.h"
#include "document/document_draft.h"
#include "store/store.h"

namespace dam {

// What to change in the draft of the document at a position.
using DocumentChange = std::function<Status(size_t position, DocumentDraft& draft)>;

// Each replacement expects the version it was made of, so CONFLICT where another writer was faster,
// and no change is lost. Memory for all documents.
Result<CommitResult> change_every_document(Store& store, const View& view,
                                           const DocumentChange& change, Durability durability);

// The path leads to a field of text or bytes, or to tags or into them: then values are JSON, and an
// empty one takes away what is there. Without values the field is cleared in every document.
// kInvalidArgument for a path that leads elsewhere, a wrong number of values, or a wrong value.
struct ColumnValues {
  std::string_view path;
  std::optional<std::span<const std::string_view>> values;
};

Result<CommitResult> set_column(Store& store, const ColumnValues& column, Durability durability);

}  // namespace dam
