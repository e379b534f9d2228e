// What a builder handle stands for: a draft.
#pragma once

#include "api/open_handles.h"
#include "document/document_draft.h"

namespace dam {

struct OpenBuilder {
  static constexpr HandleKind kKind = HandleKind::kBuilder;
  DocumentDraft draft;
};

}  // namespace dam
