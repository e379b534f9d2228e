// find: which documents of a view pass a filter, in the order of positions.
//
// The view is walked in blocks of 1,024 documents; between two blocks progress is told and the work
// may be stopped. docs/find.md has the rules.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "query/filter.h"
#include "query/traverse.h"
#include "store/view.h"

namespace dam {

// False when the work is to stop. Counts documents of the view, for each path anew.
using FindProgress = std::function<bool(uint64_t done, uint64_t total)>;

struct FindQuery {
  Filter filter;                           // nullptr: every document
  std::vector<TraversePath> paths = {""};  // the levels that are looked at, one after the other
  uint64_t offset = 0;                     // how many of the found ones are passed over
  uint64_t limit = UINT64_MAX;             // how many are given out
  FindProgress follow;                     // may be empty
};

struct FoundRow {
  int64_t position;                  // of the outermost document
  const schema::Document* document;  // in the records of the view
};

struct FoundRows {
  std::vector<FoundRow> rows;
  uint64_t count = 0;   // as many as were found before the limit ended the search
  std::string explain;  // how it ran, and how many rows each step kept
};

// kCorrupt for a record that is damaged, kCancelled.
Status find_rows(std::shared_ptr<const View> view, const FindQuery& query, FoundRows& out);
// The same without keeping rows; offset and limit do not count.
Status count_rows(std::shared_ptr<const View> view, const FindQuery& query, FoundRows& out);

// The positions of a view that pass, a bit each: what other queries narrow themselves down with.
struct PositionBits {
  std::vector<uint64_t> words;
  uint64_t count = 0;

  bool has(uint64_t position) const { return (words[position / 64] >> (position % 64) & 1) != 0; }
};
Status find_positions(std::shared_ptr<const View> view, const FindQuery& query, PositionBits& out);

}  // namespace dam
