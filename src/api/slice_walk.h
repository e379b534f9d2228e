// A walk through a slice of a view, the object behind a cursor.
//
// Neighbours are found from one another; other steps by rank. A damaged document is a failure that
// stays until the walk passes it, so that it can go on behind. Threads: one at a time.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "api/handle_table.h"
#include "store/slice_range.h"
#include "store/view.h"

namespace dam {

class SliceWalk {
 public:
  static constexpr HandleKind kKind = HandleKind::kCursor;

  // `check`: how documents are asked of the view; kCopied ones are gone when the walk passes them,
  // unless they are kept.
  SliceWalk(std::shared_ptr<const View> view, const SliceRange& range,
            View::Check check = View::Check::kAlways)
      : view_(std::move(view)), range_(range), check_(check) {}

  // The document the walk stands before, its checksum checked; at the end NOT_FOUND without a text.
  // The same answer, good or bad, until pass.
  Status peek(Bytes& out_document);
  int64_t position() const { return range_.at(passed_); }
  // Steps behind the document that peek gave, or could not give.
  void pass();
  // What was peeked at stays valid until the walk ends.
  void keep();

 private:
  Status find_slot();
  Status find_document();

  std::shared_ptr<const View> view_;
  SliceRange range_;
  int64_t passed_ = 0;
  uint64_t slot_ = 0;  // of the document last found
  const View::Check check_;
  std::optional<Record> peeked_;
  std::vector<std::unique_ptr<uint8_t[]>> kept_;  // copies that were lent
  Status failure_;
};

}  // namespace dam
