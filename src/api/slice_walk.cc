#include "api/slice_walk.h"

#include <algorithm>

namespace dam {
namespace {

// Asks for memory behind a document that the walk will come to soon. The processor sees by itself
// how a run goes on, but not across the pages of the system.
void prefetch_behind(Bytes document) {
  constexpr size_t kAhead = 2048;
  constexpr size_t kMost = 2048;
  constexpr size_t kLine = 64;
  const uint8_t* const from = document.data() + document.size() + kAhead;
  const size_t size = std::min(document.size() + kLine, kMost);
  for (size_t at = 0; at < size; at += kLine) __builtin_prefetch(from + at);
}

}  // namespace

Status SliceWalk::find_slot() {
  if (passed_ == 0 || range_.step != 1)
    return view_->slot_at(static_cast<uint64_t>(position()), slot_);
  uint64_t next = 0;
  DAM_TRY(view_->next_slot(slot_ + 1, next));
  if (next == View::kNoSlot)
    return Status::error(Code::kCorrupt, "no document lies at position %lld of %llu",
                         static_cast<long long>(position()),
                         static_cast<unsigned long long>(view_->count()));
  slot_ = next;
  return {};
}

Status SliceWalk::find_document() {
  DAM_TRY(find_slot());
  Record record;
  DAM_TRY(view_->record(slot_, check_, record));
  if (range_.step == 1) prefetch_behind(record.document);
  peeked_ = std::move(record);
  return {};
}

Status SliceWalk::peek(Bytes& out_document) {
  if (passed_ == range_.size) return Status::absent();
  if (!peeked_ && failure_.ok()) failure_ = find_document();
  if (!failure_.ok()) return failure_;
  out_document = peeked_->document;
  return {};
}

void SliceWalk::keep() {
  if (peeked_ && peeked_->copy != nullptr) kept_.push_back(std::move(peeked_->copy));
}

void SliceWalk::pass() {
  peeked_.reset();
  if (!failure_.ok()) failure_ = {};
  ++passed_;
}

}  // namespace dam
