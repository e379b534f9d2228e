#include "exchange/wire_tensor.h"

#include <algorithm>
#include <cinttypes>
#include <limits>
#include <optional>
#include <vector>

#include "document/document_view.h"
#include "document/verify_document.h"
#include "document/verify_place.h"
#include "exchange/sparse_coordinates.h"
#include "exchange/wire_array_type.h"
#include "exchange/wire_fields.h"
#include "exchange/wire_quantization.h"

namespace dam {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using schema::Dtype;
using schema::TensorFormat;

std::string_view text_of(data_view view) { return {view.data(), view.size()}; }

struct DenseArray {
  std::string_view buffer;
  std::vector<uint32_t> shape;
  std::string_view dtype;
  WireQuantization quantization;
};

void append_numbers(pbf_reader& message, std::vector<uint32_t>& out) {
  if (message.wire_type() == wire::Type::varint) {
    out.push_back(message.get_uint32());
    return;
  }
  const auto numbers = message.get_packed_uint32();
  for (auto number = numbers.begin(); number != numbers.end(); ++number) out.push_back(*number);
}

DenseArray read_dense(data_view wire) {
  DenseArray array;
  for (pbf_reader message(wire); message.next();) {
    switch (message.tag_and_type()) {
      case wire::bytes_of(wire::dense::kBuffer):
        array.buffer = text_of(message.get_view());
        break;
      case wire::bytes_of(wire::dense::kShape):
      case wire::varint_of(wire::dense::kShape):
        append_numbers(message, array.shape);
        break;
      case wire::bytes_of(wire::dense::kDtype):
        array.dtype = text_of(message.get_view());
        break;
      case wire::varint_of(wire::dense::kQuantization):
        array.quantization.kind = message.get_uint32();
        break;
      case wire::fixed32_of(wire::dense::kMinimum):
        array.quantization.minimum = message.get_float();
        break;
      case wire::fixed32_of(wire::dense::kScale):
        array.quantization.scale = message.get_float();
        break;
      case wire::bytes_of(wire::dense::kOriginalDtype):
        array.quantization.original = text_of(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  return array;
}

Status wrong_size(const DenseArray& array, uint64_t values) {
  return Status::error(Code::kInvalidDocument,
                       "array of %zu bytes, where %" PRIu64 " values of dtype %s were expected",
                       array.buffer.size(), values, printable(array.dtype).c_str());
}

Status too_many_values() {
  return Status::error(Code::kInvalidDocument, "shape of an array beyond any document");
}

// The number of values of a shape, if a document could hold them.
std::optional<uint64_t> values_of(const std::vector<uint32_t>& shape) {
  if (std::find(shape.begin(), shape.end(), 0u) != shape.end()) return 0;
  uint64_t values = 1;
  for (const uint32_t dimension : shape) {
    if (values > kMaxDocumentBytes / dimension) return std::nullopt;
    values *= dimension;
  }
  return values;
}

// The values of a dense message in `out`, whatever its shape says they are.
Status read_values(const DenseArray& array, TensorParts& out) {
  DAM_ASSIGN(const WireArrayType type, array_type_of(array.dtype));
  const auto* bytes = reinterpret_cast<const uint8_t*>(array.buffer.data());
  out.dtype = type.dtype;
  out.data.assign(bytes, bytes + array.buffer.size());
  if (out.data.size() % item_size(type.dtype) != 0)
    return wrong_size(array, out.data.size() / item_size(type.dtype));
  if (type.is_swapped) swap_bytes(out.data, item_size(type.dtype));
  if (type.dtype == Dtype::Bool) {
    for (uint8_t& value : out.data) value = value == 0 ? 0 : 1;
  }
  return {};
}

Status take_dense(data_view wire, TensorParts& out) {
  DenseArray array = read_dense(wire);
  if (array.buffer.empty() && array.dtype.empty()) return Status::absent();
  DAM_TRY(read_values(array, out));
  DAM_TRY(undo_quantization(array.quantization, out));
  const std::optional<uint64_t> values = values_of(array.shape);
  if (!values) return too_many_values();
  if (*values * item_size(out.dtype) != out.data.size()) return wrong_size(array, *values);
  out.shape = std::move(array.shape);
  return {};
}

struct SparseArray {
  DenseArray indices;
  DenseArray values;
  std::vector<uint32_t> shape;
};

SparseArray read_sparse(data_view wire) {
  SparseArray array;
  for (pbf_reader message(wire); message.next();) {
    switch (message.tag_and_type()) {
      case wire::bytes_of(wire::sparse::kIndices):
        array.indices = read_dense(message.get_view());
        break;
      case wire::bytes_of(wire::sparse::kValues):
        array.values = read_dense(message.get_view());
        break;
      case wire::bytes_of(wire::sparse::kShape):
      case wire::varint_of(wire::sparse::kShape):
        append_numbers(message, array.shape);
        break;
      default:
        message.skip();
    }
  }
  return array;
}

std::string_view text_of_value(data_view wire) {
  pbf_reader value(wire);
  const bool is_text = value.next(wire::value::kString, wire::Type::length_delimited);
  return is_text ? text_of(value.get_view()) : std::string_view();
}

// The format that the array had in memory; all are written as coordinates.
TensorFormat format_in(data_view parameters) {
  TensorFormat format = TensorFormat::Coo;
  pbf_reader entries(parameters);
  while (entries.next(wire::kElements, wire::Type::length_delimited)) {
    std::string_view key;
    for (pbf_reader entry(entries.get_view()); entry.next();) {
      if (entry.tag_and_type() == wire::bytes_of(wire::entry::kKey))
        key = text_of(entry.get_view());
      else if (entry.tag_and_type() == wire::bytes_of(wire::entry::kValue) &&
               key == "sparse_format")
        format = format_named(text_of_value(entry.get_view())).value_or(format);
      else
        entry.skip();
    }
  }
  return format == TensorFormat::Dense ? TensorFormat::Coo : format;
}

Status take_sparse(data_view wire, bool by_column, TensorParts& out) {
  const SparseArray array = read_sparse(wire);
  if (array.shape.empty()) return Status::absent();
  if (!array.values.buffer.empty() || !array.values.dtype.empty())
    DAM_TRY(read_values(array.values, out));
  TensorParts indices;
  if (!array.indices.buffer.empty()) DAM_TRY(read_values(array.indices, indices));
  out.shape = array.shape;
  out.has_indices = true;
  const uint64_t count = out.data.size() / item_size(out.dtype);
  DAM_TRY(take_coordinates(indices, by_column ? count : 0, out));
  return add_equal_coordinates(out);
}

// Of sparse arrays by rows no class name is also a sign: only 2.0 to 2.3 left it out.
bool has_columns(std::string_view class_name) {
  return class_name == "torch" || class_name == "paddle";
}

}  // namespace

Status read_wire_tensor(std::string_view wire, TensorParts& out) {
  out.clear();
  data_view dense;
  data_view sparse;
  std::string_view class_name;
  TensorFormat format = TensorFormat::Coo;
  for (pbf_reader message(wire.data(), wire.size()); message.next();) {
    switch (message.tag_and_type()) {
      case wire::bytes_of(wire::array::kDense):
        dense = message.get_view();
        break;
      case wire::bytes_of(wire::array::kSparse):
        sparse = message.get_view();
        break;
      case wire::bytes_of(wire::array::kClassName):
        class_name = text_of(message.get_view());
        break;
      case wire::bytes_of(wire::array::kParameters):
        format = format_in(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  if (sparse.size() == 0) return dense.size() == 0 ? Status::absent() : take_dense(dense, out);
  DAM_TRY(take_sparse(sparse, has_columns(class_name), out));
  out.format = format;
  return {};
}

}  // namespace dam
