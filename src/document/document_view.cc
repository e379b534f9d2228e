// The tables here are indexed by the numbers of the schema.
#include "document/document_view.h"

#include <iterator>

namespace dam {
namespace {

using schema::Dtype;
using schema::TensorFormat;

constexpr const char* kDtypeNames[] = {"f32", "f64", "f16", "bf16", "i8",  "u8",  "i16",
                                       "u16", "i32", "u32", "i64",  "u64", "bool"};
constexpr uint8_t kItemSizes[] = {4, 8, 2, 2, 1, 1, 2, 2, 4, 4, 8, 8, 1};
constexpr const char* kFormatNames[] = {"dense", "coo", "csr", "csc", "bsr"};

static_assert(std::size(kDtypeNames) == static_cast<size_t>(Dtype::MAX) + 1);
static_assert(std::size(kItemSizes) == static_cast<size_t>(Dtype::MAX) + 1);
static_assert(std::size(kFormatNames) == static_cast<size_t>(TensorFormat::MAX) + 1);

std::span<const uint32_t> span_of(const flatbuffers::Vector<uint32_t>* vector) {
  if (!vector) return {};
  return {vector->data(), vector->size()};
}

// Whether no number has all bits of its exponent set.
template <typename Bits>
bool exponents_below(Bytes data, Bits exponent) {
  bool finite = true;
  for (size_t at = 0; at < data.size(); at += sizeof(Bits))
    finite &= (load<Bits>(data.data() + at) & exponent) != exponent;
  return finite;
}

template <typename Named, size_t kCount>
std::optional<Named> index_of(const char* const (&names)[kCount], std::string_view name) {
  for (size_t i = 0; i < kCount; i++) {
    if (name == names[i]) return static_cast<Named>(i);
  }
  return std::nullopt;
}

}  // namespace

ContentType content_type(const schema::Document* document) {
  if (document->text()) return ContentType::kText;
  if (document->buffer()) return ContentType::kBuffer;
  return document->blob() ? ContentType::kBlob : ContentType::kNone;
}

TensorView view_of(const schema::Tensor* tensor) {
  TensorView view = {};
  view.dtype = tensor->dtype();
  view.format = tensor->format();
  view.shape = span_of(tensor->shape());
  view.indices = span_of(tensor->indices());
  if (const auto* data = tensor->data()) view.data = {data->data(), data->size()};
  view.values = view.data.size() / item_size(view.dtype);
  if (auto scale = tensor->scale()) view.scale = *scale;
  view.zero_point = tensor->zero_point();
  return view;
}

std::optional<TensorView> document_embedding(Bytes document) {
  const schema::Tensor* tensor = document_root(document)->embedding();
  if (!tensor) return std::nullopt;
  return view_of(tensor);
}

std::optional<TensorView> document_blob(Bytes document) {
  const schema::Tensor* tensor = document_root(document)->blob();
  if (!tensor) return std::nullopt;
  return view_of(tensor);
}

bool all_finite(const TensorView& tensor) {
  switch (tensor.dtype) {
    case Dtype::F16:
      return exponents_below<uint16_t>(tensor.data, 0x7c00);
    case Dtype::BF16:
      return exponents_below<uint16_t>(tensor.data, 0x7f80);
    case Dtype::F32:
      return exponents_below<uint32_t>(tensor.data, 0x7f800000);
    case Dtype::F64:
      return exponents_below<uint64_t>(tensor.data, 0x7ff0000000000000);
    default:
      return true;
  }
}

size_t item_size(Dtype dtype) { return kItemSizes[static_cast<size_t>(dtype)]; }

const char* dtype_name(Dtype dtype) { return kDtypeNames[static_cast<size_t>(dtype)]; }

std::optional<Dtype> dtype_named(std::string_view name) {
  return index_of<Dtype>(kDtypeNames, name);
}

const char* format_name(TensorFormat format) { return kFormatNames[static_cast<size_t>(format)]; }

std::optional<TensorFormat> format_named(std::string_view name) {
  return index_of<TensorFormat>(kFormatNames, name);
}

}  // namespace dam
