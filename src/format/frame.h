// A frame of body.bin: 64 bytes of head, the payload, zeros up to a multiple of 64.
//
// The head says what happened to which slot, in which commit, what it supersedes, and how much of
// the body was known durable when it was written. Layout: docs/format.md, "Frame".
#pragma once

#include <array>
#include <cstdint>

#include "format/check_seed.h"
#include "format/id_key.h"

namespace dam {

inline constexpr uint64_t kFrameAlignment = 64;
inline constexpr uint64_t kFrameHeadSize = 64;
inline constexpr uint64_t kBodyStart = 4096;  // of the first frame
inline constexpr uint64_t kMaxPayloadSize = 0x7FFFFFFF;

enum class FrameKind : uint16_t {
  kPut = 1,      // a new slot with its first document
  kReplace = 2,  // the next version of a slot
  kDelete = 3,   // the end of a slot; names the DELETE frame before it
  kSession = 4,  // a writer's first frame, or the seal on an abandoned batch; names the former salt
  kMeta = 5,     // facts of the array
};

// What a META frame says: all facts in force, those that it changes and those before it.
struct ArrayFacts {
  static constexpr uint32_t kAnyDtype = 0xFFFF;

  uint32_t embedding_dim = 0;  // 0: no column yet
  uint32_t embedding_dtype = kAnyDtype;
  uint32_t key_length = 0;  // code points of the longest id; 0: no limit but that of all arrays

  bool operator==(const ArrayFacts&) const = default;
};

struct FrameHead {
  FrameKind kind = FrameKind::kPut;
  bool commit = false;  // last of its batch
  IdKey id;             // PUT and REPLACE
  uint32_t payload_size = 0;
  uint32_t payload_crc = 0;
  uint64_t slot = 0;
  uint64_t commit_seq = 0;
  uint64_t prev =
      0;  // offset of the frame it supersedes, or that ended the id's former life; 0: none
  uint32_t salt = 0;     // of the session
  uint64_t durable = 0;  // body length known durable when it was written (rounded down)

  // By kind, in the place of the id:
  uint64_t former_delete = 0;  // DELETE
  uint32_t former_salt = 0;    // SESSION
  ArrayFacts facts;            // META

  uint64_t size() const { return frame_size(payload_size); }
  static uint64_t frame_size(uint64_t payload_size) {
    return kFrameHeadSize + round_up(payload_size, kFrameAlignment);
  }
};

// Writes the 64 bytes of a head that stands at `offset`.
void encode_frame_head(const FrameHead& head, uint64_t offset, const CheckSeed& seed, uint8_t* out);
// Whether the 64 bytes are a whole head written for this offset; `out` is set only then.
bool decode_frame_head(const uint8_t* bytes, uint64_t offset, const CheckSeed& seed,
                       FrameHead& out);

inline uint32_t payload_checksum(Bytes payload, uint64_t offset, const CheckSeed& seed) {
  return crc32c(seed.at(offset), payload.data(), payload.size());
}

}  // namespace dam
