#include "document/tensor_table.h"

#include <algorithm>
#include <numeric>

#include "document/verify_place.h"

namespace dam {

void TensorParts::clear() {
  dtype = schema::Dtype::F32;
  format = schema::TensorFormat::Dense;
  shape.clear();
  has_indices = false;
  indices.clear();
  data.clear();
  scale.reset();
  zero_point = 0;
}

TensorParts parts_of(const TensorView& view) {
  TensorParts parts;
  parts.dtype = view.dtype;
  parts.format = view.format;
  parts.shape.assign(view.shape.begin(), view.shape.end());
  parts.has_indices = view.format != schema::TensorFormat::Dense;
  parts.indices.assign(view.indices.begin(), view.indices.end());
  parts.data.assign(view.data.begin(), view.data.end());
  parts.scale = view.scale;
  parts.zero_point = view.zero_point;
  return parts;
}

Status sort_coordinates(TensorParts* parts, std::string_view name) {
  const size_t dimensions = parts->shape.size(), width = item_size(parts->dtype);
  const size_t values = parts->data.size() / width;
  if (parts->format == schema::TensorFormat::Dense || dimensions == 0 ||
      parts->indices.size() != values * dimensions || parts->data.size() != values * width)
    return {};
  auto row = [&](uint32_t value) { return parts->indices.data() + value * dimensions; };
  auto before = [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(row(a), row(a) + dimensions, row(b), row(b) + dimensions);
  };
  std::vector<uint32_t> order(values);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), before);
  for (size_t i = 1; i < values; i++) {
    if (before(order[i - 1], order[i])) continue;
    return Status::error(Code::kInvalidArgument, "%s has the coordinate of value %u twice",
                         printable(name).c_str(), std::max(order[i - 1], order[i]));
  }
  if (std::is_sorted(order.begin(), order.end())) return {};
  std::vector<uint32_t> indices;
  std::vector<uint8_t> data;
  for (uint32_t value : order) {
    indices.insert(indices.end(), row(value), row(value) + dimensions);
    auto from = parts->data.begin() + static_cast<ptrdiff_t>(value * width);
    data.insert(data.end(), from, from + static_cast<ptrdiff_t>(width));
  }
  parts->indices.swap(indices);
  parts->data.swap(data);
  return {};
}

Result<flatbuffers::uoffset_t> build_tensor(flatbuffers::FlatBufferBuilder* builder,
                                            const TensorParts& parts) {
  DAM_TRY(
      check_room(*builder, parts.data.size() + (parts.shape.size() + parts.indices.size()) * 4));
  builder->ForceVectorAlignment(parts.data.size(), 1, 8);
  auto data = builder->CreateVector(parts.data.data(), parts.data.size());
  auto shape = builder->CreateVector(parts.shape.data(), parts.shape.size());
  flatbuffers::Offset<flatbuffers::Vector<uint32_t>> indices;
  if (parts.has_indices)
    indices = builder->CreateVector(parts.indices.data(), parts.indices.size());
  schema::TensorBuilder tensor(*builder);
  tensor.add_data(data);
  tensor.add_shape(shape);
  tensor.add_indices(indices);
  if (parts.scale) tensor.add_scale(*parts.scale);
  tensor.add_zero_point(parts.zero_point);
  tensor.add_dtype(parts.dtype);
  tensor.add_format(parts.format);
  return tensor.Finish().o;
}

}  // namespace dam
