#include "store/prune_copy.h"

#include <algorithm>

#include "store/admission.h"
#include "store/log_history.h"

namespace dam {
namespace {

uint64_t live_bytes(const CommitPoint& point) {
  return point.body_length - kBodyStart - point.dead_bytes;
}

Status no_permutation(uint64_t count) {
  return Status::error(Code::kInvalidArgument,
                       "the order does not have each of the %llu positions once",
                       static_cast<unsigned long long>(count));
}

}  // namespace

uint64_t prunable_bytes(const CommitPoint& point) {
  return point.dead_bytes - std::min(point.dead_bytes, kFrameHeadSize);
}

uint64_t garbage_percent(const CommitPoint& point) {
  const uint64_t all = point.body_length - kBodyStart;
  return all == 0 ? 0 : prunable_bytes(point) * 100 / all;
}

PruneCopy::PruneCopy(std::shared_ptr<const ArrayView> first, const PruneProgress& progress)
    : first_(std::move(first)), done_(first_), progress_(progress) {
  bytes_total_ = live_bytes(first_->point());
}

Status PruneCopy::set_order(std::span<const int64_t> order) {
  const uint64_t count = first_->count();
  if (order.size() != count) return no_permutation(count);
  rank_of_.assign(count, kNoSlot);
  order_.reserve(count);
  for (const int64_t position : order) {
    DAM_ASSIGN(const uint64_t at, resolve_position(position, count));
    if (rank_of_[at] != kNoSlot) return no_permutation(count);
    rank_of_[at] = order_.size();
    order_.push_back(at);
  }
  is_ordered_ = true;
  return {};
}

uint64_t PruneCopy::size_estimate() const {
  constexpr uint64_t kIndexBytes = 48;  // of a document: table and sorting
  return kBodyStart + kEntriesStart + live_bytes(first_->point()) +
         first_->count() * (kEntrySize + kIndexBytes);
}

Status PruneCopy::advance(uint64_t bytes) {
  constexpr uint64_t kStep = 1 << 20;
  bytes_done_ += bytes;
  if (bytes_done_ - bytes_told_ < kStep && bytes != 0) return {};
  bytes_told_ = bytes_done_;
  bytes_total_ = std::max(bytes_total_, bytes_done_);
  if (!progress_ || progress_(bytes_done_, bytes_total_)) return {};
  return Status::error(Code::kCancelled, "the prune was cancelled after %llu bytes",
                       static_cast<unsigned long long>(bytes_done_));
}

Status PruneCopy::copy_all(GenerationWriter& to) {
  DAM_TRY(advance(0));
  DAM_ASSIGN(const ArrayFacts facts, read_facts(first_->log(), first_->point()));
  to.set_facts(facts, first_->revision());
  uint64_t slot = 0;
  for (uint64_t rank = 0; rank < first_->count(); ++rank) {
    if (is_ordered_)
      DAM_TRY(first_->slot_at(order_[rank], slot));
    else
      DAM_TRY(first_->next_slot(slot, slot));
    uint64_t ignored = 0;
    DAM_TRY(put(*first_, slot++, to, ignored));
  }
  return {};
}

Status PruneCopy::put(const ArrayView& from, uint64_t slot, GenerationWriter& to,
                      uint64_t& out_slot) {
  Version version;
  FrameHead head;
  DAM_TRY(from.live_version(slot, version));
  DAM_TRY(read_frame(from.log(), version.offset, from.point().body_length, head));
  DAM_TRY(check_payload(from.log(), version.offset, head.payload_size, head.payload_crc));
  DAM_ASSIGN(out_slot, to.put(head.id, payload_of(from.log(), version.offset, head.payload_size),
                              head.commit_seq));
  return advance(head.size());
}

Status PruneCopy::catch_up(const std::shared_ptr<const ArrayView>& now, GenerationWriter& to) {
  bytes_total_ += now->point().body_length - copied_length();
  DAM_TRY(for_each_frame(now->log(), copied_length(),
                         [&](uint64_t offset, const FrameHead& head) -> Status {
                           switch (head.kind) {
                             case FrameKind::kSession:
                               break;
                             case FrameKind::kMeta:
                               to.set_facts(head.facts, head.commit_seq);
                               break;
                             case FrameKind::kPut:
                               return put_added(*now, head.slot, to);
                             case FrameKind::kReplace:
                             case FrameKind::kDelete:
                               return change(*now, offset, head, to);
                           }
                           return {};
                         }));
  done_ = now;
  return {};
}

// A new slot comes with the version it has by now, or not at all when it is dead already.
Status PruneCopy::put_added(const ArrayView& now, uint64_t slot, GenerationWriter& to) {
  Version version;
  const Status live = now.live_version(slot, version);
  uint64_t new_slot = kNoSlot;
  if (live.ok())
    DAM_TRY(put(now, slot, to, new_slot));
  else if (live.code() != Code::kNotFound)
    return live;
  added_.push_back(new_slot);
  return {};
}

Status PruneCopy::change(const ArrayView& now, uint64_t offset, const FrameHead& head,
                         GenerationWriter& to) {
  if (head.slot >= done_->point().slots) return {};  // put as it is by now
  Version newest;
  DAM_TRY(find_version(now.log(), head.slot, newest));
  if (newest.offset != offset) return {};
  uint64_t slot = 0;
  DAM_TRY(new_slot_of(head.slot, slot));
  if (head.kind == FrameKind::kDelete) {
    DAM_TRY(to.erase(slot, head.commit_seq));
    return advance(head.size());
  }
  DAM_TRY(check_payload(now.log(), offset, head.payload_size, head.payload_crc));
  DAM_TRY(
      to.replace(slot, head.id, payload_of(now.log(), offset, head.payload_size), head.commit_seq));
  return advance(head.size());
}

Status PruneCopy::new_slot_of(uint64_t slot, uint64_t& out_slot) const {
  const uint64_t first_added = first_->point().slots;
  if (slot >= first_added) {
    out_slot = added_[slot - first_added];
    return {};
  }
  DAM_TRY(first_->position_of(slot, out_slot));
  if (is_ordered_) out_slot = rank_of_[out_slot];
  return {};
}

}  // namespace dam
