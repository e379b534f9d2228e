// Two versions of one document made one, without a loss: the left one's values win.
#pragma once

#include <cstdint>
#include <vector>

#include "base/status.h"
#include "document/document_draft.h"

namespace dam {

// `left` with every field that it lacks taken from `right`; a content stands for all three of them.
// Maps of tags are merged, so are chunks and matches: one of an id that both have is made one in
// the same manner, the others of `right` come behind. One without an id is left out if an equal one
// is there. Levels and parent_id stay as they are.
Result<std::vector<uint8_t>> united_document(const DocumentSource& left,
                                             const DocumentSource& right);

}  // namespace dam
