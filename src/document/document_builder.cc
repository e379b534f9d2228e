// The slack covers the table around a part, the vtable and all padding.
#include "document/document_builder.h"

#include <cinttypes>

#include "document/verify_document.h"

namespace dam {
namespace {

constexpr uint64_t kSlackBytes = 512;

}  // namespace

void begin_document(flatbuffers::FlatBufferBuilder* builder) {
  builder->ForceVectorAlignment(8, 1, 8);
}

Status check_room(const flatbuffers::FlatBufferBuilder& builder, uint64_t bytes) {
  if (builder.GetSize() + bytes + kSlackBytes <= kMaxDocumentBytes) return {};
  return Status::error(Code::kTooBig, "document would have more than %" PRIu64 " bytes",
                       kMaxDocumentBytes);
}

}  // namespace dam
