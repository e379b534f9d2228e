// Writes a new table from its first bucket to its last, in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "index/id_table.h"

namespace dam {

// The least number of home bits that keeps `entry_count` entries within seven tenths of the room.
unsigned home_bits_for(uint64_t entry_count);

// Entries come in ascending order of their hash. That order makes one open bucket enough: when it
// is passed over, whatever comes later has its home behind it, and when it is full, the next is
// opened.
class IdTableBuilder {
 public:
  // Makes the file at `path`, replacing one left behind. header: stamp and home_bits.
  static Result<IdTableBuilder> start(const std::string& path, const IdTableHeader& header);

  Status add(uint64_t hash, uint64_t slot);
  // Fills up with empty buckets and at least `padding` beyond the homes and the last entry, writes
  // both header slots, and syncs.
  Status finish(uint64_t padding);

 private:
  IdTableBuilder(File file, const IdTableHeader& header);
  Status open_next_bucket();
  Status flush();

  File file_;
  IdTableHeader header_;
  std::vector<IdBucket> pending_;  // the last one is open
  uint64_t first_pending_ = 0;
};

}  // namespace dam
