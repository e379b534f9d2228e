// Where a document stands among chunks and matches, and where what is below it stands.
#pragma once

#include <cstdint>

namespace dam {

struct DocumentLevels {
  uint32_t granularity = 0;
  uint32_t adjacency = 0;

  DocumentLevels of_chunk() const { return {one_more(granularity), adjacency}; }
  DocumentLevels of_match() const { return {granularity, one_more(adjacency)}; }

 private:
  static uint32_t one_more(uint32_t level) { return level == UINT32_MAX ? level : level + 1; }
};

}  // namespace dam
