// dam_document: a document with the memory it shows, in one allocation.
//
// The bytes lie in an array, pinned by the view they came from, or behind this object itself; those
// of a document within another (a chunk, a match) lie in that one, which is kept until all of its
// children are freed. Immutable, so any number of threads may read it.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "dam.h"
#include "document/document_draft.h"
#include "document/document_view.h"
#include "store/view.h"

struct dam_document {
  std::shared_ptr<const dam::View> pin;
  dam::Bytes bytes;  // of the outermost document
  // Of a child: its table in `bytes`, and the handle that has them.
  const dam::schema::Document* child = nullptr;
  const dam_document* owner = nullptr;
  mutable std::atomic<uint32_t> uses{1};  // the caller's, and one for each child
  // A child as a document of its own, made when its bytes are first asked for.
  mutable std::atomic<const std::vector<uint8_t>*> alone{nullptr};

  const dam::schema::Document* root() const {
    return child != nullptr ? child : dam::document_root(bytes);
  }
};

namespace dam {

struct FreeDocument {
  void operator()(dam_document* document) const { dam_document_free(document); }
};
using OwnedDocument = std::unique_ptr<dam_document, FreeDocument>;

OwnedDocument pinned_document(std::shared_ptr<const View> view, Bytes bytes);
OwnedDocument copied_document(Bytes bytes);
// Of a record of the view: pinned, or copied if the record is a copy.
OwnedDocument document_of(std::shared_ptr<const View> view, const Record& record);
// `table` lies in the bytes of `parent`; nullptr stands for the outermost document.
OwnedDocument child_document(const dam_document* parent, const schema::Document* table);

// The document as a source of fields; it keeps what the handle keeps.
DocumentSource source_of(const dam_document* document);

// The FlatBuffer of a document, valid as long as the handle.
Result<Bytes> bytes_of(const dam_document& document);

}  // namespace dam
