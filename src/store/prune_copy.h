// PruneCopy: carries what is live in one generation over into the next, while the former goes on.
//
// copy_all takes the documents of a view in order; each catch_up takes what commits changed since
// the view before, and of several versions of one slot only the last. Old slots are not mapped one
// by one: a slot of the first view gets its rank there, which the view's position tree knows.
#pragma once

#include <memory>
#include <vector>

#include "log/generation_writer.h"
#include "store/array_view.h"
#include "store/prune_options.h"

namespace dam {

class PruneCopy {
 public:
  PruneCopy(std::shared_ptr<const ArrayView> first, const PruneProgress& progress);

  // INVALID_ARGUMENT unless `order` has each position of the first view once.
  Status set_order(std::span<const int64_t> order);
  // What the new files will take, derived ones included.
  uint64_t size_estimate() const;

  Status copy_all(GenerationWriter& to);
  Status catch_up(const std::shared_ptr<const ArrayView>& now, GenerationWriter& to);
  uint64_t copied_length() const { return done_->point().body_length; }
  // Progress; CANCELLED when it asks to stop.
  Status advance(uint64_t bytes);

 private:
  static constexpr uint64_t kNoSlot = UINT64_MAX;

  Status put(const ArrayView& from, uint64_t slot, GenerationWriter& to, uint64_t& out_slot);
  Status put_added(const ArrayView& now, uint64_t slot, GenerationWriter& to);
  Status change(const ArrayView& now, uint64_t offset, const FrameHead& head, GenerationWriter& to);
  Status new_slot_of(uint64_t slot, uint64_t& out_slot) const;

  const std::shared_ptr<const ArrayView> first_;
  std::shared_ptr<const ArrayView> done_;  // what is copied so far
  const PruneProgress& progress_;
  bool is_ordered_ = false;
  std::vector<uint64_t> order_;    // new rank -> position in the first view
  std::vector<uint64_t> rank_of_;  // the inverse
  std::vector<uint64_t> added_;    // of slots behind the first view: the new slot, or kNoSlot
  uint64_t bytes_done_ = 0;
  uint64_t bytes_total_ = 0;
  uint64_t bytes_told_ = 0;
};

// Of 100 bytes of the body, how many no live document needs.
// Bytes of frames that a prune would drop: all that are dead but for the one SESSION frame that
// every log begins with.
uint64_t prunable_bytes(const CommitPoint& point);
uint64_t garbage_percent(const CommitPoint& point);

}  // namespace dam
