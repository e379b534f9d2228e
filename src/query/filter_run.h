// A filter on its way through documents, block by block: what one thread needs to run it.
//
// Each step looks only at the rows that the steps before it left open, so a joined filter runs its
// cheap parts first. Nothing is allocated once it is made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "document/document_generated.h"
#include "query/block_rows.h"
#include "query/filter.h"

namespace dam {

class FilterRun {
 public:
  using Block = std::span<const schema::Document* const>;  // at most BlockRows::kMost

  explicit FilterRun(Filter filter);

  // Keeps the rows whose documents pass.
  void narrow(Block block, BlockRows& rows) { narrow_by(0, block, rows); }

  // One line for each step, below the step it is part of: how many rows it was asked for and how
  // many of them it kept, so far.
  std::string explain() const;

 private:
  struct Step {
    const FilterNode* node = nullptr;
    std::vector<uint32_t> parts;       // in the order they run
    std::vector<FieldValue> operands;  // point into the node
    std::vector<uint32_t> tally;       // of a block, by row
    FieldPath::Hints hints;
    FieldPath::Hints other_hints;
    uint32_t cost = 0;
    uint64_t asked = 0;
    uint64_t kept = 0;
  };

  uint32_t add_step(const FilterNode& node);
  void narrow_by(uint32_t step, Block block, BlockRows& rows);
  void run_step(Step& step, Block block, BlockRows& rows);
  void run_joined(Step& step, Block block, BlockRows& rows);
  void run_tally(Step& step, Block block, BlockRows& rows);
  static void run_compare(Step& step, Block block, BlockRows& rows);
  static void run_field(Step& step, Block block, BlockRows& rows);
  void append_step(uint32_t step, size_t depth, std::string& out) const;

  const Filter filter_;
  std::vector<Step> steps_;
};

}  // namespace dam
