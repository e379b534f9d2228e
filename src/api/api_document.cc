// Documents outside of arrays: from bytes and JSON, to bytes and JSON.
#include <array>
#include <string_view>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "api/json_pool.h"
#include "document/document_json.h"
#include "document/document_view.h"
#include "document/verify_document.h"

using dam::Status;

namespace dam {
namespace {

// Beyond this a converter has grown buffers that are not worth keeping.
constexpr size_t kKeptSize = size_t{1} << 20;

// One pool for each value of the one option a converter has.
constinit std::array<JsonPool<JsonReader>, 2> readers;
constinit std::array<JsonPool<JsonWriter>, 2> writers;

Status take_json_flags(uint32_t flags, uint32_t allowed) {
  if ((flags & ~allowed) == 0) return {};
  return Status::error(Code::kInvalidArgument, "flags %#x hold one that this call does not know",
                       flags);
}

Status read_json(std::string_view json, bool unknown_to_tags, OwnedDocument& out) {
  JsonPool<JsonReader>& pool = readers[unknown_to_tags ? 1 : 0];
  std::unique_ptr<JsonReader> reader = pool.take();
  if (!reader) reader = std::make_unique<JsonReader>(JsonReadOptions{unknown_to_tags});
  DAM_ASSIGN(const Bytes bytes, reader->read(json));
  out = copied_document(bytes);
  if (json.size() <= kKeptSize) pool.put_back(std::move(reader));
  return {};
}

Status write_json(const dam_document* document, bool plain_lists, Handed<char>& out,
                  size_t& out_size) {
  JsonPool<JsonWriter>& pool = writers[plain_lists ? 1 : 0];
  std::unique_ptr<JsonWriter> writer = pool.take();
  if (!writer) writer = std::make_unique<JsonWriter>(JsonWriteOptions{plain_lists});
  const std::string_view text = writer->write(document->root());
  DAM_TRY(copy_text(text, out));
  out_size = text.size();
  if (out_size <= kKeptSize) pool.put_back(std::move(writer));
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_document_from_bytes(const void* data, size_t size, dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(data, "data"));
    DAM_TRY(dam::require(out_document, "out_document"));
    const dam::Bytes bytes(static_cast<const uint8_t*>(data), size);
    DAM_TRY(dam::verify_document(bytes));
    *out_document = dam::copied_document(bytes).release();
    return {};
  });
}

dam_status dam_document_from_json(const char* json, size_t json_size, uint32_t flags,
                                  dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(json, "json"));
    DAM_TRY(dam::require(out_document, "out_document"));
    DAM_TRY(dam::take_json_flags(flags, DAM_JSON_UNKNOWN_TO_TAGS));
    const std::string_view text = json_size == DAM_NUL_TERMINATED
                                      ? std::string_view(json)
                                      : std::string_view(json, json_size);
    dam::OwnedDocument document;
    DAM_TRY(dam::read_json(text, (flags & DAM_JSON_UNKNOWN_TO_TAGS) != 0, document));
    *out_document = document.release();
    return {};
  });
}

dam_status dam_document_to_json(const dam_document* document, uint32_t flags, char** out_text,
                                size_t* out_text_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_text, "out_text"));
    DAM_TRY(dam::require(out_text_size, "out_text_size"));
    DAM_TRY(dam::take_json_flags(flags, DAM_JSON_ARRAYS));
    dam::Handed<char> text;
    DAM_TRY(dam::write_json(document, (flags & DAM_JSON_ARRAYS) != 0, text, *out_text_size));
    *out_text = text.release();
    return {};
  });
}

dam_status dam_document_bytes(const dam_document* document, const void** out_data,
                              size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    DAM_ASSIGN(const dam::Bytes bytes, dam::bytes_of(*document));
    *out_data = bytes.data();
    *out_size = bytes.size();
    return {};
  });
}

dam_status dam_document_id(const dam_document* document, const char** out_id, size_t* out_id_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_id, "out_id"));
    DAM_TRY(dam::require(out_id_size, "out_id_size"));
    const std::string_view id = dam::as_view(document->root()->id());
    *out_id = id.empty() ? "" : id.data();
    *out_id_size = id.size();
    return {};
  });
}

dam_status dam_document_keep(const dam_document* document, dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_document, "out_document"));
    *out_document = dam::child_document(document, document->child).release();
    return {};
  });
}
