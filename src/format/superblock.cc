#include "format/superblock.h"

#include "base/crc32c.h"

namespace dam {
namespace {

// As PNG does it: a byte that is no text, the name, and line ends that careless copies change.
constexpr std::array<uint8_t, 8> kMagic = {0x89, 'D', 'A', 'M', '\r', '\n', 0x1A, '\n'};
constexpr uint32_t kEndianTag = 0x01020304;
// Feature bits this version knows, in three classes: whoever lacks an incompatible one must not
// read, whoever lacks a read-only-compatible one must not write, a compatible one is a hint.
constexpr uint32_t kIncompatible = 0x1;  // bit 0: this first format
constexpr uint32_t kReadOnlyCompatible = 0;

enum Field : size_t {
  kMagicAt = 0,
  kKindAt = 8,
  kEndianAt = 12,
  kIncompatibleAt = 16,
  kReadOnlyCompatibleAt = 20,
  kCompatibleAt = 24,
  kUuidAt = 32,
  kGenerationAt = 48,
  kHashKeyAt = 56,
  kCrcAt = 508,
};

}  // namespace

SuperblockBytes encode_superblock(const Superblock& superblock, FileKind kind) {
  SuperblockBytes bytes{};
  std::memcpy(&bytes[kMagicAt], kMagic.data(), kMagic.size());
  store(&bytes[kKindAt], static_cast<uint32_t>(kind));
  store(&bytes[kEndianAt], kEndianTag);
  store(&bytes[kIncompatibleAt], kIncompatible);
  store(&bytes[kReadOnlyCompatibleAt], kReadOnlyCompatible);
  std::memcpy(&bytes[kUuidAt], superblock.uuid.data(), superblock.uuid.size());
  store(&bytes[kGenerationAt], superblock.generation);
  std::memcpy(&bytes[kHashKeyAt], superblock.hash_key.data(), superblock.hash_key.size());
  store(&bytes[kCrcAt], crc32c(0, bytes.data(), kCrcAt));
  return bytes;
}

Result<Superblock> decode_superblock(Bytes bytes, FileKind kind, const char* path) {
  if (bytes.size() < kSuperblockSize)
    return Status::error(Code::kCorrupt, "%s has %zu bytes, too few for a superblock of %llu", path,
                         bytes.size(), static_cast<unsigned long long>(kSuperblockSize));
  if (std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
    return Status::error(Code::kCorrupt, "%s is no file of an array (its first bytes differ)",
                         path);
  const uint32_t stored = load<uint32_t>(&bytes[kCrcAt]);
  const uint32_t computed = crc32c(0, bytes.data(), kCrcAt);
  if (stored != computed)
    return Status::error(
        Code::kCorrupt,
        "superblock checksum differs at offset 0 of %s (stored %08x, computed %08x)", path, stored,
        computed);
  if (load<uint32_t>(&bytes[kEndianAt]) != kEndianTag)
    return Status::error(Code::kUnsupported, "%s was written with another byte order", path);
  const uint32_t unknown = load<uint32_t>(&bytes[kIncompatibleAt]) & ~kIncompatible;
  if (unknown != 0)
    return Status::error(Code::kUnsupported, "%s needs a newer version (unknown features %#x)",
                         path, unknown);
  if (load<uint32_t>(&bytes[kKindAt]) != static_cast<uint32_t>(kind))
    return Status::error(Code::kCorrupt, "%s is the other file of an array (kind %u)", path,
                         load<uint32_t>(&bytes[kKindAt]));
  Superblock superblock;
  std::memcpy(superblock.uuid.data(), &bytes[kUuidAt], superblock.uuid.size());
  superblock.generation = load<uint64_t>(&bytes[kGenerationAt]);
  std::memcpy(superblock.hash_key.data(), &bytes[kHashKeyAt], superblock.hash_key.size());
  return superblock;
}

}  // namespace dam
