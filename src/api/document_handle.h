// dam_document: a document with the memory it shows, in one allocation.
//
// Either the bytes lie in an array, pinned by the view they came from, or behind this object
// itself. Immutable, so any number of threads may read it.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "dam.h"
#include "store/view.h"

struct dam_document {
  std::shared_ptr<const dam::View> pin;
  dam::Bytes bytes;
};

namespace dam {

struct FreeDocument {
  void operator()(dam_document* document) const { dam_document_free(document); }
};
using OwnedDocument = std::unique_ptr<dam_document, FreeDocument>;

OwnedDocument pinned_document(std::shared_ptr<const View> view, Bytes bytes);
OwnedDocument copied_document(Bytes bytes);

}  // namespace dam
