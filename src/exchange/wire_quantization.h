// The lossy forms in which Jina 2.0 to 2.3 wrote arrays when an environment variable asked for it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/status.h"
#include "document/tensor_table.h"

namespace dam {

struct WireQuantization {
  uint32_t kind = 0;
  float minimum = 0;
  float scale = 0;
  std::string_view original;  // dtype of the numbers that went in, by its long name
};

// Makes codes numbers again, of the original dtype and with the roundings of those releases.
// Nothing to do where the array is plain.
Status undo_quantization(const WireQuantization& quantization, TensorParts& parts);

}  // namespace dam
