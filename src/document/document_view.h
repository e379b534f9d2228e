// What the layers above ask of a document all the time, read in place.
//
// Every function takes verified bytes (verify_document.h) at an address that is a multiple of 8,
// and returns views of them. Other fields are read by document_root and the generated accessors.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "document/document_generated.h"

namespace dam {

inline const schema::Document* document_root(Bytes document) {
  return schema::GetDocument(document.data());
}

inline std::string_view as_view(const flatbuffers::String* text) {
  return text ? std::string_view(text->c_str(), text->size()) : std::string_view();
}

// Empty without an id.
inline std::string_view document_id(Bytes document) {
  return as_view(document_root(document)->id());
}

enum class ContentType : uint8_t { kNone, kText, kBuffer, kBlob };

ContentType content_type(const schema::Document* document);
inline ContentType document_content_type(Bytes document) {
  return content_type(document_root(document));
}

// A tensor inside a document. `data` lies at an address that is a multiple of 8 if libdam built
// the document, at any address if others did.
struct TensorView {
  schema::Dtype dtype;
  schema::TensorFormat format;
  std::span<const uint32_t> shape;
  std::span<const uint32_t> indices;  // of a sparse tensor: shape.size() for each value
  Bytes data;
  uint64_t values;             // in data
  std::optional<float> scale;  // quantized if set: numbers are (value - zero_point) * scale
  int32_t zero_point;
};

TensorView view_of(const schema::Tensor* tensor);
std::optional<TensorView> document_embedding(Bytes document);
std::optional<TensorView> document_blob(Bytes document);

// No NaN and no infinity among the stored values; integers are always finite.
bool all_finite(const TensorView& tensor);

size_t item_size(schema::Dtype dtype);
// As JSON spells it: "f32".
const char* dtype_name(schema::Dtype dtype);
std::optional<schema::Dtype> dtype_named(std::string_view name);
const char* format_name(schema::TensorFormat format);
std::optional<schema::TensorFormat> format_named(std::string_view name);

}  // namespace dam
