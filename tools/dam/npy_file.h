// Files of numpy (.npy): one array of numbers, with its dtype and shape.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "outcome.h"

namespace dam::tool {

struct NpyArray {
  int32_t dtype = 0;  // DAM_DTYPE_*
  std::vector<uint32_t> shape;
  std::vector<uint8_t> data;  // little-endian, row by row
};

// Tells what is wrong with the file, or why it cannot be read.
ExitStatus read_npy(std::string_view what, const std::string& path, NpyArray& out);

// The head of a file whose data follow; `dtype` is DAM_DTYPE_F32 or DAM_DTYPE_F64.
std::string npy_head(int32_t dtype, uint64_t rows, uint64_t columns);

}  // namespace dam::tool
