#include "store/seed_search.h"

#include "base/crc32c_reverse.h"

namespace dam {
namespace {

constexpr uint64_t kHeadChecked = kFrameHeadSize - sizeof(uint32_t);

// The seed under which the bytes are a whole head at `offset`, if they can be one at all.
bool seed_of_head(const uint8_t* bytes, uint64_t offset, CheckSeed& out, FrameHead& out_head) {
  const uint32_t at_offset =
      crc32c_seed_of(load<uint32_t>(bytes), bytes + sizeof(uint32_t), kHeadChecked);
  out = CheckSeed::from_start(crc32c_seed_of(at_offset, &offset, sizeof offset));
  return decode_frame_head(bytes, offset, out, out_head);
}

bool payload_agrees(DamagedFile& body, uint64_t offset, const FrameHead& head,
                    const CheckSeed& seed) {
  constexpr uint64_t kMost = 4096;  // so that a file of false heads takes no longer than others
  if (head.payload_size == 0 || head.payload_size > kMost) return false;
  const uint8_t* payload = body.at(offset + kFrameHeadSize, head.payload_size);
  return payload_checksum({payload, head.payload_size}, offset, seed) == head.payload_crc;
}

}  // namespace

bool has_frame(DamagedFile& body, const CheckSeed& seed) {
  FrameHead head;
  for (uint64_t at = kBodyStart; body.holds(at, kFrameHeadSize); at += kFrameAlignment)
    if (decode_frame_head(body.at(at, kFrameHeadSize), at, seed, head)) return true;
  return false;
}

std::optional<CheckSeed> find_seed(DamagedFile& body) {
  CheckSeed seed;
  FrameHead head;
  for (uint64_t at = kBodyStart; body.holds(at, kFrameHeadSize); at += kFrameAlignment) {
    if (!seed_of_head(body.at(at, kFrameHeadSize), at, seed, head)) continue;
    if (!body.holds(at, head.size())) continue;
    if (payload_agrees(body, at, head, seed)) return seed;
    const uint64_t next = at + head.size();
    if (!body.holds(next, kFrameHeadSize)) continue;
    FrameHead neighbour;
    if (decode_frame_head(body.at(next, kFrameHeadSize), next, seed, neighbour)) return seed;
  }
  return std::nullopt;
}

}  // namespace dam
