// Changes as callers ask for them, checked and made into operations of the store.
//
// Shared by single writes and batches, so that both refuse the same things with the same words.
#pragma once

#include <cstddef>
#include <cstdint>

#include "api/arguments.h"
#include "store/write_operation.h"

namespace dam {

struct DocumentBytes {
  const void* data;
  size_t size;
};

// The document must bear `id`. `document` owns what had to be copied.
Status take_set(const IdArgument& id, const DocumentBytes& bytes, DocumentArgument& document,
                WriteOperation& out);
// A document without an id gets a fresh one.
Status take_set_at(const DocumentBytes& bytes, DocumentArgument& document, WriteOperation& out);
Status take_delete(const IdArgument& id, WriteOperation& out);

}  // namespace dam
