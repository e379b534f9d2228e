// Sorts the entries of a whole array by hash in bounded memory, through an unlinked temporary file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"
#include "index/id_table_builder.h"
#include "platform/file.h"

namespace dam {

// Entries are dealt out by the top bits of their hash into parts of about a million; each part
// keeps one block in memory, full blocks go to the file. Draining sorts one part after the other.
class IdSpill {
 public:
  struct Pair {
    uint64_t hash = 0;
    uint64_t slot = 0;
    auto operator<=>(const Pair&) const = default;
  };

  static Result<IdSpill> start(const std::string& path, uint64_t expected_count);

  Status add(uint64_t hash, uint64_t slot);
  uint64_t count() const { return count_; }
  // Hands all entries to the builder in order, equal ones once.
  Status drain(IdTableBuilder& builder);

 private:
  struct Part {
    std::vector<Pair> open;        // at most one block
    std::vector<uint64_t> blocks;  // numbers of its full blocks in the file
  };

  Status write_block(Part& part);

  File file_;
  std::vector<Part> parts_;
  unsigned part_bits_ = 0;
  uint64_t count_ = 0;
  uint64_t block_count_ = 0;
};

// Sorts `pairs` and hands each distinct one to the builder.
Status add_sorted(std::vector<IdSpill::Pair>& pairs, IdTableBuilder& builder);

}  // namespace dam
