// Padding stands behind a part, so that what follows in memory, built before, stays aligned.
#include "document/document_builder.h"

#include <algorithm>
#include <cinttypes>

#include "base/bytes.h"
#include "document/verify_document.h"

namespace dam {

static_assert(kMaxBuiltBytes < kMaxDocumentBytes);

void begin_document(flatbuffers::FlatBufferBuilder* builder) {
  builder->ForceVectorAlignment(8, 1, 8);
}

Status no_room() {
  return Status::error(Code::kTooBig, "document would have more than %" PRIu64 " bytes",
                       kMaxDocumentBytes);
}

flatbuffers::uoffset_t DocumentBuffer::add_text(std::string_view text) {
  size_t size = 4 + text.size() + 1;
  size += padding(size, 4);
  uint8_t* at = buf_.make_space(size);
  store<uint32_t>(at + size - 4, 0);
  store(at, static_cast<uint32_t>(text.size()));
  std::copy_n(text.data(), text.size(), at + 4);
  return GetSize();
}

uint8_t* DocumentBuffer::add_vector(size_t count, size_t width, size_t alignment) {
  size_t bytes = count * width, behind = padding(bytes, std::max<size_t>(alignment, 4));
  uint8_t* at = buf_.make_space(4 + bytes + behind);
  std::fill_n(at + 4 + bytes, behind, uint8_t{0});
  store(at, static_cast<uint32_t>(count));
  return at + 4;
}

uint8_t* DocumentBuffer::add_part(size_t size) {
  size_t behind = padding(size, 4);
  uint8_t* at = buf_.make_space(size + behind);
  std::fill_n(at + size, behind, uint8_t{0});
  return at;
}

}  // namespace dam
