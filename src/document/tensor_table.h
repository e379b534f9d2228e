// A tensor with memory of its own, and its table.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "document/document_builder.h"
#include "document/document_view.h"

namespace dam {

struct TensorParts {
  schema::Dtype dtype = schema::Dtype::F32;
  schema::TensorFormat format = schema::TensorFormat::Dense;
  std::vector<uint32_t> shape;
  bool has_indices = false;
  std::vector<uint32_t> indices;
  std::vector<uint8_t> data;
  std::optional<float> scale;
  int32_t zero_point = 0;

  void clear();
};

TensorParts parts_of(const TensorView& view);

// Brings the values of a sparse tensor into ascending order, which is the one that is stored;
// kInvalidArgument for a coordinate that is there twice. Counts that do not match are left for
// verification to tell. `name` is for messages.
Status sort_coordinates(TensorParts* parts, std::string_view name);

// The offset of the table, or kTooBig.
Result<flatbuffers::uoffset_t> build_tensor(flatbuffers::FlatBufferBuilder* builder,
                                            const TensorParts& parts);

}  // namespace dam
