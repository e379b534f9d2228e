// What every builder of documents keeps to: the alignment of the whole, and the size limit, which
// FlatBuffers itself only asserts.
#pragma once

#include <string_view>

#include "base/status.h"
#include "document/document_generated.h"

namespace dam {

// Starts a document in an empty builder so that its bytes end up a multiple of 8 long, with
// 8-byte values aligned.
void begin_document(flatbuffers::FlatBufferBuilder* builder);

// What a builder may hold before a part is added: the rest covers the table around a part, the
// vtable and all padding.
inline constexpr uint64_t kMaxBuiltBytes = 0x7fffffff - 512;

Status no_room();

// kTooBig if this many bytes more would make the document too large. To be asked before each part,
// with something on top for its padding and length.
inline Status check_room(const flatbuffers::FlatBufferBuilder& builder, uint64_t bytes) {
  if (builder.GetSize() + bytes <= kMaxBuiltBytes) [[likely]]
    return {};
  return no_room();
}

// A builder with a shorter way to the parts that documents have most of. Like all that is built,
// they grow towards lower addresses; the offset of a part is its distance from the end.
class DocumentBuffer : public flatbuffers::FlatBufferBuilder {
 public:
  using flatbuffers::FlatBufferBuilder::FlatBufferBuilder;

  flatbuffers::uoffset_t add_text(std::string_view text);

  // Room for a vector, whose offset is then GetSize(); its elements are for the caller to fill.
  uint8_t* add_vector(size_t count, size_t width) { return add_vector(count, width, width); }
  uint8_t* add_vector(size_t count, size_t width, size_t alignment);

  // Room for a part that is a multiple of 4 bytes long, to be filled; its offset is then GetSize().
  uint8_t* add_part(size_t size);

 private:
  size_t padding(size_t size, size_t alignment) const {
    return (alignment - (GetSize() + size) % alignment) % alignment;
  }
};

}  // namespace dam
