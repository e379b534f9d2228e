#include "format/commit_point.h"

namespace dam {
namespace {

enum Field : size_t {
  kSeqAt = 0,
  kSlotsAt = 8,
  kLiveAt = 16,
  kBodyLengthAt = 24,
  kNewestDeleteAt = 32,
  kNewestMetaAt = 40,
  kDeadBytesAt = 48,
  kGenerationAt = 56,
  kSuspectAt = 64,
  kSaltAt = 72,
  kCrcAt = 124,
};

}  // namespace

CommitPointBytes encode_commit_point(const CommitPoint& point, uint64_t place,
                                     const CheckSeed& seed) {
  CommitPointBytes bytes{};
  store(&bytes[kSeqAt], point.seq);
  store(&bytes[kSlotsAt], point.slots);
  store(&bytes[kLiveAt], point.live);
  store(&bytes[kBodyLengthAt], point.body_length);
  store(&bytes[kNewestDeleteAt], point.newest_delete);
  store(&bytes[kNewestMetaAt], point.newest_meta);
  store(&bytes[kDeadBytesAt], point.dead_bytes);
  store(&bytes[kGenerationAt], point.generation);
  store(&bytes[kSuspectAt], point.suspect);
  store(&bytes[kSaltAt], point.salt);
  store(&bytes[kCrcAt], crc32c(seed.at(place), bytes.data(), kCrcAt));
  return bytes;
}

bool decode_commit_point(const uint8_t* bytes, uint64_t place, const CheckSeed& seed,
                         CommitPoint& out) {
  CommitPointBytes copy;  // the writer may be overwriting what the map shows
  std::memcpy(copy.data(), bytes, copy.size());
  if (load<uint32_t>(&copy[kCrcAt]) != crc32c(seed.at(place), copy.data(), kCrcAt)) return false;
  out.seq = load<uint64_t>(&copy[kSeqAt]);
  out.slots = load<uint64_t>(&copy[kSlotsAt]);
  out.live = load<uint64_t>(&copy[kLiveAt]);
  out.body_length = load<uint64_t>(&copy[kBodyLengthAt]);
  out.newest_delete = load<uint64_t>(&copy[kNewestDeleteAt]);
  out.newest_meta = load<uint64_t>(&copy[kNewestMetaAt]);
  out.dead_bytes = load<uint64_t>(&copy[kDeadBytesAt]);
  out.generation = load<uint64_t>(&copy[kGenerationAt]);
  out.suspect = load<uint64_t>(&copy[kSuspectAt]);
  out.salt = load<uint32_t>(&copy[kSaltAt]);
  return true;
}

}  // namespace dam
