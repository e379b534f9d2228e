// The first 512 bytes of header.bin and body.bin: what the file is, and whose.
//
// Both files of one generation carry the same uuid, generation and hash key; a pair that does not
// is no array. Layout: docs/format.md, "Superblock". Written once, when a generation is made.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/status.h"

namespace dam {

inline constexpr uint64_t kSuperblockSize = 512;

enum class FileKind : uint32_t { kHeader = 1, kBody = 2 };

struct Superblock {
  std::array<uint8_t, 16> uuid{};
  uint64_t generation = 0;
  std::array<uint8_t, 16> hash_key{};

  bool operator==(const Superblock&) const = default;
};

using SuperblockBytes = std::array<uint8_t, kSuperblockSize>;

SuperblockBytes encode_superblock(const Superblock& superblock, FileKind kind);
// `path` is for the message. CORRUPT: no array or damaged; UNSUPPORTED: a newer or a foreign
// format.
Result<Superblock> decode_superblock(Bytes bytes, FileKind kind, const char* path);

}  // namespace dam
