#include "api/document_handle.h"

#include <cstring>
#include <new>
#include <utility>

namespace dam {
namespace {

static_assert(sizeof(dam_document) % 8 == 0, "a copy behind it is to lie at a multiple of 8");

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

}  // namespace dam

void dam_document_free(dam_document* document) {
  if (document == nullptr) return;
  document->~dam_document();
  ::operator delete(document);
}
