// The small array that docs/format.md shows in hex: made again with the same chance and time.
//
// One frame of each kind, one id of each exact form, a version word and a clean close.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"

namespace golden {

struct ArrayBytes {
  std::vector<uint8_t> header;
  std::vector<uint8_t> body;
};

// Writes the array into `directory`, which does not exist yet, and reads its two files back.
dam::Result<ArrayBytes> write_golden_array(const std::string& directory);

// Makes `directory` and writes these files there, the lock file apart.
dam::Status write_files(const std::string& directory, const ArrayBytes& bytes);

}  // namespace golden
