#include "log/log_scan.h"

#include <algorithm>

#include "base/seeded_mistake.h"

namespace dam {
namespace {

constexpr uint64_t kRotSearch = uint64_t{64} << 20;

// One pass over the frames behind a checkpoint; the state is that of the last whole batch plus what
// the batch in hand has changed so far.
class LogScan {
 public:
  LogScan(const ArrayMaps& maps, const CommitPoint& checkpoint, const ScanOptions& options)
      : options_(options), pending_(checkpoint), first_added_(checkpoint.slots) {
    view_.maps = &maps;
    view_.limit = options.body_size;
    view_.distrusted_seq = UINT64_MAX;
    result_.point = checkpoint;
    result_.greatest_seq = checkpoint.seq;
    if (const auto published = maps.newest_publication())
      published_length_ = published->point.body_length;
  }

  Result<ScanResult> run() {
    uint64_t offset = result_.point.body_length;
    FrameHead head;
    while (next_frame(offset, head)) {
      batch_.push_back({offset, head});
      pending_.body_length = offset + head.size();
      if (head.commit) commit_batch();
      offset += head.size();
    }
    if (!batch_.empty() && seeded(Mistake::kRecoveryKeepsOpenBatch)) commit_batch();
    FrameHead ignored;
    result_.dropped_any = !batch_.empty() || whole_head(offset, ignored);
    DAM_TRY(tell_rot_from_torn_tail(offset));
    return std::move(result_);
  }

 private:
  struct Placed {
    uint64_t offset;
    FrameHead head;
  };

  bool whole_head(uint64_t offset, FrameHead& head) const {
    return offset <= options_.body_size && options_.body_size - offset >= kFrameHeadSize &&
           decode_frame_head(view_.maps->body() + offset, offset, view_.seed(), head) &&
           head.size() <= options_.body_size - offset;
  }

  // The frame at `offset`, if it is whole and continues the log; updates what is pending.
  bool next_frame(uint64_t offset, FrameHead& head) {
    if (!whole_head(offset, head)) return false;
    const uint32_t chain = head.kind == FrameKind::kSession ? head.former_salt : head.salt;
    if (chain != pending_.salt && !seeded(Mistake::kSaltNotChecked)) return false;
    if (head.payload_size != 0 && !seeded(Mistake::kPayloadNotChecked) &&
        !check_payload(view_, offset, head.payload_size, head.payload_crc).ok())
      return false;
    result_.greatest_seq = std::max(result_.greatest_seq, head.commit_seq);
    return apply_frame(view_, head, offset, pending_).ok();
  }

  void commit_batch() {
    for (const Placed& placed : batch_) redo(placed);
    const uint64_t from = result_.point.body_length;
    result_.tail_crc =
        crc32c(result_.tail_crc, view_.maps->body() + from, pending_.body_length - from);
    result_.point = pending_;
    batch_.clear();
  }

  void redo(const Placed& placed) {
    const FrameHead& head = placed.head;
    if (head.kind == FrameKind::kPut) {
      result_.added.push_back({{head.id, placed.offset, head.payload_size, head.payload_crc}, {}});
    } else if (head.kind == FrameKind::kReplace || head.kind == FrameKind::kDelete) {
      LaterVersions& later = head.slot >= first_added_
                                 ? result_.added[head.slot - first_added_].later
                                 : result_.changed[head.slot];
      later.newest = placed.offset;
      if (placed.offset < published_length_) later.published = placed.offset;
    }
  }

  // Bytes that a later frame knows to have been durable cannot be a tail that was never written.
  Status tell_rot_from_torn_tail(uint64_t offset) const {
    if (options_.accept_loss) return {};
    const uint64_t end = std::min(options_.body_size, offset + kRotSearch);
    FrameHead head;
    for (uint64_t at = offset; at + kFrameHeadSize <= end; at += kFrameAlignment) {
      if (!decode_frame_head(view_.maps->body() + at, at, view_.seed(), head)) continue;
      if (head.durable > offset)
        return Status::error(Code::kCorrupt,
                             "the frame at offset %llu of %s is damaged, though the one at %llu "
                             "tells it was durable",
                             static_cast<unsigned long long>(offset),
                             view_.maps->files().body().path().c_str(),
                             static_cast<unsigned long long>(at));
    }
    return {};
  }

  LogView view_;
  ScanOptions options_;
  ScanResult result_;
  CommitPoint pending_;
  uint64_t first_added_;
  uint64_t published_length_ = 0;
  std::vector<Placed> batch_;
};

// The size of the frame that `head` supersedes becomes dead.
Status bury_former(const LogView& view, const FrameHead& head, CommitPoint& point) {
  FrameHead former;
  DAM_TRY(former_version(view, head, former));
  if (former.kind == FrameKind::kDelete)
    return Status::error(Code::kCorrupt, "slot %llu is written to after its end",
                         static_cast<unsigned long long>(head.slot));
  point.dead_bytes += former.size();
  return {};
}

Status out_of_turn(const FrameHead& head, uint64_t offset) {
  return Status::error(
      Code::kCorrupt, "the frame at offset %llu of body.bin has slot %llu out of turn",
      static_cast<unsigned long long>(offset), static_cast<unsigned long long>(head.slot));
}

}  // namespace

Status apply_frame(const LogView& view, const FrameHead& head, uint64_t offset,
                   CommitPoint& point) {
  switch (head.kind) {
    case FrameKind::kPut:
      if (head.slot != point.slots) return out_of_turn(head, offset);
      ++point.slots;
      ++point.live;
      break;
    case FrameKind::kReplace:
      if (head.slot >= point.slots) return out_of_turn(head, offset);
      DAM_TRY(bury_former(view, head, point));
      break;
    case FrameKind::kDelete:
      if (head.slot >= point.slots || head.former_delete != point.newest_delete)
        return out_of_turn(head, offset);
      DAM_TRY(bury_former(view, head, point));
      point.dead_bytes += head.size();
      point.newest_delete = offset;
      --point.live;
      break;
    case FrameKind::kSession:
      point.salt = head.salt;
      point.dead_bytes += head.size();
      break;
    case FrameKind::kMeta:
      point.newest_meta = offset;
      break;
  }
  // Copies that a prune made keep the numbers of their commits, which then come in any order.
  point.seq = std::max(point.seq, head.commit_seq);
  point.body_length = offset + head.size();
  return {};
}

Result<ScanResult> scan_log(const ArrayMaps& maps, const CommitPoint& checkpoint,
                            const ScanOptions& options) {
  return LogScan(maps, checkpoint, options).run();
}

bool log_continues(const ArrayMaps& maps, const CommitPoint& point, uint64_t body_size) {
  const uint64_t offset = point.body_length;
  FrameHead head;
  if (offset > body_size || body_size - offset < kFrameHeadSize) return false;
  if (!decode_frame_head(maps.body() + offset, offset, maps.files().seed(), head)) return false;
  return (head.kind == FrameKind::kSession ? head.former_salt : head.salt) == point.salt;
}

}  // namespace dam
