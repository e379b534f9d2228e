#include "log/log_recovery.h"

#include <algorithm>
#include <functional>

#include "base/seeded_mistake.h"
#include "log/frame_batch.h"
#include "platform/clock.h"

namespace dam {
namespace {

using EntryBytes = std::array<uint8_t, kEntrySize>;

uint64_t word_of(const uint8_t* entry, size_t i) {
  return load<uint64_t>(entry + kVersionWordsAt + 8 * i);
}

// Puts the wanted words (0: none) into an entry in place of what nobody needs. Why those that are
// there keep their place: readers of a writer that died look at the entry while it is rewritten.
void settle_words(uint8_t* entry, std::array<uint64_t, kVersionWords> wanted) {
  std::array<bool, kVersionWords> keeps{};
  for (size_t i = 0; i < kVersionWords; ++i)
    for (uint64_t& word : wanted)
      if (word != 0 && word == word_of(entry, i)) {
        keeps[i] = true;
        word = 0;
      }
  size_t next = 0;
  for (size_t i = 0; i < kVersionWords; ++i) {
    if (keeps[i]) continue;
    while (next < kVersionWords && wanted[next] == 0) ++next;
    store(entry + kVersionWordsAt + 8 * i, next < kVersionWords ? wanted[next++] : uint64_t{0});
  }
}

// The version that readers of a dead writer see, where it is not the newest; they do not look
// further than it published until V moves.
uint64_t published_of(const LaterVersions& later) {
  const bool is_needed = later.published != later.newest && !seeded(Mistake::kRedoDropsPublished);
  return is_needed ? later.published : 0;
}

// Every entry that the log behind the checkpoint changes, as it must read afterwards.
Status for_each_redone(const ArrayMaps& maps, const CommitPoint& checkpoint, const ScanResult& scan,
                       const std::function<Status(uint64_t, const EntryBytes&)>& visit) {
  const CheckSeed& seed = maps.files().seed();
  const auto word = [&](uint64_t slot, uint64_t offset) {
    return offset == 0 ? 0 : encode_version_word(offset, slot, seed);
  };
  DAM_ASSIGN(const uint64_t header_size, maps.files().header().size());
  EntryBytes bytes;
  uint64_t slot = checkpoint.slots;
  for (const AddedSlot& added : scan.added) {
    encode_header_entry(added.entry, slot, seed, bytes.data());
    const uint64_t at = entry_offset(slot);
    if (at + kEntrySize <= header_size)
      std::memcpy(bytes.data() + kVersionWordsAt, maps.header() + at + kVersionWordsAt,
                  sizeof(VersionWords));
    settle_words(bytes.data(),
                 {word(slot, added.later.newest), word(slot, published_of(added.later)), 0});
    DAM_TRY(visit(slot++, bytes));
  }
  LogView before;
  before.maps = &maps;
  before.limit = checkpoint.body_length;
  before.distrusted_seq = UINT64_MAX;
  for (const auto& [changed, later] : scan.changed) {
    // What the checkpoint's own version needs stays: a crash in here starts from it again.
    Version kept;
    DAM_TRY(find_version(before, changed, kept));
    std::memcpy(bytes.data(), maps.header() + entry_offset(changed), kEntrySize);
    settle_words(bytes.data(), {kept.is_first() ? 0 : word(changed, kept.offset),
                                word(changed, later.newest), word(changed, published_of(later))});
    DAM_TRY(visit(changed, bytes));
  }
  return {};
}

// Why through a private copy and not the map: a failed sync may have marked these pages clean while
// the disk still lacks them; written again they are dirty again. Why checked: what is written must
// be what the scan accepted.
Status rewrite_tail(const File& body, uint64_t from, uint64_t to, uint32_t expected_crc) {
  constexpr uint64_t kChunk = 1 << 20;
  std::vector<uint8_t> copy;
  uint32_t crc = 0;
  for (uint64_t at = from; at < to; at += copy.size()) {
    copy.resize(std::min(kChunk, to - at));
    DAM_TRY(body.read(at, copy));
    crc = crc32c(crc, copy.data(), copy.size());
    DAM_TRY(body.write(at, copy));
  }
  if (crc == expected_crc) return {};
  return Status::error(Code::kCorrupt, "%s changed while it was recovered (offsets %llu to %llu)",
                       body.path().c_str(), static_cast<unsigned long long>(from),
                       static_cast<unsigned long long>(to));
}

Status redo_entries(const ArrayMaps& maps, const CommitPoint& checkpoint, const ScanResult& scan) {
  const File& header = maps.files().header();
  std::vector<uint8_t> added;  // the new slots lie side by side: one write
  added.reserve(scan.added.size() * kEntrySize);
  DAM_TRY(for_each_redone(maps, checkpoint, scan, [&](uint64_t slot, const EntryBytes& bytes) {
    if (slot < checkpoint.slots) return header.write(entry_offset(slot), bytes);
    added.insert(added.end(), bytes.begin(), bytes.end());
    return Status();
  }));
  if (added.empty()) return {};
  return header.write(entry_offset(checkpoint.slots), added);
}

uint64_t least_suspect(const CommitPoint& checkpoint) {
  if (checkpoint.suspect == 0) return checkpoint.body_length;
  return std::min(checkpoint.suspect, checkpoint.body_length);
}

// The SESSION frame that seals the recovered log: no frame behind it belongs to it any more.
Status write_seal(const ArrayMaps& maps, uint32_t salt, CommitPoint& point) {
  const CheckSeed& seed = maps.files().seed();
  FrameBatch seal(point, seed, 0);
  seal.begin_session(seeded(Mistake::kNoFreshSalt) ? point.salt : salt);
  seal.seal();
  DAM_TRY(maps.files().body().write(point.body_length, seal.frames()));
  point = seal.point();
  return {};
}

// The greatest sequence that any whole byte still tells of.
uint64_t greatest_known_seq(const ArrayMaps& maps, const ScanResult& scan) {
  uint64_t greatest = std::max(scan.greatest_seq, scan.point.seq);
  if (const auto published = maps.newest_publication())
    greatest = std::max(greatest, published->point.seq);
  return greatest;
}

}  // namespace

Status write_commit_point(const File& header, const CommitPoint& point, uint64_t place,
                          const CheckSeed& seed) {
  return header.write(place, encode_commit_point(point, place, seed));
}

uint64_t first_session_seq(uint64_t known, uint32_t salt) {
  if (seeded(Mistake::kSequenceReused)) return known;
  const auto now = static_cast<uint64_t>(std::max<int64_t>(unix_us(), 0));
  if (now > known) return now;
  // A clock that was set back. Why by chance: a session that was lost began at the same `known`.
  constexpr uint32_t kDistances = 1 << 20;
  return known + 1 + salt % kDistances;
}

Result<CommitPoint> recover(const ArrayMaps& maps, const CommitPoint& checkpoint,
                            const ScanResult& scan, uint32_t salt) {
  const ArrayFiles& files = maps.files();
  CommitPoint point = scan.point;
  point.seq = first_session_seq(greatest_known_seq(maps, scan), salt);
  point.suspect = least_suspect(checkpoint);
  // Durability: body, then header, then the checkpoint that vouches for both.
  if (!seeded(Mistake::kRecoverySkipsRewrite))
    DAM_TRY(
        rewrite_tail(files.body(), checkpoint.body_length, scan.point.body_length, scan.tail_crc));
  DAM_TRY(write_seal(maps, salt, point));
  if (!seeded(Mistake::kRecoverySkipsBodySync)) DAM_TRY(files.body().sync());
  if (!seeded(Mistake::kRecoverySkipsRedo)) DAM_TRY(redo_entries(maps, checkpoint, scan));
  if (!seeded(Mistake::kRecoverySkipsHeaderSync)) DAM_TRY(files.header().sync());
  const auto newest = maps.newest_checkpoint();
  const size_t other = newest ? 1 - newest->index : 0;
  DAM_TRY(write_commit_point(files.header(), point, kCheckpointAt[other], files.seed()));
  DAM_TRY(files.header().sync());
  for (const uint64_t place : kPublicationAt)
    DAM_TRY(write_commit_point(files.header(), point, place, files.seed()));
  return point;
}

Result<RedoneEntries> redo_in_memory(const ArrayMaps& maps, const CommitPoint& checkpoint,
                                     const ScanResult& scan) {
  RedoneEntries redone;
  DAM_ASSIGN(const uint64_t size, maps.files().header().size());
  DAM_TRY(for_each_redone(maps, checkpoint, scan, [&](uint64_t slot, const EntryBytes& bytes) {
    const uint64_t at = entry_offset(slot);
    if (at + kEntrySize > size || std::memcmp(maps.header() + at, bytes.data(), kEntrySize) != 0)
      redone.emplace(slot, bytes);
    return Status();
  }));
  return redone;
}

Status erase_tail(const ArrayMaps& maps, const CommitPoint& point) {
  const File& body = maps.files().body();
  DAM_ASSIGN(const uint64_t size, body.size());
  if (size <= point.body_length) return {};
  // Why not truncate alone: other processes may have these pages mapped.
  constexpr uint64_t kChunk = 1 << 20;
  const std::vector<uint8_t> zeros(kChunk);
  for (uint64_t at = point.body_length; at < size; at += kChunk)
    DAM_TRY(body.write(at, Bytes(zeros).first(std::min(kChunk, size - at))));
  return body.sync();
}

}  // namespace dam
