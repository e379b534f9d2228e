#include "log/frame_batch.h"

#include <algorithm>

namespace dam {

uint8_t* FrameBuffer::extend(uint64_t more) {
  constexpr uint64_t kLeast = 4096;
  if (size_ + more > capacity_) {
    const uint64_t capacity = std::max({kLeast, 2 * capacity_, size_ + more});
    auto larger = std::make_unique_for_overwrite<uint8_t[]>(capacity);
    if (size_ != 0) std::memcpy(larger.get(), bytes_.get(), size_);
    bytes_ = std::move(larger);
    capacity_ = capacity;
  }
  size_ += more;
  return bytes_.get() + (size_ - more);
}

FrameBatch::FrameBatch(const CommitPoint& base, const CheckSeed& seed, uint64_t durable,
                       FrameBuffer&& buffer)
    : base_(base), point_(base), seed_(seed), durable_(durable), frames_(std::move(buffer)) {
  frames_.clear();
  ++point_.seq;
}

void FrameBatch::encode_last() {
  encode_frame_head(last_, last_offset_, seed_,
                    frames_.data() + (last_offset_ - base_.body_length));
  last_is_open_ = false;
}

uint64_t FrameBatch::add(FrameHead head, Bytes payload) {
  if (last_is_open_) encode_last();
  const uint64_t offset = point_.body_length;
  head.payload_size = static_cast<uint32_t>(payload.size());
  head.payload_crc = payload.empty() ? 0 : payload_checksum(payload, offset, seed_);
  head.commit_seq = point_.seq;
  head.commit = head.commit || holds_copies_;
  head.salt = point_.salt;
  head.durable = durable_;
  uint8_t* frame = frames_.extend(head.size());
  if (!payload.empty()) {
    std::memcpy(frame + kFrameHeadSize, payload.data(), payload.size());
    const uint64_t used = kFrameHeadSize + payload.size();
    std::memset(frame + used, 0, head.size() - used);
  }
  point_.body_length += head.size();
  last_ = head;
  last_offset_ = offset;
  last_is_open_ = !head.commit;
  if (!last_is_open_) encode_last();
  return offset;
}

void FrameBatch::copy_commit(uint64_t seq) {
  point_.seq = seq;
  holds_copies_ = true;
}

void FrameBatch::begin_session(uint32_t salt) {
  FrameHead head;
  head.kind = FrameKind::kSession;
  head.commit = true;
  head.former_salt = point_.salt;
  point_.salt = salt;
  point_.dead_bytes += head.size();
  add(head, {});
  // Its own commit: what follows is the next one.
  ++point_.seq;
}

uint64_t FrameBatch::put(const IdKey& id, Bytes document, uint64_t prev) {
  FrameHead head;
  head.kind = FrameKind::kPut;
  head.id = id;
  head.slot = point_.slots++;
  head.prev = prev;
  ++point_.live;
  const uint64_t offset = add(head, document);
  entries_.resize(entries_.size() + kEntrySize);
  encode_header_entry({id, offset, last_.payload_size, last_.payload_crc}, head.slot, seed_,
                      entries_.data() + entries_.size() - kEntrySize);
  return head.slot;
}

uint64_t FrameBatch::replace(uint64_t slot, const IdKey& id, Bytes document,
                             const Superseded& former) {
  FrameHead head;
  head.kind = FrameKind::kReplace;
  head.id = id;
  head.slot = slot;
  head.prev = former.offset;
  point_.dead_bytes += FrameHead::frame_size(former.payload_size);
  return versions_[slot] = add(head, document);
}

uint64_t FrameBatch::erase(uint64_t slot, const Superseded& former) {
  FrameHead head;
  head.kind = FrameKind::kDelete;
  head.slot = slot;
  head.prev = former.offset;
  head.former_delete = point_.newest_delete;
  point_.dead_bytes += FrameHead::frame_size(former.payload_size) + head.size();
  --point_.live;
  point_.newest_delete = point_.body_length;
  return versions_[slot] = add(head, {});
}

void FrameBatch::set_facts(const ArrayFacts& facts) {
  FrameHead head;
  head.kind = FrameKind::kMeta;
  head.prev = point_.newest_meta;
  head.facts = facts;
  point_.newest_meta = point_.body_length;
  add(head, {});
}

void FrameBatch::seal() {
  if (!last_is_open_) return;
  last_.commit = true;
  encode_last();
}

}  // namespace dam
