#include "exchange/sparse_coordinates.h"

#include <algorithm>
#include <cinttypes>
#include <numeric>
#include <vector>

#include "document/document_view.h"
#include "document/json_number.h"

namespace dam {
namespace {

using schema::Dtype;

// An index of any integer type; negative ones are beyond every shape.
uint64_t index_at(const TensorParts& numbers, size_t at) {
  const uint8_t* from = numbers.data.data() + at * item_size(numbers.dtype);
  switch (numbers.dtype) {
    case Dtype::I64:
    case Dtype::U64:
      return load<uint64_t>(from);
    case Dtype::I32:
      return static_cast<uint64_t>(int64_t{load<int32_t>(from)});
    case Dtype::U32:
      return load<uint32_t>(from);
    case Dtype::I16:
      return static_cast<uint64_t>(int64_t{load<int16_t>(from)});
    case Dtype::U16:
      return load<uint16_t>(from);
    case Dtype::I8:
      return static_cast<uint64_t>(int64_t{static_cast<int8_t>(*from)});
    default:
      return *from;
  }
}

bool is_integer_type(Dtype dtype) {
  return dtype != Dtype::F32 && dtype != Dtype::F64 && dtype != Dtype::F16 &&
         dtype != Dtype::BF16 && dtype != Dtype::Bool;
}

// Adds the item at `from` to the one at `to`, as arithmetic of its type does.
template <typename T>
void add_item(const uint8_t* from, uint8_t* to) {
  store(to, static_cast<T>(load<T>(to) + load<T>(from)));
}

void add_value(Dtype dtype, const uint8_t* from, uint8_t* to) {
  switch (dtype) {
    case Dtype::F64:
      return add_item<double>(from, to);
    case Dtype::F32:
      return add_item<float>(from, to);
    case Dtype::F16: {
      const float sum = float_of_f16(load<uint16_t>(to)) + float_of_f16(load<uint16_t>(from));
      return store(to, f16_of_double(static_cast<double>(sum)));
    }
    case Dtype::I64:
    case Dtype::U64:
      return add_item<uint64_t>(from, to);
    case Dtype::I32:
    case Dtype::U32:
      return add_item<uint32_t>(from, to);
    case Dtype::I16:
    case Dtype::U16:
      return add_item<uint16_t>(from, to);
    case Dtype::Bool:
      *to = *to | *from;
      return;
    default:
      return add_item<uint8_t>(from, to);
  }
}

}  // namespace

Status take_coordinates(const TensorParts& numbers, uint64_t columns, TensorParts& out) {
  const size_t dimensions = out.shape.size();
  const uint64_t values = out.data.size() / item_size(out.dtype);
  const uint64_t found = numbers.data.size() / item_size(numbers.dtype);
  if (found != values * dimensions || (found > 0 && !is_integer_type(numbers.dtype)))
    return Status::error(Code::kInvalidDocument,
                         "sparse array with %" PRIu64 " indices of %s for %" PRIu64
                         " values in %zu dimensions",
                         found, dtype_name(numbers.dtype), values, dimensions);
  out.indices.resize(found);
  for (size_t value = 0; value < values; value++) {
    for (size_t dimension = 0; dimension < dimensions; dimension++) {
      const size_t at = columns != 0 ? dimension * columns + value : value * dimensions + dimension;
      const uint64_t index = index_at(numbers, at);
      if (index >= out.shape[dimension])
        return Status::error(Code::kInvalidDocument,
                             "sparse array with index %lld, its dimension is %u",
                             static_cast<long long>(index), out.shape[dimension]);
      out.indices[value * dimensions + dimension] = static_cast<uint32_t>(index);
    }
  }
  return {};
}

Status add_equal_coordinates(TensorParts& tensor) {
  const size_t dimensions = tensor.shape.size();
  const size_t width = item_size(tensor.dtype);
  const size_t values = tensor.data.size() / width;
  const auto row = [&](size_t value) { return tensor.indices.data() + value * dimensions; };
  const auto compared = [&](size_t a, size_t b) {
    return std::lexicographical_compare_three_way(row(a), row(a) + dimensions, row(b),
                                                  row(b) + dimensions);
  };
  std::vector<size_t> order(values);
  std::iota(order.begin(), order.end(), size_t{0});
  // Stable: floats are added in the order they were written.
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return compared(a, b) < 0; });
  std::vector<uint32_t> indices;
  std::vector<uint8_t> data;
  for (size_t i = 0; i < values; i++) {
    const uint8_t* from = tensor.data.data() + order[i] * width;
    if (i > 0 && compared(order[i - 1], order[i]) == 0) {
      add_value(tensor.dtype, from, data.data() + data.size() - width);
      continue;
    }
    indices.insert(indices.end(), row(order[i]), row(order[i]) + dimensions);
    data.insert(data.end(), from, from + width);
  }
  tensor.indices.swap(indices);
  tensor.data.swap(data);
  return {};
}

}  // namespace dam
