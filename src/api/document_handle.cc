#include "api/document_handle.h"

#include <cstring>
#include <new>
#include <utility>

#include "document/document_edit.h"

namespace dam {
namespace {

static_assert(sizeof(dam_document) % 8 == 0, "a copy behind it is to lie at a multiple of 8");

// Gives up one use; whether it was the last. Most documents never have a second one, and a load is
// cheaper than a locked decrement: who sees 1 is the only one left.
bool was_last_use(const dam_document& document) {
  return document.uses.load(std::memory_order_acquire) == 1 ||
         document.uses.fetch_sub(1, std::memory_order_acq_rel) == 1;
}

}  // namespace

OwnedDocument pinned_document(std::shared_ptr<const View> view, Bytes bytes) {
  void* memory = ::operator new(sizeof(dam_document));
  return OwnedDocument(new (memory) dam_document{std::move(view), bytes});
}

OwnedDocument copied_document(Bytes bytes) {
  void* memory = ::operator new(sizeof(dam_document) + bytes.size());
  uint8_t* copy = static_cast<uint8_t*>(memory) + sizeof(dam_document);
  std::memcpy(copy, bytes.data(), bytes.size());
  return OwnedDocument(new (memory) dam_document{nullptr, Bytes(copy, bytes.size())});
}

OwnedDocument document_of(std::shared_ptr<const View> view, const Record& record) {
  if (record.copy != nullptr) return copied_document(record.document);
  return pinned_document(std::move(view), record.document);
}

OwnedDocument child_document(const dam_document* parent, const schema::Document* table) {
  const dam_document* owner = parent->owner != nullptr ? parent->owner : parent;
  void* memory = ::operator new(sizeof(dam_document));
  owner->uses.fetch_add(1, std::memory_order_relaxed);
  return OwnedDocument(new (memory) dam_document{nullptr, owner->bytes, table, owner});
}

DocumentSource source_of(const dam_document* document) {
  const std::shared_ptr<const dam_document> pin(
      child_document(document, document->root()).release(), FreeDocument());
  return {pin, document->root()};
}

Result<Bytes> bytes_of(const dam_document& document) {
  if (document.child == nullptr) return document.bytes;
  const std::vector<uint8_t>* alone = document.alone.load(std::memory_order_acquire);
  if (alone == nullptr) {
    DAM_ASSIGN(std::vector<uint8_t> made, document_alone(document.child));
    auto mine = std::make_unique<const std::vector<uint8_t>>(std::move(made));
    // Another thread may have been faster; `alone` is its work then.
    if (document.alone.compare_exchange_strong(alone, mine.get(), std::memory_order_acq_rel,
                                               std::memory_order_acquire))
      alone = mine.release();
  }
  return Bytes(*alone);
}

}  // namespace dam

void dam_document_free(dam_document* document) {
  const dam_document* last = document;
  while (last != nullptr && dam::was_last_use(*last)) {
    const dam_document* owner = last->owner;
    delete last->alone.load(std::memory_order_relaxed);
    last->~dam_document();
    ::operator delete(const_cast<dam_document*>(last));
    last = owner;
  }
}
