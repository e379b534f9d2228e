#include "format/frame.h"

#include <algorithm>

namespace dam {
namespace {

enum Field : size_t {
  kCrcAt = 0,
  kKindAt = 4,
  kFlagsAt = 6,
  kPayloadSizeAt = 8,
  kPayloadCrcAt = 12,
  kSlotAt = 16,
  kCommitSeqAt = 24,
  kPrevAt = 32,
  kIdLoAt = 40,
  kIdHiAt = 48,
  kSaltAt = 56,
  kDurableBackAt = 60,
};

constexpr uint32_t kCommitFlag = 1;
constexpr uint32_t kIdFormShift = 1;
constexpr uint32_t kKeyLengthShift = 32;

void id_words(const FrameHead& head, uint64_t& lo, uint64_t& hi) {
  switch (head.kind) {
    case FrameKind::kPut:
    case FrameKind::kReplace:
      lo = head.id.lo;
      hi = head.id.hi;
      break;
    case FrameKind::kDelete:
      lo = head.former_delete;
      break;
    case FrameKind::kSession:
      lo = head.former_salt;
      break;
    case FrameKind::kMeta:
      lo = head.facts.embedding_dim;
      hi = head.facts.embedding_dtype | uint64_t{head.facts.key_length} << kKeyLengthShift;
      break;
  }
}

void set_id_words(uint64_t lo, uint64_t hi, uint32_t flags, FrameHead& head) {
  switch (head.kind) {
    case FrameKind::kPut:
    case FrameKind::kReplace:
      head.id.lo = lo;
      head.id.hi = hi;
      unpack_id_form(flags >> kIdFormShift, head.id);
      break;
    case FrameKind::kDelete:
      head.former_delete = lo;
      break;
    case FrameKind::kSession:
      head.former_salt = static_cast<uint32_t>(lo);
      break;
    case FrameKind::kMeta:
      head.facts.embedding_dim = static_cast<uint32_t>(lo);
      head.facts.embedding_dtype = static_cast<uint32_t>(hi);
      head.facts.key_length = static_cast<uint32_t>(hi >> kKeyLengthShift);
      break;
  }
}

}  // namespace

void encode_frame_head(const FrameHead& head, uint64_t offset, const CheckSeed& seed,
                       uint8_t* out) {
  uint64_t lo = 0;
  uint64_t hi = 0;
  id_words(head, lo, hi);
  const bool has_id = head.kind == FrameKind::kPut || head.kind == FrameKind::kReplace;
  const uint32_t form = has_id ? pack_id_form(head.id) << kIdFormShift : 0;
  const uint64_t back = (offset - std::min(head.durable, offset)) / kFrameAlignment;
  store(out + kKindAt, static_cast<uint16_t>(head.kind));
  store(out + kFlagsAt, static_cast<uint16_t>((head.commit ? kCommitFlag : 0) | form));
  store(out + kPayloadSizeAt, head.payload_size);
  store(out + kPayloadCrcAt, head.payload_crc);
  store(out + kSlotAt, head.slot);
  store(out + kCommitSeqAt, head.commit_seq);
  store(out + kPrevAt, head.prev);
  store(out + kIdLoAt, lo);
  store(out + kIdHiAt, hi);
  store(out + kSaltAt, head.salt);
  store(out + kDurableBackAt, static_cast<uint32_t>(std::min<uint64_t>(back, UINT32_MAX)));
  store(out + kCrcAt, crc32c(seed.at(offset), out + kKindAt, kFrameHeadSize - kKindAt));
}

bool decode_frame_head(const uint8_t* bytes, uint64_t offset, const CheckSeed& seed,
                       FrameHead& out) {
  const uint32_t computed = crc32c(seed.at(offset), bytes + kKindAt, kFrameHeadSize - kKindAt);
  if (load<uint32_t>(bytes + kCrcAt) != computed) return false;
  const uint16_t kind = load<uint16_t>(bytes + kKindAt);
  if (kind < static_cast<uint16_t>(FrameKind::kPut) ||
      kind > static_cast<uint16_t>(FrameKind::kMeta))
    return false;
  FrameHead head;
  head.kind = static_cast<FrameKind>(kind);
  const uint32_t flags = load<uint16_t>(bytes + kFlagsAt);
  head.commit = (flags & kCommitFlag) != 0;
  head.payload_size = load<uint32_t>(bytes + kPayloadSizeAt);
  head.payload_crc = load<uint32_t>(bytes + kPayloadCrcAt);
  head.slot = load<uint64_t>(bytes + kSlotAt);
  head.commit_seq = load<uint64_t>(bytes + kCommitSeqAt);
  head.prev = load<uint64_t>(bytes + kPrevAt);
  head.salt = load<uint32_t>(bytes + kSaltAt);
  const uint64_t back = load<uint32_t>(bytes + kDurableBackAt);
  // Why saturating is safe: the claim is then only weaker than what was known.
  head.durable = back == UINT32_MAX ? 0 : offset - std::min(offset, back * kFrameAlignment);
  set_id_words(load<uint64_t>(bytes + kIdLoAt), load<uint64_t>(bytes + kIdHiAt), flags, head);
  if (head.payload_size > kMaxPayloadSize || head.prev >= offset) return false;
  out = head;
  return true;
}

}  // namespace dam
