// A commit point: all that one needs to know of an array to read it as of one commit.
//
// header.bin holds four: two checkpoints C0, C1 (durable, each in a sector of its own) and two
// publications V0, V1 (the latest commits of a living writer). Of a pair the whole one with the
// greater sequence counts; a writer overwrites the other. Layout: docs/format.md, "Commit point".
#pragma once

#include <array>
#include <cstdint>

#include "format/check_seed.h"

namespace dam {

inline constexpr uint64_t kCommitPointSize = 128;
inline constexpr std::array<uint64_t, 2> kCheckpointAt = {1024, 2048};
inline constexpr std::array<uint64_t, 2> kPublicationAt = {4096, 4608};
// The word beside them: the seq of the commit that a writer of several is writing, 0 when none is.
inline constexpr uint64_t kOpenCommitAt = 5120;

struct CommitPoint {
  uint64_t seq = 0;            // of the commit
  uint64_t slots = 0;          // entries in use
  uint64_t live = 0;           // slots not deleted
  uint64_t body_length = 0;    // end of the last frame
  uint64_t newest_delete = 0;  // offset of the last DELETE frame, 0: none
  uint64_t newest_meta = 0;    // offset of the last META frame, 0: none
  uint64_t dead_bytes = 0;     // of frames that nothing live needs
  uint64_t generation = 0;
  // Version words naming offsets from here on may be leftovers of a lost tail; 0: none are.
  uint64_t suspect = 0;
  uint32_t salt = 0;  // of the session in force at body_length

  bool operator==(const CommitPoint&) const = default;
};

using CommitPointBytes = std::array<uint8_t, kCommitPointSize>;

// `place` is the offset in header.bin, so that one slot's bytes are nothing in another.
CommitPointBytes encode_commit_point(const CommitPoint& point, uint64_t place,
                                     const CheckSeed& seed);
bool decode_commit_point(const uint8_t* bytes, uint64_t place, const CheckSeed& seed,
                         CommitPoint& out);

}  // namespace dam
